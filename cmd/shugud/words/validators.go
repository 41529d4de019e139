package words

import (
	"fmt"
	"io"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var seatStatuses = map[consortium.SeatStatus]string{
	consortium.SEAT_STATUS_ACTIVE:                 "active 在任",
	consortium.SEAT_STATUS_SUSPENDED_DOWNTIME:     "suspended for downtime 离线停任",
	consortium.SEAT_STATUS_SUSPENDED_EQUIVOCATION: "suspended for equivocation 双签停任",
}

// SeatStatus is how a validator seat stands, in words.
func SeatStatus(s consortium.SeatStatus) string { return word(seatStatuses, s) }

// Seats tells the validator seats in short, one a paragraph.
func Seats(w io.Writer, res consortium.QuerySeatsResponse, names Names) {
	for _, seat := range res.Seats {
		power := res.Power
		if seat.Status != consortium.SEAT_STATUS_ACTIVE {
			power = 0
		}
		fmt.Fprintf(w, "%s  %s  power 投票权 %d\n", names.Member(seat.Member), SeatStatus(seat.Status), power)
		fmt.Fprintf(w, "  moniker 节点名称 %s, key 公钥 %X\n", Quoted(seat.Moniker), seat.ConsensusKey)
		if seat.Pending != consortium.SEAT_STATUS_UNSPECIFIED {
			fmt.Fprintf(w, "  to be 待: %s, since height 自高度 %d\n", SeatStatus(seat.Pending), seat.PendingSince)
		}
	}
	if len(res.Seats) > 0 {
		fmt.Fprintln(w, "missed blocks, keys to come 缺块与待换密钥: shugud seat show")
	}
}

// Sets tells the validator sets that light clients of other chains may still trust.
func Sets(w io.Writer, sets []consortium.SetRecord) {
	for i, set := range sets {
		since := "genesis 创世"
		if set.Height > 0 {
			since = fmt.Sprintf("height 高度 %d, %s UTC+8", set.Height, stamp(set.Time))
		}
		today := ""
		if i == len(sets)-1 {
			today = ", today's 现行"
		}
		fmt.Fprintf(w, "set of 验证人集合 %s: %d validators 个验证人%s\n", since, len(set.Keys), today)
		if set.Anew {
			fmt.Fprintln(w, "  accepted though unsafe: light clients must have taken that header 已接受的不安全变更，轻客户端须在该高度更新")
		}
		for _, key := range set.Keys {
			fmt.Fprintf(w, "  key 公钥 %X\n", key)
		}
	}
}

var evidenceKinds = map[consortium.EvidenceKind]string{
	consortium.EVIDENCE_KIND_DUPLICATE_VOTE:      "two votes in one round 同轮双签",
	consortium.EVIDENCE_KIND_LIGHT_CLIENT_ATTACK: "a header for light clients that is not the chain's 伪造区块头",
}

var evidenceOutcomes = map[consortium.EvidenceOutcome]string{
	consortium.EVIDENCE_OUTCOME_IGNORED:   "nothing: no seat answers for the key any more 无席位对该密钥负责",
	consortium.EVIDENCE_OUTCOME_SUSPENDED: "the seat was suspended 席位已停任",
	consortium.EVIDENCE_OUTCOME_PENDING:   "the seat is to be suspended as soon as that is safe 席位待停任",
	consortium.EVIDENCE_OUTCOME_STANDING:  "the seat was suspended already 席位此前已停任",
}

// Misbehaviours tells what was proved against consensus keys, one a paragraph.
func Misbehaviours(w io.Writer, evidence []consortium.Evidence, names Names) {
	for _, e := range evidence {
		who := "a key that is not known here 未知密钥"
		if e.Member != 0 {
			who = names.Member(e.Member)
		}
		fmt.Fprintf(w, "height 高度 %d, %s UTC+8: %s: %s\n", e.Height, stamp(e.Time), who, word(evidenceKinds, e.Kind))
		fmt.Fprintf(w, "  key's address 密钥地址 %X, power 投票权 %d of %d, recorded 记录于 height 高度 %d\n  led to 结果: %s\n",
			e.Address, e.Power, e.TotalPower, e.RecordedHeight, word(evidenceOutcomes, e.Outcome))
	}
}

// Quota tells how much gas a member has used of its quota.
func Quota(w io.Writer, q consortium.QueryQuotaResponse) {
	s := sheet{w}
	fmt.Fprintf(w, "Gas quota 配额, blocks 区块 %d to 至 %d\n", q.WindowStart, q.NextWindow-1)
	s.line("used 已用", "%s of %s gas", grouped(q.GasUsed), grouped(q.GasAllowed))
	if q.RelayedGasAllowed > 0 {
		s.line("used for packets as a relayer 中继已用", "%s of %s gas", grouped(q.RelayedGasUsed), grouped(q.RelayedGasAllowed))
	}
	s.line("counts from nothing again 重新计数", "height 高度 %d", q.NextWindow)
}

// Refusals tells refused applications, one a paragraph.
func Refusals(w io.Writer, refusals []consortium.Refusal, names Names) {
	for _, r := range refusals {
		by := "the council 理事会"
		if r.By != 0 {
			by = names.Member(r.By)
		}
		fmt.Fprintf(w, "credit code 统一社会信用代码 %s refused by 拒绝方 %s, height 高度 %d\n  reason 理由: %s\n", r.CreditCode, by, r.Height, Quoted(r.Reason))
		fmt.Fprintf(w, "  applicant 申请账户 %s, application 申请书 SHA-256 %x\n", r.Applicant, r.ApplicationDigest)
	}
}

// Accounts tells the accounts that act for a member.
func Accounts(w io.Writer, res consortium.QueryAccountsResponse) {
	fmt.Fprintf(w, "owner 主账户 %s: everything 全部权限\n", res.Owner)
	for _, a := range res.Accounts {
		fmt.Fprintf(w, "account 账户 %s: %s\n", a.Address, Roles(a.Roles))
	}
}
