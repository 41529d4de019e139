package types

import (
	"crypto/sha256"
	"encoding/binary"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
)

// Flags of a status.
const (
	// FlagPartlyReversed: red vouchers have taken back something, and something remains.
	FlagPartlyReversed uint32 = 1 << iota
	// FlagReversed: nothing remains.
	FlagReversed
	// FlagPreserved: a court has frozen the voucher.
	FlagPreserved
	// FlagContested: the same trade was told twice.
	FlagContested

	allFlags = FlagPartlyReversed | FlagReversed | FlagPreserved | FlagContested
)

const (
	// StatusLength is the length of a status record in bytes.
	StatusLength = 61
	// StatusFormat is the first byte of a status record.
	StatusFormat byte = 0x01
)

// Validate checks version, heights, flags and the digest's length.
func (s Status) Validate() error {
	if s.Version < 1 {
		return errorsmod.Wrap(valid.ErrInvalid, "version: expected 1 or more, got 0")
	}
	if s.FirstHeight < 1 || s.Height < s.FirstHeight {
		return errorsmod.Wrapf(valid.ErrInvalid, "heights: expected 1 <= first <= this, got %d and %d", s.FirstHeight, s.Height)
	}
	if err := checkFlags(s.Flags); err != nil {
		return err
	}
	return valid.Digest("detail_digest", s.DetailDigest)
}

// checkFlags refuses flags that this version does not know.
func checkFlags(flags uint32) error {
	if flags&^allFlags != 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "flags: expected a sum of 1, 2, 4, 8, got %d", flags)
	}
	return nil
}

// FlagNames are the names of the flags that are set, lowest first.
func FlagNames(flags uint32) []string {
	var names []string
	for i, name := range []string{"partly-reversed", "reversed", "preserved", "contested"} {
		if flags&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// EncodeStatus makes the value of the store "voucherstatus": format (1 byte), version
// (u64), first height (i64), this height (i64), flags (u32), SHA-256 of the detail's
// store bytes (32 bytes); integers big endian. It wraps valid.ErrInvalid.
func EncodeStatus(s Status) ([]byte, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	b := make([]byte, 0, StatusLength)
	b = append(b, StatusFormat)
	b = binary.BigEndian.AppendUint64(b, s.Version)
	b = binary.BigEndian.AppendUint64(b, uint64(s.FirstHeight))
	b = binary.BigEndian.AppendUint64(b, uint64(s.Height))
	b = binary.BigEndian.AppendUint32(b, s.Flags)
	return append(b, s.DetailDigest...), nil
}

// DecodeStatus reads what EncodeStatus made. It wraps ErrEncoding for a wrong length or
// format and valid.ErrInvalid for wrong contents.
func DecodeStatus(b []byte) (Status, error) {
	if len(b) != StatusLength {
		return Status{}, errorsmod.Wrapf(ErrEncoding, "status: expected %d bytes, got %d", StatusLength, len(b))
	}
	if b[0] != StatusFormat {
		return Status{}, errorsmod.Wrapf(ErrEncoding, "status: expected format %d, got %d", StatusFormat, b[0])
	}
	s := Status{
		Version:      binary.BigEndian.Uint64(b[1:]),
		FirstHeight:  int64(binary.BigEndian.Uint64(b[9:])),
		Height:       int64(binary.BigEndian.Uint64(b[17:])),
		Flags:        binary.BigEndian.Uint32(b[25:]),
		DetailDigest: append(make([]byte, 0, sha256.Size), b[29:]...),
	}
	if err := s.Validate(); err != nil {
		return Status{}, err
	}
	return s, nil
}
