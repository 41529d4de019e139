package keeper

import (
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// move is a change of a resolution's status.
type move struct{ from, to types.ResolutionStatus }

// legalMoves is every change that a resolution's status may make; from
// UNSPECIFIED comes one that does not exist yet.
var legalMoves = []move{
	{types.RESOLUTION_STATUS_UNSPECIFIED, types.RESOLUTION_STATUS_OPEN},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_EXECUTED},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_FAILED},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_REJECTED},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_WITHDRAWN},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_EXPIRED},
	{types.RESOLUTION_STATUS_OPEN, types.RESOLUTION_STATUS_NO_QUORUM},
	{types.RESOLUTION_STATUS_FAILED, types.RESOLUTION_STATUS_EXECUTED},
	{types.RESOLUTION_STATUS_FAILED, types.RESOLUTION_STATUS_FAILED},
	{types.RESOLUTION_STATUS_FAILED, types.RESOLUTION_STATUS_EXPIRED},
}

// transition is the only place where a resolution's status changes. It writes
// the resolution, keeps the queue, and tells of the change.
func (k *Keeper) transition(ctx sdk.Context, r *types.Resolution, to types.ResolutionStatus) error {
	if !slices.Contains(legalMoves, move{r.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalTransition, "resolution %d cannot go from %s to %s", r.Id, r.Status, to)
	}
	r.Status = to
	if to != types.RESOLUTION_STATUS_OPEN {
		r.EndedHeight = ctx.BlockHeight()
	}
	if err := k.resolutions.Set(ctx, r.Id, *r); err != nil {
		return err
	}
	place := collections.Join(uint64(r.Deadline), r.Id)
	switch {
	case to == types.RESOLUTION_STATUS_OPEN:
		return k.queue.Set(ctx, place)
	case !r.Waiting():
		if err := k.queue.Remove(ctx, place); err != nil {
			return err
		}
	}
	return ctx.EventManager().EmitTypedEvent(&types.EventEnded{Id: r.Id, Panel: r.Panel, Status: to})
}
