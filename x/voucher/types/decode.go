package types

import (
	"bytes"

	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"
)

// MaxRecordBytes is the longest encoding of a record in bytes, so that every record fits into a packet.
const MaxRecordBytes = 8192

// EncodeVoucher makes the store value of a voucher. It wraps what Validate finds, or ErrTooLarge.
func EncodeVoucher(v Voucher) ([]byte, error) {
	if err := v.Validate(); err != nil {
		return nil, err
	}
	return encode("voucher", &v)
}

// EncodeStatusDetail makes the store value of a detail. It wraps what Validate finds, or ErrTooLarge.
func EncodeStatusDetail(d StatusDetail) ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return encode("status detail", &d)
}

// DecodeVoucher reads a store value, from here or from another chain: at most
// MaxRecordBytes, canonical, and valid in itself. It wraps ErrTooLarge, ErrEncoding or
// what Validate finds.
func DecodeVoucher(b []byte) (Voucher, error) {
	var v Voucher
	if err := decode("voucher", b, &v); err != nil {
		return Voucher{}, err
	}
	if err := v.Validate(); err != nil {
		return Voucher{}, err
	}
	return v, nil
}

// DecodeStatusDetail reads a store value as DecodeVoucher does.
func DecodeStatusDetail(b []byte) (StatusDetail, error) {
	var d StatusDetail
	if err := decode("status detail", b, &d); err != nil {
		return StatusDetail{}, err
	}
	if err := d.Validate(); err != nil {
		return StatusDetail{}, err
	}
	return d, nil
}

func encode(what string, m proto.Message) ([]byte, error) {
	b, err := proto.Marshal(m)
	if err != nil {
		return nil, errorsmod.Wrapf(ErrEncoding, "%s: %s", what, err)
	}
	if len(b) > MaxRecordBytes {
		return nil, errorsmod.Wrapf(ErrTooLarge, "%s: expected at most %d bytes, got %d: shorten or merge lines", what, MaxRecordBytes, len(b))
	}
	return b, nil
}

// decode accepts only the bytes that encode makes: unknown fields, other orders of
// fields, long varints, zero padded amounts and the like are refused.
func decode(what string, b []byte, m proto.Message) error {
	if len(b) > MaxRecordBytes {
		return errorsmod.Wrapf(ErrTooLarge, "%s: expected at most %d bytes, got %d", what, MaxRecordBytes, len(b))
	}
	if err := proto.Unmarshal(b, m); err != nil {
		return errorsmod.Wrapf(ErrEncoding, "%s: %s", what, err)
	}
	again, err := proto.Marshal(m)
	if err != nil {
		return errorsmod.Wrapf(ErrEncoding, "%s: %s", what, err)
	}
	if !bytes.Equal(again, b) {
		return errorsmod.Wrapf(ErrEncoding, "%s: the bytes differ from the encoding of what they say", what)
	}
	return nil
}
