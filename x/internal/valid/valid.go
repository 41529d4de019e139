// Package valid checks the fields of messages and records. Every check says
// which field, which rule, and what was got; all errors wrap ErrInvalid.
package valid

import (
	"crypto/sha256"
	"math/big"
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// ErrInvalid is what every check of this package wraps.
var ErrInvalid = errorsmod.Register("shugu", 2, "invalid field")

// MaxReason is the longest reason in bytes, wherever a message carries one.
const MaxReason = 512

// maxAmount is 2^96 fen: sums of any real number of amounts stay far below
// the 256 bits of math.Int (SECURITY-RULES 9).
var maxAmount = math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 96))

// MaxAmount returns 2^96, the largest amount in fen.
func MaxAmount() math.Int { return maxAmount }

// Digest checks a SHA-256 digest: 32 bytes.
func Digest(field string, b []byte) error {
	if len(b) != sha256.Size {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected a SHA-256 digest of 32 bytes, got %d", field, len(b))
	}
	return nil
}

// OptionalDigest checks a digest that may be empty.
func OptionalDigest(field string, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	return Digest(field, b)
}

// Amount checks an amount in fen: 1 to 2^96.
func Amount(field string, a math.Int) error {
	if a.IsNil() || !a.IsPositive() || a.GT(maxAmount) {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected 1 to 2^96 fen, got %s", field, a)
	}
	return nil
}

// AmountOrZero checks an amount in fen: 0 to 2^96.
func AmountOrZero(field string, a math.Int) error {
	if a.IsNil() || a.IsNegative() || a.GT(maxAmount) {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected 0 to 2^96 fen, got %s", field, a)
	}
	return nil
}

// Region checks a region: the first four digits of GB/T 2260, "3301" for Hangzhou.
func Region(field, s string) error {
	if len(s) != 4 || !Digits(s) {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected 4 digits (GB/T 2260), got %q", field, s)
	}
	return nil
}

// CreditCode checks the form of a unified social credit code (GB 32100): 18
// characters of 0-9 and A-Z. Its check character is for the command line to
// warn of, never for consensus.
func CreditCode(field, s string) error {
	ok := len(s) == 18
	for i := 0; ok && i < len(s); i++ {
		ok = s[i] >= '0' && s[i] <= '9' || s[i] >= 'A' && s[i] <= 'Z'
	}
	if !ok {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected 18 characters 0-9A-Z (GB 32100), got %q", field, s)
	}
	return nil
}

// Digits says whether s is ASCII digits only; true for the empty string.
func Digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// MemberNumber checks a member number: 1 to 999999.
func MemberNumber(field string, n uint32) error {
	if n < 1 || n > 999_999 {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected a member number 1 to 999999, got %d", field, n)
	}
	return nil
}

// Industries are the codes of the twelve industries of the national plan
// "data element ×" (数据要素×, 2024 to 2026), in its order.
var Industries = []string{
	"manufacturing", "agriculture", "commerce", "transport", "finance", "science",
	"culture", "health", "emergency", "weather", "city", "green",
}

// Industry checks an industry code.
func Industry(field, s string) error {
	if !slices.Contains(Industries, s) {
		return errorsmod.Wrapf(ErrInvalid, "%s: expected one of %s, got %q", field, strings.Join(Industries, ", "), s)
	}
	return nil
}
