package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of validator seats and of nodes, from 40 and from 60 on.
var (
	// ErrSeatNotFound: the member has no validator seat.
	ErrSeatNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 40, codes.NotFound, "seat not found")
	// ErrSeatExists: the member has a validator seat.
	ErrSeatExists = errorsmod.Register(ModuleName, 41, "the member has a seat already")
	// ErrSeatsFull: there are MaxSeats seats.
	ErrSeatsFull = errorsmod.Register(ModuleName, 42, "no seat is left")
	// ErrMonikerInUse: another seat has this moniker.
	ErrMonikerInUse = errorsmod.Register(ModuleName, 43, "moniker is another seat's")
	// ErrKeyUsed: the consensus key is, was or will be a seat's.
	ErrKeyUsed = errorsmod.Register(ModuleName, 44, "consensus key was used before")
	// ErrUnsafeChange: light clients of other chains may not be able to follow the change of the set.
	ErrUnsafeChange = errorsmod.Register(ModuleName, 45, "unsafe change of the validator set")
	// ErrLastSeat: no active seat would be left.
	ErrLastSeat = errorsmod.Register(ModuleName, 46, "the last active seat stays")
	// ErrSeatActive: the seat is active and no suspension waits.
	ErrSeatActive = errorsmod.Register(ModuleName, 47, "the seat is active")
	// ErrTooEarly: the wait after a suspension is not over.
	ErrTooEarly = errorsmod.Register(ModuleName, 48, "too early")
	// ErrShortNotice: the height of a rotation is too near, or too far.
	ErrShortNotice = errorsmod.Register(ModuleName, 49, "height of the rotation is too near or too far")
	// ErrNothingPending: no suspension of the seat waits.
	ErrNothingPending = errorsmod.Register(ModuleName, 50, "no suspension waits")
	// ErrIllegalSeatMove: a seat's status does not change in this way.
	ErrIllegalSeatMove = errorsmod.Register(ModuleName, 51, "illegal change of a seat's status")
	// ErrPanic: code that ran for one seat panicked.
	ErrPanic = errorsmod.Register(ModuleName, 52, "panic")

	// ErrNodeNotAdmitted: no admission of the node is on record, or its owner left.
	ErrNodeNotAdmitted = errorsmod.RegisterWithGRPCCode(ModuleName, 60, codes.NotFound, "node is not admitted")
	// ErrNodeLapsed: the node's admission has expired.
	ErrNodeLapsed = errorsmod.Register(ModuleName, 61, "admission of the node has lapsed")
	// ErrTooManyNodes: the owner has MaxNodes nodes.
	ErrTooManyNodes = errorsmod.Register(ModuleName, 62, "the member has too many nodes")
)
