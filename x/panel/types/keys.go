package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the module's name and codespace.
	ModuleName = "panel"
	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)

// Panels, prefixes 0x10 to 0x1f.
var (
	// PanelsPrefix: name, ASCII → Panel.
	PanelsPrefix = collections.NewPrefix([]byte{0x10})
)

// Resolutions, prefixes 0x20 to 0x2f.
var (
	// ResolutionsPrefix: id u64 → Resolution.
	ResolutionsPrefix = collections.NewPrefix([]byte{0x20})
	// BallotsPrefix: (id u64, member u32) → Ballot.
	BallotsPrefix = collections.NewPrefix([]byte{0x21})
	// ByPanelPrefix: (name of the panel, ASCII and a zero byte, id u64) → nothing.
	ByPanelPrefix = collections.NewPrefix([]byte{0x22})
	// QueuePrefix: (deadline in Unix seconds u64, id u64) of those that are open or failed → nothing.
	QueuePrefix = collections.NewPrefix([]byte{0x23})
)

// Settings, prefixes 0x40 to 0x4f.
var (
	// ParamsPrefix → Params.
	ParamsPrefix = collections.NewPrefix([]byte{0x40})
	// NextPrefix → id of the next resolution u64.
	NextPrefix = collections.NewPrefix([]byte{0x41})
)
