package types

import "cosmossdk.io/collections"

const (
	// ModuleName names the module and its error codespace.
	ModuleName = "product"
	// StoreKey names the module's store.
	StoreKey = ModuleName
)

// Key prefixes, in tens by kind. Ids are ASCII: 14 characters of a scenario, 13
// of a product, and a closing 0x00 where a number follows; numbers are u32 BE; a
// zone's name is its length in one byte, then UTF-8.
var (
	// ScenarioKey: (scenario) → Scenario.
	ScenarioKey = collections.NewPrefix([]byte{0x10})
	// ExchangeKey: (exchange, scenario), for each scenario.
	ExchangeKey = collections.NewPrefix([]byte{0x20})
	// ScenarioSequenceKey: (owner) → its last scenario's sequence, u32 BE.
	ScenarioSequenceKey = collections.NewPrefix([]byte{0x30})
	// ProductKey: (product) → Product.
	ProductKey = collections.NewPrefix([]byte{0x40})
	// ProductSequenceKey: (owner) → its last product's sequence, u32 BE.
	ProductSequenceKey = collections.NewPrefix([]byte{0x50})
	// VersionKey: (product, version) → Version.
	VersionKey = collections.NewPrefix([]byte{0x60})
	// ZoneKey: (kind, name, product), for each zone of each listed version.
	ZoneKey = collections.NewPrefix([]byte{0x70})
)
