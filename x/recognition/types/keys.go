package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the name of the module.
	ModuleName = "recognition"
	// StoreKey names its store.
	StoreKey = ModuleName
	// PortID is the IBC port of the module, on every Shugu chain.
	PortID = "recognition"
	// ChannelVersion is the version of its channels, and of its payloads in IBC v2.
	ChannelVersion = "recognition-1"
	// Encoding is that of its payloads in IBC v2.
	Encoding = "application/x-protobuf"
)

// Prefixes of the store. Chain ids within a longer key end with a zero byte; kinds are
// u32, big endian; heights i64, big endian, with the sign bit flipped.
var (
	// ParamsPrefix → Params
	ParamsPrefix = collections.NewPrefix(0x00)
	// AgreementPrefix | chain id → Agreement
	AgreementPrefix = collections.NewPrefix(0x10)
	// ChannelPrefix | channel id → chain id
	ChannelPrefix = collections.NewPrefix(0x11)
	// TermsPrefix | chain id → ToldTerms
	TermsPrefix = collections.NewPrefix(0x12)
	// OutboxPrefix | chain id | kind | id → OutboxEntry
	OutboxPrefix = collections.NewPrefix(0x20)
	// QueuePrefix | chain id | lane (u32) | height | kind (one ASCII digit) and id → nothing
	QueuePrefix = collections.NewPrefix(0x21)
	// BackoffPrefix | chain id → Backoff
	BackoffPrefix = collections.NewPrefix(0x22)
	// LastTriedPrefix → chain id
	LastTriedPrefix = collections.NewPrefix(0x23)
	// UnansweredPrefix | chain id | channel id | kind (one ASCII digit) and id → nothing
	UnansweredPrefix = collections.NewPrefix(0x24)
	// LeftPrefix | chain id | channel id → nothing
	LeftPrefix = collections.NewPrefix(0x25)
	// RecognisedPrefix | chain id | kind | id → Recognised
	RecognisedPrefix = collections.NewPrefix(0x30)
	// StatusPrefix | chain id | number → ForeignStatus
	StatusPrefix = collections.NewPrefix(0x31)
	// DoubtPrefix | client id → ClientDoubt
	DoubtPrefix = collections.NewPrefix(0x40)
	// TellingPrefix | nullifier (32 bytes) → Telling
	TellingPrefix = collections.NewPrefix(0x50)
	// ContestPrefix | nullifier (32 bytes) → Contest
	ContestPrefix = collections.NewPrefix(0x51)
	// ContestedPrefix | 0x20 | nullifier (32 bytes) | chain id | number → ContestedVoucher
	ContestedPrefix = collections.NewPrefix(0x52)
)
