package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Reinstate gives a suspended member its rights back. An exchange takes back
// its own suspension only, never the council's.
func (s msgServer) Reinstate(ctx context.Context, msg *types.MsgReinstate) (*types.MsgReinstateResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, by, err := s.overseen(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	if err := checkMove(member, types.MEMBER_STATUS_ACTIVE); err != nil {
		return nil, err
	}
	if by != 0 && by != member.SuspendedBy {
		return nil, errorsmod.Wrapf(types.ErrNotEntitled, "member %06d was suspended by the council, which alone reinstates it", member.Number)
	}
	if err := s.transition(ctx, member, types.MEMBER_STATUS_ACTIVE, suspension{}); err != nil {
		return nil, err
	}
	change := types.MemberChange{Member: member.Number, Kind: types.CHANGE_KIND_REINSTATED, By: by, Reason: msg.Reason}
	if err := s.record(ctx, change); err != nil {
		return nil, err
	}
	event := &types.EventMemberReinstated{Number: member.Number, ReinstatedBy: by}
	return &types.MsgReinstateResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
