package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// The module's errors.
var (
	// ErrNotOwner: the product belongs to another member.
	ErrNotOwner = errorsmod.Register(ModuleName, 2, "not the product's owner")
	// ErrReviewNotFound: there is no such round.
	ErrReviewNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.NotFound, "review not found")
	// ErrReviewPending: the latest round waits for opinions.
	ErrReviewPending = errorsmod.Register(ModuleName, 4, "review is pending")
	// ErrAlreadyCleared: the latest round cleared the same digest.
	ErrAlreadyCleared = errorsmod.Register(ModuleName, 5, "already cleared")
	// ErrCommitteeTooSmall: fewer committee members than the quorum.
	ErrCommitteeTooSmall = errorsmod.Register(ModuleName, 6, "committee too small")
	// ErrNotInCommittee: the member was not in the committee when the review was requested.
	ErrNotInCommittee = errorsmod.Register(ModuleName, 7, "not in the review's committee")
	// ErrAlreadyOpined: the member has given its opinion.
	ErrAlreadyOpined = errorsmod.Register(ModuleName, 8, "opinion already given")
	// ErrIllegalMove: the review's status does not allow it.
	ErrIllegalMove = errorsmod.Register(ModuleName, 9, "illegal change of status")
	// ErrInconsistent: the state contradicts itself.
	ErrInconsistent = errorsmod.Register(ModuleName, 10, "inconsistent state")
)
