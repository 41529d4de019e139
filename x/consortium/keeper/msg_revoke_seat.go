package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// RevokeSeat takes a validator seat away, whatever its status. Its keys stay remembered.
func (s msgServer) RevokeSeat(ctx context.Context, msg *types.MsgRevokeSeat) (*types.MsgRevokeSeatResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	seat, err := s.seatForCouncil(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	var updateClients int64
	if seat.Validating() {
		keys, err := s.activeKeys(ctx)
		if err != nil {
			return nil, err
		}
		if updateClients, err = s.pass(ctx, keys.Without(seat.ConsensusKey), msg.AcceptUnsafe); err != nil {
			return nil, err
		}
	}
	if err := s.revoke(ctx, seat, msg.Reason); err != nil {
		return nil, err
	}
	return &types.MsgRevokeSeatResponse{UpdateClientsHeight: updateClients}, nil
}

// revoke writes what revoking a seat changes. All checks are done.
func (k *Keeper) revoke(ctx context.Context, seat types.Seat, reason string) error {
	if err := k.seats.Remove(ctx, seat.Member); err != nil {
		return err
	}
	if err := k.dropRotation(ctx, seat.Member); err != nil {
		return err
	}
	if err := k.forget(ctx, seat.Member); err != nil {
		return err
	}
	if err := k.record(ctx, types.MemberChange{Member: seat.Member, Kind: types.CHANGE_KIND_SEAT_REVOKED, Reason: reason}); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventSeatRevoked{Member: seat.Member, ConsensusKey: seat.ConsensusKey, Reason: reason})
}
