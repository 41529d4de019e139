package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// RejoinSeat brings a suspended seat back, or drops a suspension that waits: by
// the seat's own member after downtime and a wait, else by the council.
func (s msgServer) RejoinSeat(ctx context.Context, msg *types.MsgRejoinSeat) (*types.MsgRejoinSeatResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, err := s.account("signer", msg.Signer)
	if err != nil {
		return nil, err
	}
	by, err := s.checkRejoiner(ctx, signer, msg)
	if err != nil {
		return nil, err
	}
	seat, err := s.Seat(ctx, msg.Member)
	if err != nil {
		return nil, err
	}
	if err := s.checkRejoin(ctx, seat, by); err != nil {
		return nil, err
	}
	if err := s.checkSeatHolder(ctx, seat.Member); err != nil {
		return nil, err
	}
	var updateClients int64
	if !seat.Validating() {
		keys, err := s.activeKeys(ctx)
		if err != nil {
			return nil, err
		}
		if updateClients, err = s.pass(ctx, keys.With(seat.ConsensusKey), msg.AcceptUnsafe); err != nil {
			return nil, err
		}
	}
	if err := s.rejoin(ctx, seat, by); err != nil {
		return nil, err
	}
	return &types.MsgRejoinSeatResponse{UpdateClientsHeight: updateClients}, nil
}

// checkRejoiner returns who brings the seat back (0 for the council), or an
// error unless the signer is the council or acts for the seat's member.
func (k *Keeper) checkRejoiner(ctx context.Context, signer sdk.AccAddress, msg *types.MsgRejoinSeat) (by uint32, err error) {
	council, err := k.isAuthority(ctx, signer)
	if err != nil || council {
		return 0, err
	}
	member, err := k.RequireActive(ctx, signer, types.ROLE_EXCHANGE)
	if err != nil {
		return 0, err
	}
	if member.Number != msg.Member {
		return 0, errorsmod.Wrapf(types.ErrNotEntitled, "expected member %06d or the council as signer, got member %06d", msg.Member, member.Number)
	}
	if msg.AcceptUnsafe {
		return 0, errorsmod.Wrap(types.ErrNotEntitled, "accept_unsafe: the council alone can accept that light clients are stranded")
	}
	return member.Number, nil
}

// checkRejoin checks that there is something to come back from, and that the
// member, if it is not the council that decides, may do it already.
func (k *Keeper) checkRejoin(ctx context.Context, seat types.Seat, by uint32) error {
	why, since := seatSuspension(seat)
	switch {
	case why == types.SEAT_STATUS_UNSPECIFIED:
		return errorsmod.Wrapf(types.ErrSeatActive, "the seat of member %06d is not suspended", seat.Member)
	case by == 0:
		return nil
	case why != types.SEAT_STATUS_SUSPENDED_DOWNTIME:
		return errorsmod.Wrapf(types.ErrNotEntitled, "the seat of member %06d is %s; the council decides whether it comes back", seat.Member, why)
	}
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if height, first := sdk.UnwrapSDKContext(ctx).BlockHeight(), since+params.RejoinWait; height < first {
		return errorsmod.Wrapf(types.ErrTooEarly, "the seat of member %06d may rejoin from height %d on, this is %d", seat.Member, first, height)
	}
	return nil
}

// seatSuspension says for what a seat is suspended, or to be, and since when; unspecified when it is not.
func seatSuspension(seat types.Seat) (types.SeatStatus, int64) {
	if seat.Validating() {
		return seat.Pending, seat.PendingSince
	}
	return seat.Status, seat.Since
}

// rejoin writes what the return of a seat changes. All checks are done.
func (k *Keeper) rejoin(ctx context.Context, seat types.Seat, by uint32) error {
	var err error
	if seat.Validating() {
		err = k.restart(ctx, seat)
	} else {
		err = k.seatTransition(ctx, seat, types.SEAT_STATUS_ACTIVE)
	}
	if err != nil {
		return err
	}
	if err := k.record(ctx, types.MemberChange{Member: seat.Member, Kind: types.CHANGE_KIND_SEAT_REJOINED, By: by}); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventSeatRejoined{Member: seat.Member, By: by})
}
