package verify

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	maxLines   = 32
	maxPayouts = 32
	maxText    = 128
	lastSecond = 253402300799 // end of the year 9999
)

// utc8 is China Standard Time, the zone of the dates in voucher numbers.
var utc8 = time.FixedZone("UTC+8", 8*60*60)

// DecodeVoucher reads the store value of a voucher and checks it in itself: text that
// is safe to show, number, seller and day agreeing, lines adding up. It asks nothing
// that may change over the years, such as the list of industries.
func DecodeVoucher(b []byte) (*Voucher, error) {
	v := new(Voucher)
	if err := decodeRecord(b, v); err != nil {
		return nil, err
	}
	number, err := ParseNumber(v.Number)
	if err != nil {
		return nil, err
	}
	if err := v.checkFields(); err != nil {
		return nil, err
	}
	if number.Seller != v.Seller.Member {
		return nil, fmt.Errorf("expected seller %06d in the number, got %06d", v.Seller.Member, number.Seller)
	}
	if day := time.Unix(v.IssuedAt, 0).In(utc8).Format("060102"); number.Day != day {
		return nil, fmt.Errorf("expected day %s of the issue time in the number, got %s", day, number.Day)
	}
	sum, err := v.sum()
	if err != nil {
		return nil, err
	}
	if sum.Cmp(v.Total) != 0 {
		return nil, fmt.Errorf("expected a total of %s fen, the sum of the lines, got %s", sum, v.Total)
	}
	return v, nil
}

func (v *Voucher) checkFields() error {
	if v.IssuedAt < 1 || v.IssuedAt > lastSecond {
		return fmt.Errorf("issue time %d is out of range", v.IssuedAt)
	}
	if len(v.DeliveryDigest) != digestLen || len(v.TermsRoot) != digestLen {
		return fmt.Errorf("expected digests of %d bytes, got %d (delivery) and %d (terms)", digestLen, len(v.DeliveryDigest), len(v.TermsRoot))
	}
	if len(v.Nullifier) != digestLen {
		return fmt.Errorf("expected a nullifier of %d bytes, got %d", digestLen, len(v.Nullifier))
	}
	if len(v.Settlement) != contractIDLen {
		return fmt.Errorf("expected a settlement id of %d characters, got %.40q", contractIDLen, v.Settlement)
	}
	texts := []string{
		v.ChainID, v.Product, v.Industry, v.Settlement,
		v.Seller.Name, v.Seller.CreditCode, v.Buyer.Name, v.Buyer.CreditCode, v.Exchange.Name, v.Exchange.CreditCode,
	}
	for _, l := range v.Lines {
		texts = append(texts, l.What)
	}
	return showable(texts...)
}

// sum checks what only one kind of voucher has, and adds up its lines.
func (v *Voucher) sum() (Fen, error) {
	var sum Fen
	switch v.Kind {
	case KindBlue:
		if len(v.Lines) < 1 || len(v.Lines) > maxLines || v.Reverses != "" || len(v.ReversedLines) != 0 {
			return sum, fmt.Errorf("expected a blue voucher with 1 to %d lines that reverses nothing", maxLines)
		}
		for i, l := range v.Lines {
			if l.Units < 1 || l.Amount.IsZero() {
				return sum, fmt.Errorf("line %d: expected units and amount of 1 or more", i)
			}
			sum = sum.Add(l.Amount)
		}
	case KindRed:
		if _, err := ParseNumber(v.Reverses); err != nil {
			return sum, err
		}
		if len(v.Lines) != 0 || len(v.ReversedLines) < 1 || len(v.ReversedLines) > maxLines || v.Reverses == v.Number {
			return sum, fmt.Errorf("expected a red voucher with 1 to %d reversed lines of another voucher", maxLines)
		}
		for i, l := range v.ReversedLines {
			if l.Amount.IsZero() || l.Line >= maxLines || i > 0 && l.Line <= v.ReversedLines[i-1].Line {
				return sum, errors.New("expected reversed lines ascending, each of 1 fen or more")
			}
			sum = sum.Add(l.Amount)
		}
	default:
		return sum, fmt.Errorf("expected kind blue (1) or red (2), got %d", v.Kind)
	}
	return sum, nil
}

// DecodeSettlement reads the store value of a settlement record and checks it in itself.
func DecodeSettlement(b []byte) (*Settlement, error) {
	s := new(Settlement)
	if err := decodeRecord(b, s); err != nil {
		return nil, err
	}
	if err := showable(s.ID, s.ChainID); err != nil {
		return nil, err
	}
	if _, err := ParseNumber(s.Voucher); err != nil {
		return nil, err
	}
	if s.SettledAt < 1 || s.SettledAt > lastSecond || s.Height < 1 {
		return nil, fmt.Errorf("settlement time %d or height %d is out of range", s.SettledAt, s.Height)
	}
	if len(s.Payouts) > maxPayouts {
		return nil, fmt.Errorf("expected at most %d payouts, got %d", maxPayouts, len(s.Payouts))
	}
	var sum Fen
	for _, p := range s.Payouts {
		sum = sum.Add(p.Amount)
	}
	if sum.Cmp(s.Amount) != 0 {
		return nil, fmt.Errorf("expected payouts that add up to %s fen, got %s", s.Amount, sum)
	}
	return s, nil
}

// DecodeStatusDetail reads the store value of a status detail and checks it in itself.
func DecodeStatusDetail(b []byte) (*StatusDetail, error) {
	d := new(StatusDetail)
	if err := decodeRecord(b, d); err != nil {
		return nil, err
	}
	if _, err := ParseNumber(d.Number); err != nil {
		return nil, err
	}
	if d.RedNumber != "" {
		if _, err := ParseNumber(d.RedNumber); err != nil {
			return nil, err
		}
	}
	if len(d.Remaining) < 1 || len(d.Remaining) > maxLines {
		return nil, fmt.Errorf("expected what remains of 1 to %d lines, got %d", maxLines, len(d.Remaining))
	}
	if len(d.ReasonDigest) != digestLen || len(d.PreviousDigest) != digestLen {
		return nil, fmt.Errorf("expected digests of %d bytes, got %d (reason) and %d (previous)", digestLen, len(d.ReasonDigest), len(d.PreviousDigest))
	}
	if first := [digestLen]byte(d.PreviousDigest) == [digestLen]byte{}; first != (d.Version == 1) {
		return nil, errors.New("expected a previous digest of zeros in version 1 and in no other")
	}
	return d, nil
}

// showable refuses text that could disguise itself on a page or a terminal: control
// and invisible characters, invalid UTF-8, nothing, or too much.
func showable(texts ...string) error {
	for _, s := range texts {
		if s == "" || len(s) > maxText || !utf8.ValidString(s) || strings.TrimSpace(s) != s {
			return fmt.Errorf("expected 1 to %d bytes of text without white space at the ends, got %.40q", maxText, s)
		}
		for _, r := range s {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == utf8.RuneError {
				return fmt.Errorf("expected text without control characters, got U+%04X in %.40q", r, s)
			}
		}
	}
	return nil
}
