package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module.
var (
	// ErrNumber: not a voucher number; its form or its check digits are wrong.
	ErrNumber = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.InvalidArgument, "bad voucher number")
	// ErrVoucherNotFound: no voucher of this chain has the number.
	ErrVoucherNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.NotFound, "voucher not found")
	// ErrSequenceExhausted: the seller has issued 999,999 vouchers today.
	ErrSequenceExhausted = errorsmod.Register(ModuleName, 4, "sequence exhausted")
	// ErrTotal: the total differs from the sum of the lines.
	ErrTotal = errorsmod.Register(ModuleName, 5, "total differs from the lines")
	// ErrTooLarge: a record's encoding has more than MaxRecordBytes bytes.
	ErrTooLarge = errorsmod.Register(ModuleName, 6, "record too large")
	// ErrEncoding: bytes that are not the one encoding of a record.
	ErrEncoding = errorsmod.Register(ModuleName, 7, "not the canonical encoding")
	// ErrRedVoucher: a red voucher cannot be reversed and has no status.
	ErrRedVoucher = errorsmod.RegisterWithGRPCCode(ModuleName, 8, codes.InvalidArgument, "red voucher")
	// ErrNoSuchLine: the blue voucher has no line of that index.
	ErrNoSuchLine = errorsmod.Register(ModuleName, 9, "no such line")
	// ErrExceedsRemaining: a reversal takes back more of a line than remains.
	ErrExceedsRemaining = errorsmod.Register(ModuleName, 10, "more than remains")
	// ErrNumberTaken: the next number is in use already, so the block time has gone
	// back or the two-digit year has come round; nothing is overwritten.
	ErrNumberTaken = errorsmod.Register(ModuleName, 11, "number taken")
	// ErrInconsistent: vouchers, details, statuses and counters contradict each other.
	ErrInconsistent = errorsmod.Register(ModuleName, 12, "inconsistent state")
	// ErrNotParty: the member is neither seller nor buyer of the voucher.
	ErrNotParty = errorsmod.Register(ModuleName, 13, "not a party of the voucher")
	// ErrRequestOpen: the voucher has an open request already.
	ErrRequestOpen = errorsmod.Register(ModuleName, 14, "request open")
	// ErrRequestNotFound: the voucher has no open request.
	ErrRequestNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 15, codes.NotFound, "no open request")
	// ErrWrongParty: the step belongs to the other party of the request, or the signer is none.
	ErrWrongParty = errorsmod.Register(ModuleName, 16, "wrong party")
	// ErrRequestExpired: the block's time has reached the request's end.
	ErrRequestExpired = errorsmod.Register(ModuleName, 17, "request expired")
	// ErrRequestChanged: what was restated differs from the open request.
	ErrRequestChanged = errorsmod.Register(ModuleName, 18, "request changed")
	// ErrPanic: ending a request panicked.
	ErrPanic = errorsmod.Register(ModuleName, 19, "panic")
)
