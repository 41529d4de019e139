package verify

import (
	"errors"
	"fmt"
)

func (r *run) voucherContent() error {
	v, err := DecodeVoucher(r.bundle.Voucher.Value)
	if err != nil {
		return err
	}
	if v.Number != r.bundle.Number {
		return fmt.Errorf("expected voucher %s, got %s", r.bundle.Number, v.Number)
	}
	if v.ChainID != r.root.ChainID {
		return fmt.Errorf("expected a voucher of chain %q, got one of %q", r.root.ChainID, v.ChainID)
	}
	if at := r.opened.signed.header.Time; v.IssuedAt > at.Unix() {
		return fmt.Errorf("expected an issue time not after the header's %s, got %d", at.UTC(), v.IssuedAt)
	}
	r.voucher = v
	return nil
}

// settlementContent compares record and voucher. A red voucher takes back part of
// what the blue one's record settled, so its record names the blue number.
func (r *run) settlementContent() error {
	s, err := DecodeSettlement(r.bundle.Settlement.Value)
	if err != nil {
		return err
	}
	v := r.voucher
	switch {
	case s.ID != v.Settlement || s.ChainID != v.ChainID:
		return fmt.Errorf("expected settlement %s of chain %s, got %s of %s", v.Settlement, v.ChainID, s.ID, s.ChainID)
	case s.Seller != v.Seller.Member || s.Buyer != v.Buyer.Member:
		return fmt.Errorf("expected seller %06d and buyer %06d, got %06d and %06d", v.Seller.Member, v.Buyer.Member, s.Seller, s.Buyer)
	case s.Voucher != v.StatusNumber():
		return fmt.Errorf("expected a settlement with voucher %s, got %s", v.StatusNumber(), s.Voucher)
	case v.Kind == KindBlue && s.Amount.Cmp(v.Total) != 0:
		return fmt.Errorf("expected a settlement of the total %s fen, got %s", v.Total, s.Amount)
	case v.Kind == KindRed && s.Amount.Cmp(v.Total) < 0:
		return fmt.Errorf("expected a settlement of at least the %s fen taken back, got %s", v.Total, s.Amount)
	case s.Height > r.bundle.Height:
		return fmt.Errorf("expected a settlement at or before block %d, got block %d", r.bundle.Height, s.Height)
	}
	r.settlement = s
	return nil
}

// statusContent compares the status with its detail and with what the voucher says.
func (r *run) statusContent() error {
	v, s := r.voucher, r.status
	if s == nil {
		if v.Kind == KindRed {
			return fmt.Errorf("expected a status against voucher %s, which this red one takes back, got none", v.Reverses)
		}
		return nil
	}
	d, err := DecodeStatusDetail(r.bundle.Status.Detail.Value)
	if err != nil {
		return err
	}
	if d.Number != v.StatusNumber() || d.Version != s.Version || d.Height != s.Height || d.Flags != s.Flags {
		return errors.New("the status and its detail differ in number, version, height or flags")
	}
	if s.Height > r.bundle.Height {
		return fmt.Errorf("expected a status of block %d or before, got block %d", r.bundle.Height, s.Height)
	}
	if s.Version == 1 && s.FirstHeight != s.Height {
		return fmt.Errorf("expected one height in the first version of a status, got %d and %d", s.FirstHeight, s.Height)
	}
	if err := checkRemaining(v, s.Flags, d.Remaining); err != nil {
		return err
	}
	r.detail = d
	return nil
}

// checkRemaining compares what remains with the flags and, line by line, with the voucher.
func checkRemaining(v *Voucher, flags uint32, remaining []Fen) error {
	var rest Fen
	for _, f := range remaining {
		rest = rest.Add(f)
	}
	partly, wholly := flags&FlagPartlyReversed != 0, flags&FlagReversed != 0
	if v.Kind == KindRed {
		for _, l := range v.ReversedLines {
			if int(l.Line) >= len(remaining) {
				return fmt.Errorf("expected a detail with line %d, which this red voucher takes back", l.Line)
			}
		}
		if !partly && !wholly || wholly != rest.IsZero() {
			return errors.New("the flags disagree with what remains after this red voucher")
		}
		return nil
	}
	if len(remaining) != len(v.Lines) {
		return fmt.Errorf("expected what remains of %d lines, got %d", len(v.Lines), len(remaining))
	}
	for i, f := range remaining {
		if f.Cmp(v.Lines[i].Amount) > 0 {
			return fmt.Errorf("line %d: more remains (%s fen) than was sold (%s fen)", i, f, v.Lines[i].Amount)
		}
	}
	if wholly != rest.IsZero() || partly != (!wholly && rest.Cmp(v.Total) < 0) {
		return errors.New("the flags disagree with what remains of the voucher")
	}
	return nil
}
