package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module. Malformed fields wrap valid.ErrInvalid instead.
var (
	// ErrPanelNotFound: no panel has that name.
	ErrPanelNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "panel not found")
	// ErrResolutionNotFound: no resolution has that id.
	ErrResolutionNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.NotFound, "resolution not found")
	// ErrNoSeat: the signer's member holds no seat of the panel, or held none when the resolution was submitted.
	ErrNoSeat = errorsmod.Register(ModuleName, 4, "no seat")
	// ErrNotCarriable: the panel's resolutions may not carry such a message.
	ErrNotCarriable = errorsmod.Register(ModuleName, 5, "the panel may not send this message")
	// ErrNested: a carried message carries another one.
	ErrNested = errorsmod.Register(ModuleName, 6, "messages are nested")
	// ErrBadMessage: a carried message cannot be decoded, or its encoding is not the canonical one.
	ErrBadMessage = errorsmod.Register(ModuleName, 7, "carried message is malformed")
	// ErrWrongSigner: a carried message is not signed by the panel's account alone.
	ErrWrongSigner = errorsmod.Register(ModuleName, 8, "carried message has another signer than the panel")
	// ErrNoRoute: the chain has no handler for a carried message.
	ErrNoRoute = errorsmod.Register(ModuleName, 9, "carried message has no handler")
	// ErrNotOpen: the resolution takes no votes any more.
	ErrNotOpen = errorsmod.Register(ModuleName, 10, "resolution is not open")
	// ErrNotFailed: the resolution does not wait for another try.
	ErrNotFailed = errorsmod.Register(ModuleName, 11, "resolution has not failed")
	// ErrDeadlinePassed: the block's time is past the resolution's deadline.
	ErrDeadlinePassed = errorsmod.Register(ModuleName, 12, "deadline passed")
	// ErrRecused: the seat declared an interest; that stands.
	ErrRecused = errorsmod.Register(ModuleName, 13, "seat is recused")
	// ErrNotProposer: only the proposer takes a resolution back.
	ErrNotProposer = errorsmod.Register(ModuleName, 14, "not the proposer")
	// ErrDissolved: the panel was dissolved.
	ErrDissolved = errorsmod.Register(ModuleName, 15, "panel is dissolved")
	// ErrUnauthorized: neither the council nor, where it may, the panel itself signed.
	ErrUnauthorized = errorsmod.Register(ModuleName, 16, "only a resolution of the right panel may do this")
	// ErrPanelExists: the name is a panel's already, dissolved or not.
	ErrPanelExists = errorsmod.Register(ModuleName, 17, "panel exists")
	// ErrTooManyPanels: the chain has as many panels as it may.
	ErrTooManyPanels = errorsmod.Register(ModuleName, 18, "too many panels")
	// ErrGenesisPanel: a panel of genesis cannot be dissolved.
	ErrGenesisPanel = errorsmod.Register(ModuleName, 19, "panels of genesis cannot be dissolved")
	// ErrNotActive: a seat is to go to somebody that is no active member.
	ErrNotActive = errorsmod.Register(ModuleName, 20, "not an active member")
	// ErrIllegalTransition: a resolution's status does not change in this way.
	ErrIllegalTransition = errorsmod.Register(ModuleName, 21, "illegal change of a resolution's status")
	// ErrPanic: a message panicked while a resolution ran.
	ErrPanic = errorsmod.Register(ModuleName, 22, "message panicked")
	// ErrBroken: an invariant of the module does not hold.
	ErrBroken = errorsmod.Register(ModuleName, 23, "state is inconsistent")
)
