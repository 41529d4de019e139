package words

import (
	"fmt"
	"io"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Agreement tells the agreement with another chain, and whether it holds now.
func Agreement(w io.Writer, res recognition.QueryAgreementResponse) {
	s, a := sheet{w}, res.Agreement
	fmt.Fprintf(w, "Agreement 互认协议 with %s, revision 第 %d 版\n", a.ChainId, a.Revision)
	live := "live 生效"
	switch {
	case a.Ended:
		live = "ENDED 已终止"
	case !res.Live:
		live = "NOT LIVE 不生效"
	}
	s.line("status 状态", "%s", live)
	cover, coverZH := Cover(a.Terms(""))
	s.line("we recognise 我方承认", "%s\n    %s", cover, coverZH)
	switch told := res.Told; {
	case told == nil:
		s.line("they recognise 对方承认", "not told yet 尚未告知")
	case told.Terms.Ended:
		s.line("they recognise 对方承认", "nothing any more 对方已终止")
	default:
		cover, coverZH = Cover(told.Terms)
		s.line("they recognise 对方承认", "%s\n    %s", cover, coverZH)
	}
	s.line("light client 轻客户端", "%s: %s", a.ClientId, ClientStatus(res.ClientStatus))
	if res.Doubt != nil {
		s.line("in doubt 存疑", "part of what rests on the client 轻客户端部分高度存疑; more 详情: shugud query recognition overview %s", a.ChainId)
	}
	s.line("way 通道", "%s", way(a))
}

// way says how records travel under an agreement.
func way(a recognition.Agreement) string {
	if !a.HasRoute() {
		return "none, by proofs alone 无，仅凭证明"
	}
	return a.ChannelId
}

// Agreements tells agreements in short, one a paragraph.
func Agreements(w io.Writer, agreements []recognition.Agreement) {
	for _, a := range agreements {
		ended := ""
		if a.Ended {
			ended = "  ENDED 已终止"
		}
		cover, coverZH := Cover(a.Terms(""))
		fmt.Fprintf(w, "%s  revision 第 %d 版, client 轻客户端 %s, way 通道 %s%s\n  %s\n  %s\n", a.ChainId, a.Revision, a.ClientId, way(a), ended, cover, coverZH)
	}
}

// Outbox tells how records of ours stand at another chain, one a line.
func Outbox(w io.Writer, entries []recognition.OutboxEntry) {
	for _, e := range entries {
		fmt.Fprintf(w, "%s %s at 在 %s: %s, height 高度 %d", RecordKind(e.Kind), voucher.FormatNumber(e.Id), e.ChainId, OutboxStatus(e.Status), e.Height)
		if e.Status == recognition.OUTBOX_STATUS_REFUSED || e.Status == recognition.OUTBOX_STATUS_SET_ASIDE {
			fmt.Fprintf(w, ": %s", Refusal(e))
		}
		if e.ChannelId != "" {
			fmt.Fprintf(w, "; last packet 最近数据包 %d on %s", e.Sequence, e.ChannelId)
		}
		if e.StatusVersion != 0 {
			fmt.Fprintf(w, ", status version 状态第 %d 版", e.StatusVersion)
		}
		fmt.Fprintln(w)
	}
}

// Backoff tells why the queue waits; nothing when it does not.
func Backoff(w io.Writer, b *recognition.Backoff) {
	if b != nil {
		fmt.Fprintf(w, "nothing sent until height 暂停发送至高度 %d, after %d failures 次失败\n", b.UntilHeight, b.Failures)
	}
}

// RecognisedRecords tells records of another chain that stand here, one a paragraph.
func RecognisedRecords(w io.Writer, records []recognition.Recognised) {
	for _, r := range records {
		fmt.Fprintf(w, "%s %s of 来自 %s\n  %s\n", RecordKind(r.Kind), voucher.FormatNumber(r.Id), r.ChainId, Evidence(r.Evidence))
		if r.StatusEvidence != nil {
			fmt.Fprintf(w, "  last proof of status 最近状态证明: %s\n", Evidence(*r.StatusEvidence))
		}
	}
}

// ForeignStatus tells what stands against a voucher of another chain, as far as was heard.
func ForeignStatus(w io.Writer, res recognition.QueryForeignStatusResponse) {
	s, d := sheet{w}, res.Detail
	fmt.Fprintf(w, "%s of 来自 %s: %s\n", voucher.FormatNumber(res.Status.Number), res.Status.ChainId, Flags(d.Flags))
	s.line("version 版本", "%d, at their block 对方区块 %d", d.Version, d.Height)
	if d.RedNumber != "" {
		s.line("red voucher 红字凭证", "%s", voucher.FormatNumber(d.RedNumber))
	}
	s.line("remains by line 各行余额", "%s", Amounts(d.Remaining))
	s.line("heard 获知", "%s", Evidence(res.Status.Evidence))
	fmt.Fprintf(w, "Whether the voucher can be used here 此链可否使用: shugud query recognition voucher %s\n", voucher.FormatNumber(res.Status.Number))
}
