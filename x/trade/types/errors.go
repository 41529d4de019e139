package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module.
var (
	// ErrContractNotFound: no contract has the id, or it was a quote that lapsed.
	ErrContractNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "contract not found")
	// ErrIllegalMove: the table of moves has no such step from the contract's status.
	ErrIllegalMove = errorsmod.Register(ModuleName, 3, "illegal move")
	// ErrWrongParty: the step belongs to another party of the contract, or the signer is none.
	ErrWrongParty = errorsmod.Register(ModuleName, 4, "wrong party")
	// ErrDeadlinePassed: the block's time has reached the deadline.
	ErrDeadlinePassed = errorsmod.Register(ModuleName, 5, "deadline passed")
	// ErrNotDue: the block's time has not reached the deadline yet.
	ErrNotDue = errorsmod.Register(ModuleName, 6, "deadline not reached")
	// ErrDealChanged: the deal restated differs from the deal quoted.
	ErrDealChanged = errorsmod.Register(ModuleName, 7, "deal changed")
	// ErrWrongAmount: not the deal's total.
	ErrWrongAmount = errorsmod.Register(ModuleName, 8, "wrong amount")
	// ErrWrongDigest: the digest restated differs from the digest delivered.
	ErrWrongDigest = errorsmod.Register(ModuleName, 9, "wrong digest")
	// ErrNotOwner: the seller does not own the product.
	ErrNotOwner = errorsmod.Register(ModuleName, 10, "not the product's owner")
	// ErrTermsDiffer: the deal differs from the terms of the product's listed version.
	ErrTermsDiffer = errorsmod.Register(ModuleName, 11, "terms differ from the listed version")
	// ErrPartySuspended: the other party is suspended and can start nothing.
	ErrPartySuspended = errorsmod.Register(ModuleName, 12, "other party suspended")
	// ErrOutOfLimits: a time is outside the module's parameters.
	ErrOutOfLimits = errorsmod.Register(ModuleName, 13, "outside the limits")
	// ErrSequenceExhausted: the seller has made 999,999 quotes today.
	ErrSequenceExhausted = errorsmod.Register(ModuleName, 14, "sequence exhausted")
	// ErrIDTaken: the next id is in use already, so the block time has gone back or
	// the two-digit year has come round; nothing is overwritten.
	ErrIDTaken = errorsmod.Register(ModuleName, 15, "id taken")
	// ErrPanic: a deadline's exit panicked.
	ErrPanic = errorsmod.Register(ModuleName, 16, "panic")
	// ErrInconsistent: contracts, queue, indexes and failures contradict each other.
	ErrInconsistent = errorsmod.Register(ModuleName, 17, "inconsistent state")
)
