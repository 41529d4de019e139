package types

import (
	"time"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

const (
	// MaxLines is the largest number of lines of a voucher.
	MaxLines = 32

	maxChainID  = 50  // CometBFT's limit
	maxName     = 96  // as in a member record
	maxWhat     = 128 // bytes
	maxMode     = 255
	lastSecond  = 253402300799 // end of the year 9999
	digestBytes = 32
)

// Validate checks everything that needs no state, the bindings between number, seller
// and issue time, and that the total is the sum. Records of other chains pass it too,
// so it asks nothing that only this chain knows. It wraps ErrNumber, ErrTotal or
// valid.ErrInvalid.
func (v Voucher) Validate() error {
	parts, err := ParseNumber(v.Number)
	if err != nil {
		return err
	}
	if err := v.validateFields(); err != nil {
		return err
	}
	if parts.Seller != v.Seller.Member {
		return errorsmod.Wrapf(valid.ErrInvalid, "number: expected seller %06d in it, got %06d", v.Seller.Member, parts.Seller)
	}
	if day := ids.Day(time.Unix(v.IssuedAt, 0)); parts.Day != day {
		return errorsmod.Wrapf(valid.ErrInvalid, "number: expected day %s of issued_at in it, got %s", day, parts.Day)
	}
	sum, err := v.validateKind()
	if err != nil {
		return err
	}
	if !sum.Equal(v.Total) {
		return errorsmod.Wrapf(ErrTotal, "expected %s fen, the sum of the lines, got %s", sum, v.Total)
	}
	return nil
}

func (v Voucher) validateFields() error {
	if err := valid.Text("chain_id", v.ChainId, 1, maxChainID); err != nil {
		return err
	}
	for _, p := range []struct {
		field string
		party Party
	}{{"seller", v.Seller}, {"buyer", v.Buyer}, {"exchange", v.Exchange}} {
		if err := p.party.validate(p.field); err != nil {
			return err
		}
	}
	if _, _, err := ids.ParseOwned("product", v.Product); err != nil {
		return err
	}
	if v.ProductVersion < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "product_version: expected 1 or more, got 0")
	}
	if err := valid.Industry("industry", v.Industry); err != nil {
		return err
	}
	if err := valid.Amount("total", v.Total); err != nil {
		return err
	}
	if v.DeliveryMode < 1 || v.DeliveryMode > maxMode {
		return errorsmod.Wrapf(valid.ErrInvalid, "delivery_mode: expected 1 to %d, got %d", maxMode, v.DeliveryMode)
	}
	if err := valid.Digest("delivery_digest", v.DeliveryDigest); err != nil {
		return err
	}
	if _, _, _, err := ids.ParseContract("settlement", v.Settlement); err != nil {
		return err
	}
	if err := valid.Digest("terms_root", v.TermsRoot); err != nil {
		return err
	}
	if err := valid.Digest("nullifier", v.Nullifier); err != nil {
		return err
	}
	if v.IssuedAt < 1 || v.IssuedAt > lastSecond {
		return errorsmod.Wrapf(valid.ErrInvalid, "issued_at: expected Unix seconds 1 to %d, got %d", int64(lastSecond), v.IssuedAt)
	}
	return nil
}

// validateKind checks the fields that only one kind has and returns the sum of the lines.
func (v Voucher) validateKind() (math.Int, error) {
	switch v.Kind {
	case KIND_BLUE:
		if v.Reverses != "" || len(v.ReversedLines) != 0 {
			return math.Int{}, errorsmod.Wrap(valid.ErrInvalid, "a blue voucher reverses nothing")
		}
		return SumLines(v.Lines)
	case KIND_RED:
		if len(v.Lines) != 0 {
			return math.Int{}, errorsmod.Wrap(valid.ErrInvalid, "a red voucher has reversed_lines, not lines")
		}
		if _, err := ParseNumber(v.Reverses); err != nil {
			return math.Int{}, errorsmod.Wrap(err, "reverses")
		}
		if v.Reverses == v.Number {
			return math.Int{}, errorsmod.Wrap(valid.ErrInvalid, "reverses: expected another voucher's number, got its own")
		}
		return sumReversed(v.ReversedLines)
	default:
		return math.Int{}, errorsmod.Wrapf(valid.ErrInvalid, "kind: expected blue (1) or red (2), got %d", v.Kind)
	}
}

func (p Party) validate(field string) error {
	if err := valid.MemberNumber(field+".member", p.Member); err != nil {
		return err
	}
	if err := valid.Text(field+".name", p.Name, 1, maxName); err != nil {
		return err
	}
	return valid.CreditCode(field+".credit_code", p.CreditCode)
}

// Validate checks one line. It wraps valid.ErrInvalid.
func (l Line) Validate() error {
	if err := valid.Text("what", l.What, 1, maxWhat); err != nil {
		return err
	}
	if l.Units < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "units: expected 1 or more, got 0")
	}
	return valid.Amount("amount", l.Amount)
}

// Validate checks everything that needs no other record. It wraps ErrNumber or valid.ErrInvalid.
func (d StatusDetail) Validate() error {
	if _, err := ParseNumber(d.Number); err != nil {
		return err
	}
	if d.Version < 1 || d.Height < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "version and height: expected 1 or more, got %d and %d", d.Version, d.Height)
	}
	if len(d.Remaining) < 1 || len(d.Remaining) > MaxLines {
		return errorsmod.Wrapf(valid.ErrInvalid, "remaining: expected 1 to %d lines, got %d", MaxLines, len(d.Remaining))
	}
	for _, r := range d.Remaining {
		if err := valid.AmountOrZero("remaining", r); err != nil {
			return err
		}
	}
	if d.RedNumber != "" {
		if _, err := ParseNumber(d.RedNumber); err != nil {
			return errorsmod.Wrap(err, "red_number")
		}
	}
	if err := checkFlags(d.Flags); err != nil {
		return err
	}
	if err := valid.Digest("reason_digest", d.ReasonDigest); err != nil {
		return err
	}
	if err := valid.Digest("previous_digest", d.PreviousDigest); err != nil {
		return err
	}
	if first := [digestBytes]byte(d.PreviousDigest) == [digestBytes]byte{}; first != (d.Version == 1) {
		return errorsmod.Wrapf(valid.ErrInvalid, "previous_digest: expected zeros for version 1 and for no other, got version %d", d.Version)
	}
	return nil
}
