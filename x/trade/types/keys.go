package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the module's name and the codespace of its errors.
	ModuleName = "trade"
	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
	// HoldsKind is the kind under which Holds knows contracts.
	HoldsKind = "contract"
)

// Key prefixes, in tens by kind. Ids are 20 ASCII bytes without a length, the
// day first, so that contracts of one day stand together.
var (
	// ParamsKey → Params
	ParamsKey = collections.NewPrefix(0x00)
	// ContractsPrefix | id → Contract
	ContractsPrefix = collections.NewPrefix(0x10)
	// CountersPrefix | seller (u32 BE) → Counter
	CountersPrefix = collections.NewPrefix(0x20)
	// QueuePrefix | due (Unix seconds, u64 BE) | id → nothing
	QueuePrefix = collections.NewPrefix(0x30)
	// FailuresPrefix | id → Failure
	FailuresPrefix = collections.NewPrefix(0x40)
	// SellersPrefix | seller (u32 BE) | id → nothing
	SellersPrefix = collections.NewPrefix(0x50)
	// BuyersPrefix | buyer (u32 BE) | id → nothing
	BuyersPrefix = collections.NewPrefix(0x51)
)
