package keeper

import (
	"context"
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// ActiveMember returns the number of the active member that the account acts
// for. It wraps ErrNotMember or ErrSuspended.
func (k *Keeper) ActiveMember(ctx context.Context, addr sdk.AccAddress) (uint32, error) {
	member, err := k.RequireActive(ctx, addr, types.ROLE_UNSPECIFIED)
	return member.Number, err
}

// IsActive says whether there is an active member with the number.
func (k *Keeper) IsActive(ctx context.Context, number uint32) (bool, error) {
	member, err := k.Member(ctx, number)
	if errors.Is(err, types.ErrMemberNotFound) {
		return false, nil
	}
	return err == nil && member.Active(), err
}

// SeatHolders returns the members that hold a validator seat, ascending,
// whatever the seat's and the member's standing.
func (k *Keeper) SeatHolders(ctx context.Context) ([]uint32, error) {
	seats, err := k.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	holders := make([]uint32, 0, len(seats))
	for _, seat := range seats {
		holders = append(holders, seat.Member)
	}
	return holders, nil
}
