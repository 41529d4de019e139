package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Names of the three stores whose layout is a public interface.
const (
	storeVoucher    = "voucher"
	storeStatus     = "voucherstatus"
	storeSettlement = "settlement"
)

// Prefixes of keys, from the READMEs of x/voucher and x/settlement.
const (
	voucherPrefix    byte = 0x10
	detailPrefix     byte = 0x20
	settlementPrefix byte = 0x10
)

const (
	statusDomain  = "shugu/voucherstatus/v1\x00"
	sentinelValue = "shugu sentinel"
	statusLength  = 61
	statusFormat  = 0x01
	contractIDLen = 20
	digestLen     = sha256.Size
)

// Flags of a status.
const (
	FlagPartlyReversed uint32 = 1 << iota
	FlagReversed
	FlagPreserved
	FlagContested

	allFlags = FlagPartlyReversed | FlagReversed | FlagPreserved | FlagContested
)

var (
	lowSentinel  = make([]byte, digestLen)
	highSentinel = bytes.Repeat([]byte{0xFF}, digestLen)
)

// VoucherKey is the key of a voucher in the store "voucher".
func VoucherKey(number string) []byte { return append([]byte{voucherPrefix}, number...) }

// DetailKey is the key of one status detail in the store "voucher".
func DetailKey(number string, version uint64) []byte {
	return binary.BigEndian.AppendUint64(append([]byte{detailPrefix}, number...), version)
}

// SettlementKey is the key of a settlement record in the store "settlement".
func SettlementKey(id string) []byte { return append([]byte{settlementPrefix}, id...) }

// StatusKey is the key of a voucher's status in the store "voucherstatus".
func StatusKey(number string) []byte {
	key := sha256.Sum256([]byte(statusDomain + number))
	return key[:]
}

// Status is what stands against a voucher: the value in the store "voucherstatus".
type Status struct {
	// Version grows with each change, from 1.
	Version uint64
	// FirstHeight and Height are the blocks of the first and of the latest change.
	FirstHeight, Height int64
	Flags               uint32
	// DetailDigest is SHA-256 of the detail's store value.
	DetailDigest [digestLen]byte
}

// DecodeStatus reads the 61 bytes of a status record.
func DecodeStatus(b []byte) (Status, error) {
	if len(b) != statusLength || b[0] != statusFormat {
		return Status{}, fmt.Errorf("%w: expected a status of %d bytes and format %d, got %d bytes", errWire, statusLength, statusFormat, len(b))
	}
	s := Status{
		Version:      binary.BigEndian.Uint64(b[1:]),
		FirstHeight:  int64(binary.BigEndian.Uint64(b[9:])),
		Height:       int64(binary.BigEndian.Uint64(b[17:])),
		Flags:        binary.BigEndian.Uint32(b[25:]),
		DetailDigest: [digestLen]byte(b[29:]),
	}
	switch {
	case s.Version < 1:
		return Status{}, fmt.Errorf("expected a status version of 1 or more, got 0")
	case s.FirstHeight < 1 || s.Height < s.FirstHeight:
		return Status{}, fmt.Errorf("expected status heights 1 <= first <= this, got %d and %d", s.FirstHeight, s.Height)
	case s.Flags&^allFlags != 0:
		return Status{}, fmt.Errorf("expected status flags to be a sum of 1, 2, 4, 8, got %d", s.Flags)
	}
	return s, nil
}

// statusNeighbour checks one end of the gap in which a status is absent: a sentinel or
// another voucher's status. Nothing else stands in that store.
func statusNeighbour(key, value []byte) error {
	if len(key) != digestLen {
		return fmt.Errorf("expected a neighbouring key of %d bytes, got %d", digestLen, len(key))
	}
	if bytes.Equal(key, lowSentinel) || bytes.Equal(key, highSentinel) {
		if string(value) != sentinelValue {
			return fmt.Errorf("the neighbouring sentinel has another value than %q", sentinelValue)
		}
		return nil
	}
	if _, err := DecodeStatus(value); err != nil {
		return fmt.Errorf("the neighbouring value is no status: %w", err)
	}
	return nil
}
