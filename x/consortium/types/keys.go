package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the module's name and codespace.
	ModuleName = "consortium"
	// StoreKey is the name of the module's store.
	StoreKey = ModuleName
)

// Members, prefixes 0x10 to 0x1f.
var (
	// MembersPrefix: number u32 → Member.
	MembersPrefix = collections.NewPrefix([]byte{0x10})
	// OwnersPrefix: address of the owner, 20 bytes → number u32.
	OwnersPrefix = collections.NewPrefix([]byte{0x11})
	// CreditCodesPrefix: credit code, 18 ASCII → number u32.
	CreditCodesPrefix = collections.NewPrefix([]byte{0x12})
	// RolesPrefix: (role u32, status u32, number u32) → nothing.
	RolesPrefix = collections.NewPrefix([]byte{0x13})
	// ChangesPrefix: number u32 → how many entries the member's history has, u32.
	ChangesPrefix = collections.NewPrefix([]byte{0x14})
	// HistoryPrefix: (number u32, height u64, sequence u32) → MemberChange.
	HistoryPrefix = collections.NewPrefix([]byte{0x15})
	// AccountsPrefix: address of an account that is no owner, 20 bytes → Account.
	AccountsPrefix = collections.NewPrefix([]byte{0x16})
	// MemberAccountsPrefix: (number u32, address of such an account, 20 bytes) → nothing.
	MemberAccountsPrefix = collections.NewPrefix([]byte{0x17})
	// FundsPrefix: address that holds a member's fen and is no owner any more, 20 bytes → number u32.
	FundsPrefix = collections.NewPrefix([]byte{0x18})
)

// Applications, prefixes 0x20 to 0x2f.
var (
	// NoncesPrefix: (address, nonce) → expiry in Unix seconds u64.
	NoncesPrefix = collections.NewPrefix([]byte{0x20})
	// NonceExpiriesPrefix: (expiry in Unix seconds u64, address, nonce) → nothing.
	NonceExpiriesPrefix = collections.NewPrefix([]byte{0x21})
	// RefusalsPrefix: (who refused u32, height u64, digest of the application, 32 bytes) → Refusal.
	RefusalsPrefix = collections.NewPrefix([]byte{0x22})
	// RefusedCodesPrefix: (credit code, 18 ASCII, height u64, digest) → who refused u32.
	RefusedCodesPrefix = collections.NewPrefix([]byte{0x23})
)

// Validators, prefixes 0x30 to 0x3f.
var (
	// SeatsPrefix: number of the member u32 → Seat.
	SeatsPrefix = collections.NewPrefix([]byte{0x30})
	// ToldPrefix: consensus key, 32 bytes → voting power u64 that CometBFT was last told.
	ToldPrefix = collections.NewPrefix([]byte{0x31})
	// UsedKeysPrefix: address of a consensus key, 20 bytes → UsedKey.
	UsedKeysPrefix = collections.NewPrefix([]byte{0x32})
	// SetsPrefix: height u64 → SetRecord.
	SetsPrefix = collections.NewPrefix([]byte{0x33})
	// RotationsPrefix: number of the member u32 → Rotation.
	RotationsPrefix = collections.NewPrefix([]byte{0x34})
	// RotationQueuePrefix: (height u64, number of the member u32) → nothing.
	RotationQueuePrefix = collections.NewPrefix([]byte{0x35})
	// PendingPrefix: number of the member whose suspension waits u32 → nothing.
	PendingPrefix = collections.NewPrefix([]byte{0x36})
	// MissesPrefix: (height of the block u64, number of the member u32) → nothing.
	MissesPrefix = collections.NewPrefix([]byte{0x37})
	// MissedPrefix: number of the member u32 → how many blocks of the window it missed u32.
	MissedPrefix = collections.NewPrefix([]byte{0x38})
	// EvidencePrefix: (height u64, address of the consensus key, kind u32) → Evidence.
	EvidencePrefix = collections.NewPrefix([]byte{0x39})
)

// Nodes, prefixes 0x60 to 0x6f.
var (
	// NodesPrefix: node id, 20 bytes → Node.
	NodesPrefix = collections.NewPrefix([]byte{0x60})
	// NodeOwnersPrefix: (number of the owner u32, node id) → nothing.
	NodeOwnersPrefix = collections.NewPrefix([]byte{0x61})
	// NodeCountsPrefix: number of the owner u32 → how many nodes it has u32.
	NodeCountsPrefix = collections.NewPrefix([]byte{0x62})
)

// Settings, prefixes 0x40 to 0x4f.
var (
	// ParamsPrefix → Params.
	ParamsPrefix = collections.NewPrefix([]byte{0x40})
	// NextMemberPrefix → number of the next member u32.
	NextMemberPrefix = collections.NewPrefix([]byte{0x41})
)

// Quotas, prefixes 0x50 to 0x5f.
var (
	// QuotaUsesPrefix: number of the member u32 → QuotaUse.
	QuotaUsesPrefix = collections.NewPrefix([]byte{0x50})
)
