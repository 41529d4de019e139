package types

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"cosmossdk.io/collections"
)

const (
	// ModuleName is the name of the module.
	ModuleName = "voucher"
	// StoreKey names the store of vouchers, details and counters.
	StoreKey = ModuleName
	// StatusStoreKey names the store that holds status records and the two sentinels
	// and nothing else, so that absence can be proved in it.
	StatusStoreKey = "voucherstatus"
	// RequestStoreKey names the store of open requests, their queue and the parameters.
	RequestStoreKey = "voucherrequest"
	// SentinelValue is the value of both sentinels, in ASCII.
	SentinelValue = "shugu sentinel"
)

// Prefixes of the store "voucher". The layout is a public interface: README.md.
const (
	// VoucherPrefix | number (24 ASCII digits) → Voucher
	VoucherPrefix byte = 0x10
	// DetailPrefix | number (24 ASCII digits) | version (u64, big endian) → StatusDetail
	DetailPrefix byte = 0x20
	// CounterPrefix | seller (u32, big endian) → Counter (10 bytes)
	CounterPrefix byte = 0x30
)

// Prefixes of the store "voucherrequest".
var (
	// ParamsKey → Params
	ParamsKey = collections.NewPrefix(0x00)
	// RequestPrefix | number (24 ASCII digits) → ReversalRequest
	RequestPrefix = collections.NewPrefix(0x10)
	// RequestQueuePrefix | Unix seconds when due (u64, big endian) | number (24 ASCII digits) → nothing
	RequestQueuePrefix = collections.NewPrefix(0x20)
	// RequestFailurePrefix | number (24 ASCII digits) → ExpiryFailure
	RequestFailurePrefix = collections.NewPrefix(0x30)
)

// statusDomain begins what is hashed into a status key.
const statusDomain = "shugu/voucherstatus/v1\x00"

// VoucherKey is the key of a voucher in the store "voucher".
func VoucherKey(number string) []byte { return append([]byte{VoucherPrefix}, number...) }

// DetailsKey is what the keys of all details of a voucher begin with.
func DetailsKey(number string) []byte { return append([]byte{DetailPrefix}, number...) }

// DetailKey is the key of one detail in the store "voucher".
func DetailKey(number string, version uint64) []byte {
	return binary.BigEndian.AppendUint64(DetailsKey(number), version)
}

// CounterKey is the key of a seller's counter in the store "voucher".
func CounterKey(seller uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{CounterPrefix}, seller)
}

// StatusKey is the key of a voucher's status in the store "voucherstatus": SHA-256 of
// the domain tag, a zero byte and the 24 digits. The number must have been parsed.
func StatusKey(number string) []byte {
	key := sha256.Sum256([]byte(statusDomain + number))
	return key[:]
}

// SentinelKeys are the keys below and above all status keys: 32 bytes 0x00, 32 bytes 0xFF.
func SentinelKeys() [2][]byte {
	return [2][]byte{make([]byte, sha256.Size), bytes.Repeat([]byte{0xFF}, sha256.Size)}
}
