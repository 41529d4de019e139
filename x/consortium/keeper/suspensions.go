package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// accuse suspends a seat: at once when light clients can follow and another
// active seat is left, else as soon as that is so. A graver reason takes the
// place of a lighter one.
func (k *Keeper) accuse(ctx context.Context, seat types.Seat, to types.SeatStatus, reason string) (types.EvidenceOutcome, error) {
	if seat.Status >= to || seat.Pending >= to {
		return types.EVIDENCE_OUTCOME_STANDING, nil
	}
	verdict := types.Verdict{Safe: true}
	if seat.Validating() {
		var err error
		if verdict, err = k.judgeWithout(ctx, seat); err != nil {
			return 0, err
		}
	}
	if verdict.Safe {
		return types.EVIDENCE_OUTCOME_SUSPENDED, k.suspendSeat(ctx, seat, to, reason)
	}
	if err := k.await(ctx, seat, to); err != nil {
		return 0, err
	}
	err := k.record(ctx, types.MemberChange{Member: seat.Member, Kind: types.CHANGE_KIND_SEAT_SUSPENSION_PENDING, Reason: reason})
	if err != nil {
		return 0, err
	}
	return types.EVIDENCE_OUTCOME_PENDING, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventSuspensionPending{Member: seat.Member, Status: to, SafeAt: verdict.At})
}

// judgeWithout asks the guard whether an active seat may leave the set. The last one never may.
func (k *Keeper) judgeWithout(ctx context.Context, seat types.Seat) (types.Verdict, error) {
	keys, err := k.activeKeys(ctx)
	if err != nil {
		return types.Verdict{}, err
	}
	return k.judge(ctx, keys.Without(seat.ConsensusKey))
}

// suspendSeat takes a seat out of the validator set.
func (k *Keeper) suspendSeat(ctx context.Context, seat types.Seat, to types.SeatStatus, reason string) error {
	if err := k.seatTransition(ctx, seat, to); err != nil {
		return err
	}
	kind := types.CHANGE_KIND_SEAT_DOWNTIME
	if to == types.SEAT_STATUS_SUSPENDED_EQUIVOCATION {
		kind = types.CHANGE_KIND_SEAT_EQUIVOCATION
	}
	if err := k.record(ctx, types.MemberChange{Member: seat.Member, Kind: kind, Reason: reason}); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventSeatSuspended{Member: seat.Member, Status: to})
}

// suspendPending carries out the suspensions that waited and have become safe.
// There are at most as many as seats.
func (k *Keeper) suspendPending(ctx context.Context) error {
	var waiting []uint32
	err := k.validators.pending.Walk(ctx, nil, func(member uint32) (stop bool, err error) {
		waiting = append(waiting, member)
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, member := range waiting {
		k.isolated(ctx, "a suspension that waits", func(ctx context.Context) error {
			seat, err := k.Seat(ctx, member)
			if err != nil {
				return err
			}
			verdict, err := k.judgeWithout(ctx, seat)
			if err != nil || !verdict.Safe {
				return err
			}
			return k.suspendSeat(ctx, seat, seat.Pending, "light clients can follow now")
		})
	}
	return nil
}
