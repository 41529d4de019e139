package ends

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/verify"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// order in which a person reads statuses.
var order = []recognition.OutboxStatus{
	recognition.OUTBOX_STATUS_RECOGNISED, recognition.OUTBOX_STATUS_PENDING, recognition.OUTBOX_STATUS_QUEUED,
	recognition.OUTBOX_STATUS_REFUSED, recognition.OUTBOX_STATUS_TIMED_OUT, recognition.OUTBOX_STATUS_SET_ASIDE,
}

// Write tells everything to a person.
func (s *Snapshot) Write(w io.Writer) {
	fmt.Fprintf(w, "%s at height 高度 %d, %s UTC+8\n", s.ChainID, s.Height, words.Stamp(s.Time.Unix()))
	if len(s.Sides) == 0 {
		fmt.Fprintln(w, "\nno agreement with any chain 尚无互认协议")
	}
	for i := range s.Sides {
		s.Sides[i].write(w, s.Time)
	}
}

func (s *Side) write(w io.Writer, now time.Time) {
	live := "live 生效"
	if !s.Live {
		live = "NOT LIVE 不生效"
		if s.Agreement.Ended {
			live = "ENDED 已终止"
		}
	}
	fmt.Fprintf(w, "\n%s: %s, revision 第 %d 版\n", s.Agreement.ChainId, live, s.Agreement.Revision)
	cover, coverZH := words.Cover(s.Agreement.Terms(""))
	fmt.Fprintf(w, "  we recognise 我方承认: %s\n    %s\n", cover, coverZH)
	s.writeTold(w)
	s.writeClient(w, now)
	s.writeRoute(w)
	s.Ours.write(w)
	s.Theirs.write(w)
}

func (s *Side) writeTold(w io.Writer) {
	if s.Told == nil {
		fmt.Fprintln(w, "  they recognise 对方承认: not told yet 尚未告知")
		return
	}
	if s.Told.Terms.Ended {
		fmt.Fprintf(w, "  they recognise 对方承认: nothing any more; they ended it, as told at %s UTC+8 对方已终止\n", words.Stamp(s.Told.Evidence.Time))
		return
	}
	cover, coverZH := words.Cover(s.Told.Terms)
	fmt.Fprintf(w, "  they recognise 对方承认 (revision 第 %d 版): %s\n    %s\n", s.Told.Terms.Revision, cover, coverZH)
}

func (s *Side) writeClient(w io.Writer, now time.Time) {
	fmt.Fprintf(w, "  light client 轻客户端 %s: %s", s.Agreement.ClientId, words.ClientStatus(s.Client.Status))
	if expires := s.Client.Expires(); !expires.IsZero() {
		fmt.Fprintf(w, ", at their height 对方高度 %d, expires 过期 %s UTC+8 (%s)", s.Client.Latest.RevisionHeight, words.Stamp(expires.Unix()), Duration(expires.Sub(now)))
	}
	fmt.Fprintln(w)
	if s.Doubt == nil {
		return
	}
	for _, r := range s.Doubt.Ranges {
		until := "not recovered yet 尚未恢复"
		if r.RecoveredHeight > 0 {
			until = fmt.Sprintf("recovered at height 恢复于高度 %d", r.RecoveredHeight)
		}
		fmt.Fprintf(w, "    IN DOUBT 存疑: above their height 对方高度 %d 以上, since 自 height %d, %s UTC+8; %s\n", r.AboveHeight, r.Height, words.Stamp(r.Time), until)
	}
}

func (s *Side) writeRoute(w io.Writer) {
	switch s.Route.State {
	case RouteNone:
		fmt.Fprintln(w, "  channel 通道: none, by proofs alone 无，仅凭证明")
	case RouteOpen:
		fmt.Fprintf(w, "  channel 通道: %s open 开放\n", s.Agreement.ChannelId)
	default:
		fmt.Fprintf(w, "  channel 通道: %s NOT OPEN 未开放 (%s)\n", s.Agreement.ChannelId, strings.ToLower(strings.TrimPrefix(s.Route.State, "STATE_")))
	}
}

func (o *Ours) write(w io.Writer) {
	var counts []string
	for _, status := range order {
		if n := o.Count[status]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, words.OutboxStatus(status)))
		}
	}
	if len(counts) == 0 {
		counts = []string{"nothing presented 无"}
	}
	fmt.Fprintf(w, "  ours there 我方在彼: %s\n", strings.Join(counts, ", "))
	for _, oldest := range []*Waiting{o.OldestPending, o.OldestQueued} {
		if oldest != nil {
			fmt.Fprintf(w, "    oldest 最早 %s: %s %s, %s\n", words.OutboxStatus(oldest.Entry.Status), words.RecordKind(oldest.Entry.Kind), shown(oldest.Entry.Id), oldest.since())
		}
	}
	for _, v := range o.Vouchers {
		fmt.Fprintf(w, "    %s: %s, %s\n", shown(v.Entry.Id), words.OutboxStatus(v.Entry.Status), v.since())
	}
	if more := o.Count[recognition.OUTBOX_STATUS_RECOGNISED] + o.Count[recognition.OUTBOX_STATUS_TIMED_OUT]; len(o.Vouchers) > 0 && more > len(o.Vouchers) {
		fmt.Fprintln(w, "    … and others 另有其他记录: --list")
	}
	if b := o.Backoff; b != nil {
		fmt.Fprintf(w, "    nothing sent until height 暂停发送至高度 %d, after %d failures 次失败\n", b.UntilHeight, b.Failures)
	}
	for _, e := range o.Refused {
		fmt.Fprintf(w, "    %s: %s %s: %s\n", words.OutboxStatus(e.Status), words.RecordKind(e.Kind), shown(e.Id), words.Refusal(e))
	}
	if more := o.Count[recognition.OUTBOX_STATUS_REFUSED] + o.Count[recognition.OUTBOX_STATUS_SET_ASIDE] - len(o.Refused); more > 0 {
		fmt.Fprintf(w, "    … and %d more refused 另有 %d 条\n", more, more)
	}
}

