package monitor

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/cmd/shugud/words"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Names of warnings; alerts have the same. docs/operators/recognition.md says what to do.
const (
	Unreachable   = "unreachable"
	ChainStands   = "chain-stands"
	ClientExpires = "client-expires"
	ClientExpired = "client-expired"
	ClientFrozen  = "client-frozen"
	ClientMissing = "client-missing"
	ClientInDoubt = "client-in-doubt"
	ChannelClosed = "channel-closed"
	QueueGrows    = "queue-grows"
	QueueOld      = "queue-old"
	RelayerSilent = "relayer-silent"
	TermsDiffer   = "terms-differ"
)

// Warning is something that people must look after.
type Warning struct {
	// Chain that sees it, Counterparty towards which; the latter is empty when it is of no one side.
	Chain        string `json:"chain"`
	Counterparty string `json:"counterparty,omitempty"`
	Name         string `json:"name"`
	English      string `json:"english"`
	Chinese      string `json:"chinese"`
}

// key tells a warning from others; its words may change while it lasts.
func (w Warning) key() string { return w.Chain + " " + w.Counterparty + " " + w.Name }

// Look is what was seen of all ends at once.
type Look struct {
	At time.Time
	// Seen by chain id; nil for an end that did not answer.
	Seen map[string]*ends.Snapshot
	// Silent says why an end did not answer.
	Silent map[string]error
}

// Judge lists what a look warns of, in the order of chains, counterparties and names.
func Judge(look Look, l Limits) []Warning {
	var out []Warning
	for chain, err := range look.Silent {
		out = append(out, Warning{chain, "", Unreachable, fmt.Sprintf("no node answers: %s", err), "各节点均无应答"})
	}
	for _, s := range look.Seen {
		out = append(out, judgeChain(s, look, l)...)
	}
	slices.SortFunc(out, func(a, b Warning) int { return cmp.Compare(a.key(), b.key()) })
	return out
}

func judgeChain(s *ends.Snapshot, look Look, l Limits) []Warning {
	var out []Warning
	if age := look.At.Sub(s.Time); age > l.BlockAge {
		out = append(out, Warning{s.ChainID, "", ChainStands, fmt.Sprintf("the latest block, %d, is %s old", s.Height, ends.Duration(age)), fmt.Sprintf("最新区块 %d 已过 %s", s.Height, ends.Duration(age))})
	}
	for i := range s.Sides {
		side := &s.Sides[i]
		warn := func(name, english, chinese string) {
			out = append(out, Warning{s.ChainID, side.Agreement.ChainId, name, english, chinese})
		}
		if !side.Live {
			if far := look.Seen[side.Agreement.ChainId]; far != nil && far.Side(s.ChainID) != nil && far.Side(s.ChainID).Live {
				warn(TermsDiffer, "our agreement is over or ended, and theirs is live", "我方协议已终止而对方协议仍生效")
			}
			continue
		}
		judgeClient(side, s.Time, l, warn)
		judgeWaiting(side, s.Time, l, warn)
		judgeTerms(side, s.ChainID, look.Seen[side.Agreement.ChainId], warn)
	}
	return out
}

type warner func(name, english, chinese string)

func judgeClient(side *ends.Side, now time.Time, l Limits, warn warner) {
	id := side.Agreement.ClientId
	switch side.Client.Status {
	case exported.Active.String():
		left := side.Client.Expires().Sub(now)
		if limit := time.Duration(l.ClientFraction * float64(side.Client.TrustingPeriod)); !side.Client.Told.IsZero() && left < limit {
			warn(ClientExpires, fmt.Sprintf("%s expires in %s unless it is updated", id, ends.Duration(left)), fmt.Sprintf("轻客户端 %s 将于 %s 后过期", id, ends.Duration(left)))
		}
	case exported.Expired.String():
		warn(ClientExpired, id+" has expired: the council has to recover it", "轻客户端 "+id+" 已过期，须由理事会恢复")
	case exported.Frozen.String():
		warn(ClientFrozen, id+" is frozen: it was told two stories", "轻客户端 "+id+" 已冻结：曾得知互相矛盾的内容")
	default:
		warn(ClientMissing, fmt.Sprintf("%s is %s", id, side.Client.Status), fmt.Sprintf("轻客户端 %s 状态 %s", id, side.Client.Status))
	}
	if side.Doubt != nil {
		last := side.Doubt.Ranges[len(side.Doubt.Ranges)-1]
		if suspects := countSuspect(side); last.RecoveredHeight == 0 || suspects > 0 {
			warn(ClientInDoubt, fmt.Sprintf("all that rests on %s above height %d is SUSPECT until it is reaffirmed", id, last.AboveHeight), fmt.Sprintf("依据 %s 高度 %d 以上的记录存疑，待重新确认", id, last.AboveHeight))
		}
	}
}

