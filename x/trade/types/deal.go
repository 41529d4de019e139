package types

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	product "github.com/shugu-network/shugu/x/product/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// MaxOrderReference is the longest order reference in bytes.
const MaxOrderReference = 64

// Validate checks what needs no state. It wraps valid.ErrInvalid.
func (d Deal) Validate() error {
	if err := d.validateParties(); err != nil {
		return err
	}
	if _, _, err := ids.ParseOwned("deal.product", d.Product); err != nil {
		return err
	}
	if d.ProductVersion < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "deal.product_version: expected 1 or more, got 0")
	}
	if err := d.validateMoney(); err != nil {
		return err
	}
	if _, known := product.DeliveryMode_name[int32(d.DeliveryMode)]; !known || d.DeliveryMode == product.DELIVERY_MODE_UNSPECIFIED {
		return errorsmod.Wrapf(valid.ErrInvalid, "deal.delivery_mode: expected a mode such as %s, got %s", product.DELIVERY_MODE_FILE, d.DeliveryMode)
	}
	for _, w := range d.Withins() {
		if w.Seconds < 1 {
			return errorsmod.Wrapf(valid.ErrInvalid, "deal.%s: expected 1 second or more, got %d", w.Field, w.Seconds)
		}
	}
	if err := valid.Digest("deal.terms_root", d.TermsRoot); err != nil {
		return err
	}
	return valid.Text("deal.order_reference", d.OrderReference, 1, MaxOrderReference)
}

func (d Deal) validateParties() error {
	if err := valid.MemberNumber("deal.seller", d.Seller); err != nil {
		return err
	}
	if err := valid.MemberNumber("deal.buyer", d.Buyer); err != nil {
		return err
	}
	if d.Seller == d.Buyer {
		return errorsmod.Wrapf(valid.ErrInvalid, "deal.buyer: expected another member than the seller, got %06d twice", d.Buyer)
	}
	return nil
}

func (d Deal) validateMoney() error {
	sum, err := voucher.SumLines(d.Lines)
	if err != nil {
		return errorsmod.Wrap(err, "deal.lines")
	}
	if err := valid.Amount("deal.total", d.Total); err != nil {
		return err
	}
	if !sum.Equal(d.Total) {
		return errorsmod.Wrapf(valid.ErrInvalid, "deal.total: expected %s fen, the sum of the lines, got %s", sum, d.Total)
	}
	return errorsmod.Wrap(d.Split.Validate(), "deal")
}

// Within is one of a deal's times.
type Within struct {
	Field   string
	Seconds int64
}

// Withins are the deal's three times, in the order of the steps.
func (d Deal) Withins() []Within {
	return []Within{
		{"fund_within", d.FundWithin},
		{"deliver_within", d.DeliverWithin},
		{"accept_within", d.AcceptWithin},
	}
}

// Difference compares two deals by their canonical encodings. It names the first
// field in which other differs, with both values; empty when they are equal.
func (d Deal) Difference(other Deal) (string, error) {
	ours, err := d.Marshal()
	if err != nil {
		return "", err
	}
	theirs, err := other.Marshal()
	if err != nil {
		return "", err
	}
	if bytes.Equal(ours, theirs) {
		return "", nil
	}
	// A differing number of lines shows before the lists of fields part.
	otherFields := other.fields()
	for i, f := range d.fields() {
		if f.text != otherFields[i].text {
			return fmt.Sprintf("%s: expected %s, got %s", f.name, cut(f.text), cut(otherFields[i].text)), nil
		}
	}
	return "encoding: the values are equal, the bytes are not", nil
}

type field struct{ name, text string }

// fields are the deal's fields as text, in the order of the proto file.
func (d Deal) fields() []field {
	fields := []field{
		{"seller", fmt.Sprintf("%06d", d.Seller)},
		{"buyer", fmt.Sprintf("%06d", d.Buyer)},
		{"product", strconv.Quote(d.Product)},
		{"product_version", fmt.Sprint(d.ProductVersion)},
		{"lines", fmt.Sprintf("%d lines", len(d.Lines))},
	}
	for i, l := range d.Lines {
		fields = append(fields,
			field{fmt.Sprintf("lines[%d].what", i), strconv.Quote(l.What)},
			field{fmt.Sprintf("lines[%d].units", i), fmt.Sprint(l.Units)},
			field{fmt.Sprintf("lines[%d].amount", i), l.Amount.String()})
	}
	return append(fields,
		field{"total", d.Total.String()},
		field{"delivery_mode", d.DeliveryMode.String()},
		field{"split", d.Split.String()},
		field{"fund_within", fmt.Sprint(d.FundWithin)},
		field{"deliver_within", fmt.Sprint(d.DeliverWithin)},
		field{"accept_within", fmt.Sprint(d.AcceptWithin)},
		field{"terms_root", hex.EncodeToString(d.TermsRoot)},
		field{"order_reference", strconv.Quote(d.OrderReference)})
}

// cut keeps an error readable whatever was sent.
func cut(s string) string {
	const longest = 160
	if len(s) <= longest {
		return s
	}
	return s[:longest] + "…"
}