func (w *Waiting) since() string {
	if w.Since.IsZero() {
		return fmt.Sprintf("since height 自高度 %d", w.Entry.Height)
	}
	return fmt.Sprintf("since 自 height %d, %s UTC+8", w.Entry.Height, words.Stamp(w.Since.Unix()))
}

func (t *Theirs) write(w io.Writer) {
	fmt.Fprintf(w, "  theirs here 对方在此: %d vouchers 凭证 (%d by proof 凭证明), %d settlements 结算\n", t.Vouchers, t.ByProof, t.Settlements)
	for _, s := range t.Standings {
		fmt.Fprintf(w, "    %s: %s, %s\n", verify.FormatNumber(s.Voucher.Id), verdict(s), AsOf(s))
		fmt.Fprintf(w, "      %s\n", words.Evidence(s.Voucher.Evidence))
		for _, c := range s.Caveats {
			english, chinese := words.Caveat(c)
			fmt.Fprintf(w, "      ! %s: %s. %s\n", strings.TrimPrefix(c.String(), "CAVEAT_"), english, chinese)
		}
		for _, v := range s.ToldAgain {
			fmt.Fprintf(w, "        told again by 另有凭证 %s of %s\n", shown(v.Number), v.ChainId)
		}
	}
	if more := t.Vouchers - len(t.Standings); more > 0 {
		fmt.Fprintf(w, "    … and %d more 另有 %d 张; shugud query recognition voucher NUMBER\n", more, more)
	}
}

func verdict(s recognition.Standing) string {
	if s.Usable {
		return "USABLE 可用"
	}
	return "NOT USABLE 不可用"
}

// AsOf says until which block and time a voucher is known to stand as shown.
func AsOf(s recognition.Standing) string {
	return fmt.Sprintf("as of their block 截至对方区块 %d, %s UTC+8", s.AsOfHeight, words.Stamp(s.AsOfTime))
}

// shown is an id as people write it.
func shown(id string) string { return verify.FormatNumber(id) }

// WriteStanding tells one voucher's standing to a person; contest is nil unless other
// vouchers tell the same trade.
func WriteStanding(w io.Writer, number string, s recognition.Standing, contest *Contest) {
	fmt.Fprintf(w, "%s of %s\n%s, %s\n", verify.FormatNumber(number), s.ChainId, verdict(s), AsOf(s))
	for _, r := range []*recognition.Recognised{s.Voucher, s.Settlement} {
		if r != nil {
			fmt.Fprintf(w, "  %s %s: %s\n", words.RecordKind(r.Kind), shown(r.Id), words.Evidence(r.Evidence))
		}
	}
	if s.Voucher != nil && s.Voucher.StatusEvidence != nil {
		fmt.Fprintf(w, "  last proof of status 最近状态证明: %s\n", words.Evidence(*s.Voucher.StatusEvidence))
	}
	if d := s.Detail; d != nil {
		fmt.Fprintf(w, "  status 状态: version 第 %d 版 at block 区块 %d; remains by line 各行余额: %s; %s\n", d.Version, d.Height, words.Amounts(d.Remaining), words.Evidence(s.Status.Evidence))
	} else {
		fmt.Fprintln(w, "  status 状态: nothing heard against it 未获知异常")
	}
	if s.StatusTravels {
		fmt.Fprintln(w, "  changes of its status come here by themselves 状态变化会自动传来")
	} else {
		fmt.Fprintln(w, "  changes of its status do not come here by themselves: shugud recognize --status-only 状态变化不会自动传来")
	}
	for _, c := range s.Caveats {
		english, chinese := words.Caveat(c)
		fmt.Fprintf(w, "  ! %s: %s\n    %s\n", strings.TrimPrefix(c.String(), "CAVEAT_"), english, chinese)
	}
	if contest != nil {
		fmt.Fprintln(w, "\nThe same trade is told again 同一交易另有凭证")
		contest.Write(w)
	}
}

// Duration is a time in days, hours and minutes, for people.
func Duration(d time.Duration) string {
	if d < 0 {
		return "-" + Duration(-d)
	}
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd%dh", d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
	case d >= time.Hour:
		return fmt.Sprintf("%dh%dm", d/time.Hour, d%time.Hour/time.Minute)
	default:
		return d.Round(time.Second).String()
	}
}
