package keeper

import (
	"context"
	"errors"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// decidingRoles are those of an added account that speaks for its member in a panel.
var decidingRoles = []types.Role{types.ROLE_EXCHANGE, types.ROLE_COMMITTEE_MEMBER, types.ROLE_AUTHORITY}

// ActiveMember returns the number of the active member for which the account
// speaks in a panel: as its owner, or with one of the deciding roles. A key that
// relays or trades does not vote. It wraps ErrNotMember, ErrSuspended or ErrRoleMissing.
func (k *Keeper) ActiveMember(ctx context.Context, addr sdk.AccAddress) (uint32, error) {
	member, err := k.MemberOf(ctx, addr)
	if err != nil {
		return 0, err
	}
	if member.Owner != k.text(addr) && !slices.ContainsFunc(decidingRoles, member.Has) {
		return 0, errorsmod.Wrapf(types.ErrRoleMissing, "account %s of member %06d: expected the owner's account, or one with a role of %s, got %s",
			k.text(addr), member.Number, decidingRoles, member.Roles)
	}
	if err := member.CheckActive(); err != nil {
		return 0, err
	}
	return member.Number, nil
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
