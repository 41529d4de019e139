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
	{types.MEMBER_STATUS_SUSPENDED, types.MEMBER_STATUS_ACTIVE},
	{types.MEMBER_STATUS_ACTIVE, types.MEMBER_STATUS_LEFT},
	{types.MEMBER_STATUS_SUSPENDED, types.MEMBER_STATUS_LEFT},
}

// checkMove wraps ErrIllegalTransition unless the member's status may become to.
func checkMove(member types.Member, to types.MemberStatus) error {
	if !slices.Contains(legalMoves, move{member.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalTransition, "member %06d cannot go from %s to %s", member.Number, member.Status, to)
	}
	return nil
}

// suspension is why, and by which exchange (0 for the council), a member is suspended.
type suspension struct {
	reason string
	by     uint32
}

// transition is the only place where a member's status changes. why is empty
// but for a suspension. The member must be as stored, with all its roles.
func (k *Keeper) transition(ctx context.Context, member types.Member, to types.MemberStatus, why suspension) error {
	if err := checkMove(member, to); err != nil {
		return err
	}
	for _, role := range member.Roles {
		if err := k.roles.Remove(ctx, roleEntry(member, role)); err != nil {
			return err
		}
	}
	member.Status, member.SuspensionReason, member.SuspendedBy = to, why.reason, why.by
	for _, role := range member.Roles {
		if err := k.roles.Set(ctx, roleEntry(member, role)); err != nil {
			return err
		}
	}
	return k.members.Set(ctx, member.Number, member)
}
