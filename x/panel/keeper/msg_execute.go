package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// Execute tries an approved resolution again whose execution failed.
func (s msgServer) Execute(ctx context.Context, msg *types.MsgExecute) (*types.MsgExecuteResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	r, _, err := s.seated(ctx, msg.Signer, msg.Resolution)
	if err != nil {
		return nil, err
	}
	if r.Status != types.RESOLUTION_STATUS_FAILED {
		return nil, errorsmod.Wrapf(types.ErrNotFailed, "resolution %d is %s; only an approved one that failed is tried again", r.Id, r.Status)
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := checkDeadline(sdkCtx, r); err != nil {
		return nil, err
	}
	if _, err := s.living(ctx, r.Panel); err != nil {
		return nil, err
	}
	if err := s.attempt(sdkCtx, &r); err != nil {
		return nil, err
	}
	return &types.MsgExecuteResponse{Status: r.Status}, nil
}
