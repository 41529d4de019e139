package types

import (
	"encoding/binary"
	"time"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

const dayLength = 6

// CounterLength is the length of a counter's store value in bytes.
const CounterLength = dayLength + 4

// Validate checks seller, day and range. It wraps valid.ErrInvalid.
func (c Counter) Validate() error {
	if err := valid.MemberNumber("seller", c.Seller); err != nil {
		return err
	}
	if err := CheckDay("day", c.Day); err != nil {
		return err
	}
	if c.Next < 2 || c.Next > ids.MaxSequence+1 {
		return errorsmod.Wrapf(valid.ErrInvalid, "next: expected 2 to %d, got %d", ids.MaxSequence+1, c.Next)
	}
	return nil
}

// CheckDay checks a date YYMMDD. It wraps valid.ErrInvalid.
func CheckDay(field, day string) error {
	if _, err := time.Parse("060102", day); err != nil || len(day) != dayLength {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected a date YYMMDD, got %.20q", field, day)
	}
	return nil
}

// EncodeCounter makes the store value: day (6 ASCII digits), next sequence (u32, big endian).
func EncodeCounter(c Counter) []byte {
	return binary.BigEndian.AppendUint32([]byte(c.Day), c.Next)
}

// DecodeCounter reads the store value of a seller's counter. It wraps ErrEncoding or valid.ErrInvalid.
func DecodeCounter(seller uint32, b []byte) (Counter, error) {
	if len(b) != CounterLength {
		return Counter{}, errorsmod.Wrapf(ErrEncoding, "counter: expected %d bytes, got %d", CounterLength, len(b))
	}
	c := Counter{Seller: seller, Day: string(b[:dayLength]), Next: binary.BigEndian.Uint32(b[dayLength:])}
	return c, c.Validate()
}
