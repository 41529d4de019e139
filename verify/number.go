package verify

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// NumberLength is the length of a voucher number in digits.
const NumberLength = 24

// Number is what a voucher number says.
type Number struct {
	// Region is GB/T 2260, the first 4 digits.
	Region string
	// Day is the date of issue in UTC+8, YYMMDD.
	Day string
	// Seller is the seller's member number, 1 to 999999.
	Seller uint32
	// Sequence counts the seller's vouchers of the day, 1 to 999999.
	Sequence uint32
}

// ParseNumber checks 24 digits and their check digits (ISO/IEC 7064 MOD 97-10) and
// returns the parts.
func ParseNumber(s string) (Number, error) {
	if len(s) != NumberLength || !digits(s) {
		return Number{}, fmt.Errorf("expected a voucher number of 24 digits, got %.40q", s)
	}
	seller, sequence := sixDigits(s[10:16]), sixDigits(s[16:22])
	if want := fmt.Sprintf("%02d", 98-mod97(s[:22]+"00")); s[22:] != want {
		return Number{}, fmt.Errorf("the check digits of %s are wrong: compare it digit by digit with the voucher", s)
	}
	if _, err := time.Parse("060102", s[4:10]); err != nil {
		return Number{}, fmt.Errorf("expected a date YYMMDD at digits 5 to 10 of the voucher number, got %s", s[4:10])
	}
	if seller == 0 || sequence == 0 {
		return Number{}, fmt.Errorf("expected seller and sequence from 1 in the voucher number, got %06d and %06d", seller, sequence)
	}
	return Number{Region: s[:4], Day: s[4:10], Seller: seller, Sequence: sequence}, nil
}

// ParseDisplayed reads 24 digits, or the form 3301-261123-000123-000042-28, checks the
// number and returns its 24 digits.
func ParseDisplayed(s string) (string, error) {
	n := s
	if len(s) == NumberLength+4 {
		n = strings.ReplaceAll(s, "-", "")
		if FormatNumber(n) != s {
			return "", fmt.Errorf("expected the form 3301-261123-000123-000042-28, got %q", s)
		}
	}
	if _, err := ParseNumber(n); err != nil {
		return "", err
	}
	return n, nil
}

// FormatNumber shows a number of 24 digits as 3301-261123-000123-000042-28. Other
// strings are returned as they are.
func FormatNumber(n string) string {
	if len(n) != NumberLength {
		return n
	}
	return n[:4] + "-" + n[4:10] + "-" + n[10:16] + "-" + n[16:22] + "-" + n[22:]
}

// mod97 is the remainder of a decimal number by 97.
func mod97(s string) int {
	r := 0
	for i := 0; i < len(s); i++ {
		r = (r*10 + int(s[i]-'0')) % 97
	}
	return r
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// sixDigits reads six digits; they were checked.
func sixDigits(s string) uint32 {
	n, _ := strconv.ParseUint(s, 10, 32)
	return uint32(n)
}
