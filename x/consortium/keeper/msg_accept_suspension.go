package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// AcceptSuspension lets a suspension that waits for the guard take effect in this block.
func (s msgServer) AcceptSuspension(ctx context.Context, msg *types.MsgAcceptSuspension) (*types.MsgAcceptSuspensionResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	seat, err := s.seatForCouncil(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	if seat.Pending == types.SEAT_STATUS_UNSPECIFIED {
		return nil, errorsmod.Wrapf(types.ErrNothingPending, "the seat of member %06d is %s and no suspension waits", seat.Member, seat.Status)
	}
	keys, err := s.activeKeys(ctx)
	if err != nil {
		return nil, err
	}
	updateClients, err := s.pass(ctx, keys.Without(seat.ConsensusKey), true)
	if err != nil {
		return nil, err
	}
	if err := s.suspendSeat(ctx, seat, seat.Pending, "accepted by the council"); err != nil {
		return nil, err
	}
	return &types.MsgAcceptSuspensionResponse{UpdateClientsHeight: updateClients}, nil
}