// countSuspect counts the listed vouchers that are in doubt.
func countSuspect(side *ends.Side) (n int) {
	for _, s := range side.Theirs.Standings {
		if slices.Contains(s.Caveats, recognition.CAVEAT_SUSPECT) {
			n++
		}
	}
	return n
}

func judgeWaiting(side *ends.Side, now time.Time, l Limits, warn warner) {
	if side.Route.State != ends.RouteOpen && side.Route.State != ends.RouteNone {
		warn(ChannelClosed, fmt.Sprintf("%s is not open: %s", side.Agreement.ChannelId, side.Route.State), fmt.Sprintf("通道 %s 未开放", side.Agreement.ChannelId))
	}
	if n := side.Ours.Count[recognition.OUTBOX_STATUS_QUEUED]; n > l.QueueLength {
		warn(QueueGrows, fmt.Sprintf("%d records wait to be sent", n), fmt.Sprintf("待发送 %d 条", n))
	}
	for _, w := range []struct {
		oldest *ends.Waiting
		limit  time.Duration
		name   string
		en, zh string
	}{
		{side.Ours.OldestQueued, l.QueueAge, QueueOld, "has waited to be sent", "待发送"},
		{side.Ours.OldestPending, l.RelayerSilence, RelayerSilent, "was sent and has waited for its answer", "已发出未获答复"},
	} {
		if w.oldest == nil {
			continue
		}
		if age := now.Sub(w.oldest.Since); age > w.limit {
			waited := fmt.Sprintf("since height %d", w.oldest.Entry.Height)
			if !w.oldest.Since.IsZero() {
				waited = ends.Duration(age)
			}
			what := words.RecordKind(w.oldest.Entry.Kind) + " " + w.oldest.Entry.Id
			warn(w.name, fmt.Sprintf("%s %s, %s", what, w.en, waited), fmt.Sprintf("%s %s，%s", what, w.zh, waited))
		}
	}
}

// judgeTerms compares what the two sides say: by what the other end shows, when it is
// followed too, else by what it told.
func judgeTerms(side *ends.Side, us string, far *ends.Snapshot, warn warner) {
	if far == nil {
		if side.Told != nil && side.Told.Terms.Ended {
			warn(TermsDiffer, "they told that they ended their agreement, and ours is live", "对方已告知终止协议，而我方协议仍生效")
		}
		return
	}
	theirs := far.Side(us)
	switch {
	case theirs == nil:
		warn(TermsDiffer, "they have no agreement with us", "对方无与我方的协议")
	case !theirs.Live:
		warn(TermsDiffer, "their agreement is over or ended, and ours is live", "对方协议已终止，而我方协议仍生效")
	case theirs.Agreement.HasRoute() != side.Agreement.HasRoute():
		warn(TermsDiffer, fmt.Sprintf("one side names a channel and the other none: ours %q, theirs %q", side.Agreement.ChannelId, theirs.Agreement.ChannelId), "一方协议有通道而另一方无")
	case side.Route.Far != "" && side.Route.Far != theirs.Agreement.ChannelId:
		warn(TermsDiffer, fmt.Sprintf("our %s leads to their %s, and their agreement names %s", side.Agreement.ChannelId, side.Route.Far, theirs.Agreement.ChannelId),
			fmt.Sprintf("我方通道 %s 通往对方 %s，而对方协议指明 %s", side.Agreement.ChannelId, side.Route.Far, theirs.Agreement.ChannelId))
	}
}
