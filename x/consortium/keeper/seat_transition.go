package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// seatMove is a change of a seat's status.
type seatMove struct{ from, to types.SeatStatus }

// legalSeatMoves is every change that a seat's status may make.
var legalSeatMoves = []seatMove{
	{types.SEAT_STATUS_ACTIVE, types.SEAT_STATUS_SUSPENDED_DOWNTIME},
	{types.SEAT_STATUS_ACTIVE, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION},
	{types.SEAT_STATUS_SUSPENDED_DOWNTIME, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION},
	{types.SEAT_STATUS_SUSPENDED_DOWNTIME, types.SEAT_STATUS_ACTIVE},
	{types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, types.SEAT_STATUS_ACTIVE},
}

// seatTransition is the only place where a seat's status changes. Blocks missed
// before and a suspension that waits are forgotten with it. Callers have asked
// the guard.
func (k *Keeper) seatTransition(ctx context.Context, seat types.Seat, to types.SeatStatus) error {
	if !slices.Contains(legalSeatMoves, seatMove{seat.Status, to}) {
		return errorsmod.Wrapf(types.ErrIllegalSeatMove, "the seat of member %06d cannot go from %s to %s", seat.Member, seat.Status, to)
	}
	seat.Status = to
	return k.restart(ctx, seat)
}

// restart lets a seat begin anew in the status that it has.
func (k *Keeper) restart(ctx context.Context, seat types.Seat) error {
	seat.Since = sdk.UnwrapSDKContext(ctx).BlockHeight()
	seat.Pending, seat.PendingSince = types.SEAT_STATUS_UNSPECIFIED, 0
	if err := k.forget(ctx, seat.Member); err != nil {
		return err
	}
	return k.seats.Set(ctx, seat.Member, seat)
}

// forget removes a seat's count of missed blocks and its place among the
// suspensions that wait. The single misses stay until they leave the window;
// they are older than the seat's status and count no more.
func (k *Keeper) forget(ctx context.Context, member uint32) error {
	if err := k.validators.pending.Remove(ctx, member); err != nil {
		return err
	}
	return k.setMissed(ctx, member, 0)
}

// await notes that an active seat is to be suspended as soon as that is safe.
func (k *Keeper) await(ctx context.Context, seat types.Seat, to types.SeatStatus) error {
	seat.Pending, seat.PendingSince = to, sdk.UnwrapSDKContext(ctx).BlockHeight()
	if err := k.validators.pending.Set(ctx, seat.Member); err != nil {
		return err
	}
	return k.seats.Set(ctx, seat.Member, seat)
}
