package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/internal/authority"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// UpdateParams sets the parameters. The window holds for new requests; open ones keep theirs.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := authority.Check(s.address, s.authority, msg.Signer); err != nil {
		return nil, err
	}
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.requests.params.Set(ctx, msg.Params)
}
