// Package ids makes and checks the identifiers that people read: products,
// scenarios, contracts and withdrawals. Each starts with what sorts it.
package ids

import (
	"fmt"
	"strconv"
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// cst is China Standard Time, the zone of every date that people read.
var cst = time.FixedZone("UTC+8", 8*60*60)

// MaxSequence is the largest sequence of six digits.
const MaxSequence = 999_999

// Day is the date of t in UTC+8 as YYMMDD.
func Day(t time.Time) string { return t.In(cst).Format("060102") }

// Owned makes "000123-000007": owner's member number and its sequence.
func Owned(owner, seq uint32) string { return fmt.Sprintf("%06d-%06d", owner, seq) }

// ParseOwned checks an id made by Owned and returns its parts.
func ParseOwned(field, id string) (owner, seq uint32, err error) {
	if len(id) != 13 || id[6] != '-' || !valid.Digits(id[:6]) || !valid.Digits(id[7:]) {
		return 0, 0, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected the form 000123-000007, got %q", field, id)
	}
	return number(id[:6]), number(id[7:]), nil
}

// Contract makes "261123-000123-000042": day, seller and the seller's sequence of the day.
func Contract(day string, seller, seq uint32) string {
	return fmt.Sprintf("%s-%06d-%06d", day, seller, seq)
}

// ParseContract checks an id made by Contract and returns its parts.
func ParseContract(field, id string) (day string, seller, seq uint32, err error) {
	if len(id) != 20 || id[6] != '-' || !valid.Digits(id[:6]) {
		return "", 0, 0, errorsmod.Wrapf(valid.ErrInvalid, "%s: expected the form 261123-000123-000042, got %q", field, id)
	}
	seller, seq, err = ParseOwned(field, id[7:])
	return id[:6], seller, seq, err
}

// number reads at most six digits; they were checked.
func number(s string) uint32 {
	n, _ := strconv.ParseUint(s, 10, 32)
	return uint32(n)
}
