package types

import "cosmossdk.io/collections"

const (
	// ModuleName is the name of the module and of its module account, which mints and burns fen.
	ModuleName = "settlement"
	// StoreKey names the store. Its layout is a public interface: README.md.
	StoreKey = ModuleName
	// ClawBackStoreKey names the store of claw-backs and debts, with their indexes.
	ClawBackStoreKey = "clawback"
	// ObjectStoreKey names the object store of what accrues within a block.
	ObjectStoreKey = "object:" + ModuleName
	// Denom is the only money: 1 CNY = 100 fen.
	Denom = "fen"
	// RetriesPerBlock is the most unpaid claims that the end of one block tries again.
	RetriesPerBlock = 32
)

// Prefixes of the store "settlement".
var (
	// RecordPrefix | id (20 ASCII bytes) → Record
	RecordPrefix = collections.NewPrefix(0x10)
	// EscrowPrefix | id (20 ASCII bytes) → Escrow
	EscrowPrefix = collections.NewPrefix(0x20)
	// LedgerPrefix | bank (u32, big endian) → BankLedger
	LedgerPrefix = collections.NewPrefix(0x30)
	// WithdrawalPrefix | id (13 ASCII bytes) → Withdrawal
	WithdrawalPrefix = collections.NewPrefix(0x40)
	// SequencePrefix | member (u32, big endian) → last sequence used (u32, big endian)
	SequencePrefix = collections.NewPrefix(0x50)
	// UnpaidPrefix | due height (u64, big endian) | member (u32, big endian) → Unpaid
	UnpaidPrefix = collections.NewPrefix(0x60)
	// DepositPrefix | bank (u32, big endian) | reference (bytes) → Deposit
	DepositPrefix = collections.NewPrefix(0x70)
)

// Prefixes of the store "clawback".
var (
	// ClawBackPrefix | settlement (20 ASCII bytes) → ClawBack
	ClawBackPrefix = collections.NewPrefix(0x10)
	// DebtPrefix | id (31 ASCII bytes) → Debt
	DebtPrefix = collections.NewPrefix(0x20)
	// DebtorPrefix | debtor (u32, big endian) | id (31 ASCII bytes) → nothing
	DebtorPrefix = collections.NewPrefix(0x21)
	// CreditorPrefix | creditor (u32, big endian) | id (31 ASCII bytes) → nothing
	CreditorPrefix = collections.NewPrefix(0x22)
)

// RecordKey is the key of a settlement record in the store "settlement". Who
// checks a proof derives it from the id, never from the message.
func RecordKey(id string) []byte { return append(RecordPrefix.Bytes(), id...) }
