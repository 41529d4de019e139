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
)
