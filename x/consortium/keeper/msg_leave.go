package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Leave ends a membership for good. The credit code is free for a new
// application; the accounts stay the member's, which still finishes what is
// open and withdraws its fen.
func (s msgServer) Leave(ctx context.Context, msg *types.MsgLeave) (*types.MsgLeaveResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.requireOwner(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	holds, err := s.seats.Has(ctx, member.Number)
	if err != nil {
		return nil, err
	}
	if holds {
		return nil, errorsmod.Wrapf(types.ErrHoldsSeat, "member %06d validates; the council has to revoke its seat first", member.Number)
	}
	if err := s.transition(ctx, member, types.MEMBER_STATUS_LEFT, suspension{}); err != nil {
		return nil, err
	}
	change := types.MemberChange{Member: member.Number, Kind: types.CHANGE_KIND_LEFT, By: member.Number, Reason: msg.Reason}
	if err := s.record(ctx, change); err != nil {
		return nil, err
	}
	event := &types.EventMemberLeft{Number: member.Number}
	return &types.MsgLeaveResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
