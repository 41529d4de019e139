package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module and its error codespace.
	ModuleName = "compliance"
	// StoreKey names the module's store.
	StoreKey = ModuleName
)

// Key prefixes, in tens by kind. A product id is its 13 ASCII characters and a
// closing 0x00; versions and rounds are u32 BE.
var (
	// ParamsKey: () → Params.
	ParamsKey = collections.NewPrefix([]byte{0x00})
	// ReviewKey: (product, version, round) → Review.
	ReviewKey = collections.NewPrefix([]byte{0x10})
	// LatestKey: (product, version) → latest round, u32 BE.
	LatestKey = collections.NewPrefix([]byte{0x20})
	// PendingKey: (product, version), there while the latest round waits for opinions.
	PendingKey = collections.NewPrefix([]byte{0x30})
)
