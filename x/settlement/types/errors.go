package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module.
var (
	// ErrInsufficientFunds: the payer's account holds less fen than the amount.
	ErrInsufficientFunds = errorsmod.Register(ModuleName, 2, "insufficient funds")
	// ErrEscrowExists: the trade has an escrow already.
	ErrEscrowExists = errorsmod.Register(ModuleName, 3, "escrow exists")
	// ErrEscrowNotFound: the trade has no open escrow.
	ErrEscrowNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.NotFound, "escrow not found")
	// ErrRecordExists: the trade is settled; a record is never written twice.
	ErrRecordExists = errorsmod.Register(ModuleName, 5, "settlement record exists")
	// ErrRecordNotFound: no settled trade has the id.
	ErrRecordNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 6, codes.NotFound, "settlement record not found")
	// ErrBuyer: the buyer of the settlement is not the one who paid into the escrow.
	ErrBuyer = errorsmod.Register(ModuleName, 7, "buyer is not the payer")
	// ErrNotBank: the member has no role BANK, or is suspended.
	ErrNotBank = errorsmod.Register(ModuleName, 8, "not an active bank")
	// ErrLedgerNotFound: the bank has never issued fen.
	ErrLedgerNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 9, codes.NotFound, "bank ledger not found")
	// ErrLedgerFull: a bank may owe at most 2^96 fen.
	ErrLedgerFull = errorsmod.Register(ModuleName, 10, "bank ledger full")
	// ErrOutstanding: the bank owes less than the withdrawal.
	ErrOutstanding = errorsmod.Register(ModuleName, 11, "bank owes less")
	// ErrWithdrawalNotFound: no withdrawal with the id waits.
	ErrWithdrawalNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 12, codes.NotFound, "withdrawal not found")
	// ErrOtherBank: the withdrawal waits for another bank.
	ErrOtherBank = errorsmod.Register(ModuleName, 13, "withdrawal of another bank")
	// ErrTooEarly: a withdrawal can be confirmed only in a block after its request.
	ErrTooEarly = errorsmod.Register(ModuleName, 14, "too early to confirm")
	// ErrSequenceExhausted: the member has requested 999,999 withdrawals.
	ErrSequenceExhausted = errorsmod.Register(ModuleName, 15, "withdrawal sequence exhausted")
	// ErrTooLarge: a record's encoding has more than MaxRecordBytes bytes.
	ErrTooLarge = errorsmod.Register(ModuleName, 16, "record too large")
	// ErrEncoding: bytes that are not the one encoding of a record.
	ErrEncoding = errorsmod.Register(ModuleName, 17, "not the canonical encoding")
	// ErrInvariant: the books do not add up.
	ErrInvariant = errorsmod.Register(ModuleName, 18, "invariant broken")
	// ErrPanic: booking a payment panicked.
	ErrPanic = errorsmod.Register(ModuleName, 19, "panic while paying")
	// ErrOverReversed: more would be taken back of a settlement than is left of it.
	ErrOverReversed = errorsmod.Register(ModuleName, 20, "more than was settled")
	// ErrClawBackNotFound: nothing was taken back of the settlement.
	ErrClawBackNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 21, codes.NotFound, "claw-back not found")
	// ErrDebtExists: the red voucher has clawed back already.
	ErrDebtExists = errorsmod.Register(ModuleName, 22, "debt exists")
	// ErrDebtNotFound: no debt has the id.
	ErrDebtNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 23, codes.NotFound, "debt not found")
	// ErrNotDebtor: the debt is another member's.
	ErrNotDebtor = errorsmod.Register(ModuleName, 24, "debt of another member")
	// ErrOverpaid: less than the amount is outstanding.
	ErrOverpaid = errorsmod.Register(ModuleName, 25, "more than is outstanding")
	// ErrReferenceUsed: the bank has booked a deposit under the reference.
	ErrReferenceUsed = errorsmod.Register(ModuleName, 26, "reference used")
	// ErrDepositNotFound: the bank has booked nothing under the reference.
	ErrDepositNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 27, codes.NotFound, "deposit not found")
)
