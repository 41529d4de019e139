package types

import (
	"strconv"
	"strings"
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// NumberLength is the length of a voucher number in digits.
const NumberLength = 24

// groups are the lengths of the groups in which a number is shown.
var groups = [...]int{4, 6, 6, 6, 2}

// NumberParts is what a voucher number says.
type NumberParts struct {
	// Region is GB/T 2260, 4 digits.
	Region string
	// Day is the date of issue in UTC+8, YYMMDD.
	Day string
	// Seller is the seller's member number, 1 to 999999.
	Seller uint32
	// Sequence counts the seller's vouchers of the day, 1 to 999999.
	Sequence uint32
}

// Number makes a voucher number of 24 digits: region (4), day (6), seller (6),
// sequence (6) and the check digits (2) of ISO/IEC 7064 MOD 97-10. The parts must
// have the lengths and ranges of NumberParts; ParseNumber tells.
func Number(region, day string, seller, seq uint32) string {
	var b [NumberLength]byte
	n := copy(b[:], region)
	n += copy(b[n:], day)
	putDigits(b[n:n+6], int(seller))
	putDigits(b[n+6:n+12], int(seq))
	putDigits(b[n+12:], 98-100*mod97(b[:n+12])%97)
	return string(b[:])
}

// putDigits fills to with n in decimal, zeros in front.
func putDigits(to []byte, n int) {
	for i := len(to) - 1; i >= 0; i-- {
		to[i] = '0' + byte(n%10)
		n /= 10
	}
}

// ParseNumber checks 24 digits and returns their parts. It wraps ErrNumber.
func ParseNumber(s string) (NumberParts, error) {
	if len(s) != NumberLength || !valid.Digits(s) {
		return NumberParts{}, errorsmod.Wrapf(ErrNumber, "expected 24 digits, got %.40q", s)
	}
	if mod97(s) != 1 {
		return NumberParts{}, errorsmod.Wrapf(ErrNumber, "the check digits of %s are wrong: compare it digit by digit with the voucher", s)
	}
	p := NumberParts{Region: s[:4], Day: s[4:10], Seller: sixDigits(s[10:16]), Sequence: sixDigits(s[16:22])}
	if _, err := time.Parse("060102", p.Day); err != nil {
		return NumberParts{}, errorsmod.Wrapf(ErrNumber, "expected a date YYMMDD at digits 5 to 10, got %s", p.Day)
	}
	if p.Seller == 0 || p.Sequence == 0 {
		return NumberParts{}, errorsmod.Wrapf(ErrNumber, "expected seller and sequence from 1, got %06d and %06d", p.Seller, p.Sequence)
	}
	// Two check values, 00 and 97 or 01 and 98, are congruent: only the one that Number makes is right.
	if s != Number(p.Region, p.Day, p.Seller, p.Sequence) {
		return NumberParts{}, errorsmod.Wrapf(ErrNumber, "the check digits of %s are out of range", s)
	}
	return p, nil
}

// FormatNumber shows a number of 24 digits as 3301-261123-000123-000042-28. Other strings are returned as they are.
func FormatNumber(n string) string {
	if len(n) != NumberLength {
		return n
	}
	parts := make([]string, len(groups))
	for i, length := range groups {
		parts[i], n = n[:length], n[length:]
	}
	return strings.Join(parts, "-")
}

// ParseDisplayed reads either spelling, 24 digits or groups as FormatNumber shows them,
// checks the number and returns its 24 digits. It wraps ErrNumber.
func ParseDisplayed(s string) (string, error) {
	n := s
	if len(s) == NumberLength+len(groups)-1 {
		n = strings.ReplaceAll(s, "-", "")
		if FormatNumber(n) != s {
			return "", errorsmod.Wrapf(ErrNumber, "expected the form 3301-261123-000123-000042-28, got %q", s)
		}
	}
	if _, err := ParseNumber(n); err != nil {
		return "", err
	}
	return n, nil
}

// mod97 is the remainder of a decimal number by 97.
func mod97[T string | []byte](digits T) int {
	r := 0
	for i := 0; i < len(digits); i++ {
		r = (r*10 + int(digits[i]-'0')) % 97
	}
	return r
}

// sixDigits reads six digits; they were checked.
func sixDigits(s string) uint32 {
	n, _ := strconv.ParseUint(s, 10, 32)
	return uint32(n)
}
