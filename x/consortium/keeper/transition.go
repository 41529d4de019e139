package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// move is a change of a member's status.
type move struct{ from, to types.MemberStatus }

// legalMoves is every change that a member's status may make.
var legalMoves = []move{
	{types.MEMBER_STATUS_ACTIVE, types.MEMBER_STATUS_SUSPENDED},
}

// checkMove wraps ErrIllegalTransition unless the member's status may become to.
func checkMove(member types.Member, to types.MemberStatus) error {
	if !slices.Contains(legalMoves, move{member.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalTransition, "member %06d cannot go from %s to %s", member.Number, member.Status, to)
	}
	return nil
}

// transition is the only place where a member's status changes.
func (k *Keeper) transition(ctx context.Context, member types.Member, to types.MemberStatus, reason string) error {
	if err := checkMove(member, to); err != nil {
		return err
	}
	for _, role := range member.Roles {
		if err := k.roles.Remove(ctx, roleEntry(member, role)); err != nil {
			return err
		}
	}
	member.Status, member.SuspensionReason = to, reason
	for _, role := range member.Roles {
		if err := k.roles.Set(ctx, roleEntry(member, role)); err != nil {
			return err
		}
	}
	return k.members.Set(ctx, member.Number, member)
}
