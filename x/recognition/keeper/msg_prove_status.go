package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// ProveStatus takes how vouchers stand on their own chain, whether they stand here or not:
// a status, or that there is none. All are taken, or none.
func (s msgServer) ProveStatus(goCtx context.Context, msg *types.MsgProveStatus) (*types.MsgProveStatusResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.requireMember(ctx, msg.Signer); err != nil {
		return nil, err
	}
	p, err := s.proofsOf(ctx, msg.ChainId, msg.ProofHeight)
	if err != nil {
		return nil, err
	}
	for i, status := range msg.Statuses {
		if err := p.status(ctx, status); err != nil {
			return nil, errorsmod.Wrapf(err, "statuses[%d]", i)
		}
		if err := p.takeStanding(ctx, status); err != nil {
			return nil, errorsmod.Wrapf(err, "statuses[%d]", i)
		}
	}
	return &types.MsgProveStatusResponse{}, nil
}
