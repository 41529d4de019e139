package types

import (
	"bytes"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	producttypes "github.com/shugu-network/shugu/x/product/types"
)

const (
	// MaxRecordBytes is the longest encoding of a record in bytes, so that every record fits into a packet.
	MaxRecordBytes = 8192
	// maxChainID is CometBFT's limit.
	maxChainID = 50
	// voucherDigits is the length of a voucher's number.
	voucherDigits = 24
)

// DecodeRecord reads a store value, from here or from another chain: at most
// MaxRecordBytes, canonical, and valid in itself. It wraps ErrTooLarge,
// ErrEncoding or what Validate finds.
func DecodeRecord(b []byte) (Record, error) {
	if len(b) > MaxRecordBytes {
		return Record{}, errorsmod.Wrapf(ErrTooLarge, "settlement record: expected at most %d bytes, got %d", MaxRecordBytes, len(b))
	}
	var r Record
	if err := r.Unmarshal(b); err != nil {
		return Record{}, errorsmod.Wrapf(ErrEncoding, "settlement record: %s", err)
	}
	again, err := r.Marshal()
	if err != nil {
		return Record{}, errorsmod.Wrapf(ErrEncoding, "settlement record: %s", err)
	}
	if !bytes.Equal(again, b) {
		return Record{}, errorsmod.Wrap(ErrEncoding, "settlement record: the bytes differ from the encoding of what they say")
	}
	if err := r.Validate(); err != nil {
		return Record{}, err
	}
	return r, nil
}

// Validate checks a record in itself: the form of its fields, distinct payees
// and payouts that sum to the amount. Errors wrap valid.ErrInvalid.
func (r Record) Validate() error {
	if err := checkTrade(r.Id, r.Seller, r.Buyer, r.Voucher); err != nil {
		return err
	}
	if err := valid.Text("chain_id", r.ChainId, 1, maxChainID); err != nil {
		return err
	}
	if err := valid.Amount("amount", r.Amount); err != nil {
		return err
	}
	if r.SettledAt < 1 || r.Height < 1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "settled_at and height: expected 1 or more, got %d and %d", r.SettledAt, r.Height)
	}
	return r.checkPayouts()
}

func (r Record) checkPayouts() error {
	if len(r.Payouts) < 1 || len(r.Payouts) > producttypes.MaxShares {
		return errorsmod.Wrapf(valid.ErrInvalid, "payouts: expected 1 to %d, got %d", producttypes.MaxShares, len(r.Payouts))
	}
	sum := math.ZeroInt()
	for i, payout := range r.Payouts {
		if err := valid.MemberNumber("payouts.member", payout.Member); err != nil {
			return err
		}
		if err := valid.AmountOrZero("payouts.amount", payout.Amount); err != nil {
			return err
		}
		for _, other := range r.Payouts[:i] {
			if other.Member == payout.Member {
				return errorsmod.Wrapf(valid.ErrInvalid, "payouts: expected each member once, got %06d twice", payout.Member)
			}
		}
		sum = sum.Add(payout.Amount) // at most 32 × 2^96
	}
	if !sum.Equal(r.Amount) {
		return errorsmod.Wrapf(valid.ErrInvalid, "payouts: expected a sum of %s fen, got %s", r.Amount, sum)
	}
	return nil
}

// checkTrade checks what names a trade; its id begins with the day and the seller.
func checkTrade(id string, seller, buyer uint32, voucher string) error {
	_, owner, _, err := ids.ParseContract("id", id)
	if err != nil {
		return err
	}
	if err := valid.MemberNumber("seller", seller); err != nil {
		return err
	}
	if owner != seller {
		return errorsmod.Wrapf(valid.ErrInvalid, "seller: expected %06d, whose contract %s is, got %06d", owner, id, seller)
	}
	if err := valid.MemberNumber("buyer", buyer); err != nil {
		return err
	}
	return checkVoucher("voucher", voucher)
}

// checkVoucher checks the form of a voucher's number; x/voucher made it.
func checkVoucher(field, number string) error {
	if len(number) != voucherDigits || !valid.Digits(number) {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected %d digits, got %.40q", field, voucherDigits, number)
	}
	return nil
}

// checkID checks a contract's id.
func checkID(id string) error {
	_, _, _, err := ids.ParseContract("id", id)
	return err
}
