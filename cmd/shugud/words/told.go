package words

import (
	"fmt"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// States of a voucher of a contest.
const (
	ToldPending   = "pending"
	ToldUpheld    = "upheld"
	ToldNotUpheld = "not upheld"
)

// ToldState is how one of the vouchers that tell a trade stands in the contest. One that
// came after the last decision is pending again.
func ToldState(c recognition.Contest, v recognition.ContestedVoucher) string {
	switch {
	case v.Upheld:
		return ToldUpheld
	case c.Decisions > v.Decisions:
		return ToldNotUpheld
	default:
		return ToldPending
	}
}

var toldStates = map[string]string{
	ToldPending:   "CONTESTED, not decided 存在争议，待裁定",
	ToldUpheld:    "upheld, no mark 予以维持，无争议标记",
	ToldNotUpheld: "CONTESTED, not upheld 未予维持，保留争议标记",
}

// Told is ToldState for a person.
func Told(c recognition.Contest, v recognition.ContestedVoucher) string {
	return toldStates[ToldState(c, v)]
}

// Decision says what the council decided last of a contest, and when.
func Decision(c recognition.Contest) string {
	if c.Decisions == 0 {
		return "not decided yet 尚未裁定 (see: shugud example contest)"
	}
	return fmt.Sprintf("decided 已裁定 (no. 第 %d 次), height 高度 %d, %s UTC+8; reason 理由: %s", c.Decisions, c.DecidedHeight, Stamp(c.DecidedTime), Quoted(c.Reason))
}
