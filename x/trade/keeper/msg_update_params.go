package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/internal/authority"
	"github.com/shugu-network/shugu/x/trade/types"
)

// UpdateParams sets the parameters. Limits hold for new quotes; those that stand keep their times.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := authority.Check(s.address, s.authority, msg.Signer); err != nil {
		return nil, err
	}
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.params.Set(ctx, msg.Params)
}
