package types

import (
	"google.golang.org/grpc/codes"

	errorsmod "cosmossdk.io/errors"
)

// Errors of the module. Malformed fields wrap valid.ErrInvalid instead.
var (
	// ErrScenarioNotFound: no scenario has that id.
	ErrScenarioNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 2, codes.NotFound, "scenario not found")
	// ErrProductNotFound: no product has that id.
	ErrProductNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 3, codes.NotFound, "product not found")
	// ErrVersionNotFound: the product has no such version.
	ErrVersionNotFound = errorsmod.RegisterWithGRPCCode(ModuleName, 4, codes.NotFound, "version not found")
	// ErrNotOwner: the scenario or product belongs to another member.
	ErrNotOwner = errorsmod.Register(ModuleName, 5, "not the owner")
	// ErrNotExchange: the named member is not an active exchange.
	ErrNotExchange = errorsmod.Register(ModuleName, 6, "not an active exchange")
	// ErrNotDecider: another exchange decides on the scenario.
	ErrNotDecider = errorsmod.Register(ModuleName, 7, "not the scenario's exchange")
	// ErrSelfReview: nobody decides on its own scenario.
	ErrSelfReview = errorsmod.Register(ModuleName, 8, "own scenario")
	// ErrNotApproved: products are registered under approved scenarios only.
	ErrNotApproved = errorsmod.Register(ModuleName, 9, "scenario is not approved")
	// ErrNotCleared: the committee has not cleared the version's manifest digest.
	ErrNotCleared = errorsmod.Register(ModuleName, 10, "version is not cleared")
	// ErrNoPricing: no pricing method, no listing.
	ErrNoPricing = errorsmod.Register(ModuleName, 11, "no pricing method")
	// ErrAlreadyListed: the version is the listed one.
	ErrAlreadyListed = errorsmod.Register(ModuleName, 12, "version is already listed")
	// ErrNotListed: the version is not the listed one.
	ErrNotListed = errorsmod.Register(ModuleName, 13, "not listed")
	// ErrExhausted: an owner's sequence or a product's versions have reached 999999.
	ErrExhausted = errorsmod.Register(ModuleName, 14, "numbers are exhausted")
	// ErrIllegalMove: the status does not allow it.
	ErrIllegalMove = errorsmod.Register(ModuleName, 15, "illegal change of status")
	// ErrInconsistent: the state contradicts itself.
	ErrInconsistent = errorsmod.Register(ModuleName, 16, "inconsistent state")
)
