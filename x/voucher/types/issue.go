package types

import (
	"context"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Issue asks for a blue voucher of a settled trade.
type Issue struct {
	// Settlement is the id of the settlement record, which is the contract's.
	Settlement string
	// Seller, Buyer and Exchange are member numbers.
	Seller, Buyer, Exchange uint32
	Product                 string
	ProductVersion          uint32
	Industry                string
	// Lines are 1 to 32; their amounts add up to Total, in fen.
	Lines []Line
	Total math.Int
	// DeliveryMode is shugu.product.v1.DeliveryMode as a number.
	DeliveryMode uint32
	// DeliveryDigest and TermsRoot are SHA-256 digests, 32 bytes each.
	DeliveryDigest, TermsRoot []byte
	// ProductDigest is the manifest digest of the product's version, 32 bytes, and
	// OrderReference what both parties signed: the nullifier is made from them.
	ProductDigest  []byte
	OrderReference string
}

// Reversal asks for a red voucher that takes back part or all of a blue one.
type Reversal struct {
	// Number of the blue voucher, 24 digits.
	Number string
	// Lines are what to take back, ascending by line, 1 to 32.
	Lines []ReversedLine
	// ReasonDigest is SHA-256 of the reason, 32 bytes.
	ReasonDigest []byte
}

// Validate checks what needs no state; it wraps ErrNumber or valid.ErrInvalid.
func (r Reversal) Validate() error {
	if _, err := ParseNumber(r.Number); err != nil {
		return err
	}
	if _, err := sumReversed(r.Lines); err != nil {
		return err
	}
	return valid.Digest("reason_digest", r.ReasonDigest)
}

// Observer is told what happened to vouchers of this chain, after it is written. An
// error undoes it.
type Observer interface {
	// Issued is told of each blue voucher.
	Issued(ctx context.Context, v Voucher) error
	// StatusChanged is told the number of the blue voucher whose status changed.
	StatusChanged(ctx context.Context, number string) error
}

// Holds says whether something may move; an error names what holds it.
type Holds interface {
	// MayMove is asked with kind HoldsKind and the blue voucher's number.
	MayMove(ctx context.Context, kind, id string) error
}

// HoldsKind is the kind under which Holds knows vouchers.
const HoldsKind = "voucher"

// SumLines checks 1 to 32 lines and adds up their amounts, in fen. It wraps valid.ErrInvalid.
func SumLines(lines []Line) (math.Int, error) {
	if len(lines) < 1 || len(lines) > MaxLines {
		return math.Int{}, errorsmod.Wrapf(valid.ErrInvalid, "lines: expected 1 to %d, got %d", MaxLines, len(lines))
	}
	sum := math.ZeroInt()
	for i, l := range lines {
		if err := l.Validate(); err != nil {
			return math.Int{}, errorsmod.Wrapf(err, "line %d", i)
		}
		sum = sum.Add(l.Amount)
	}
	return sum, nil
}

// sumReversed checks 1 to 32 reversed lines, ascending, and adds up their amounts.
func sumReversed(lines []ReversedLine) (math.Int, error) {
	if len(lines) < 1 || len(lines) > MaxLines {
		return math.Int{}, errorsmod.Wrapf(valid.ErrInvalid, "reversed_lines: expected 1 to %d, got %d", MaxLines, len(lines))
	}
	sum := math.ZeroInt()
	for i, l := range lines {
		if l.Line >= MaxLines || i > 0 && l.Line <= lines[i-1].Line {
			return math.Int{}, errorsmod.Wrapf(valid.ErrInvalid, "reversed_lines: expected ascending lines 0 to %d, got %d at position %d", MaxLines-1, l.Line, i)
		}
		if err := valid.Amount("reversed_lines.amount", l.Amount); err != nil {
			return math.Int{}, err
		}
		sum = sum.Add(l.Amount)
	}
	return sum, nil
}
