package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Members is what the module asks of the membership.
type Members interface {
	// ActiveMember returns the number of the active member that the account acts for.
	ActiveMember(ctx context.Context, addr sdk.AccAddress) (uint32, error)
	// IsActive says whether there is an active member with that number.
	IsActive(ctx context.Context, number uint32) (bool, error)
	// SeatHolders returns the members that hold a validator seat, ascending.
	SeatHolders(ctx context.Context) ([]uint32, error)
}

// Router finds the handler of a message; nil when there is none.
type Router interface {
	Handler(msg sdk.Msg) func(ctx sdk.Context, req sdk.Msg) (*sdk.Result, error)
}
