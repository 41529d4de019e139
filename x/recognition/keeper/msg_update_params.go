package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// UpdateParams sets the parameters. Packets that are under way keep their timeout, and
// counterparties that rest go on resting.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.params.Set(ctx, msg.Params)
}
