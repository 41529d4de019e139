package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// Withdraw takes an open resolution back.
func (s msgServer) Withdraw(ctx context.Context, msg *types.MsgWithdraw) (*types.MsgWithdrawResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.actor(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	r, err := s.Resolution(ctx, msg.Resolution)
	if err != nil {
		return nil, err
	}
	if member != r.Proposer {
		return nil, errorsmod.Wrapf(types.ErrNotProposer, "resolution %d is member %06d's, not %06d's; vote no instead", r.Id, r.Proposer, member)
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := checkOpen(sdkCtx, r); err != nil {
		return nil, err
	}
	return &types.MsgWithdrawResponse{}, s.transition(sdkCtx, &r, types.RESOLUTION_STATUS_WITHDRAWN)
}
