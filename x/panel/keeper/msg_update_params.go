package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/internal/authority"
	"github.com/shugu-network/shugu/x/panel/types"
)

// UpdateParams sets the parameters. Resolutions that were submitted keep their deadline.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	council, err := s.address.BytesToString(types.Account(types.Council))
	if err != nil {
		return nil, err
	}
	if err := authority.Check(s.address, council, msg.Signer); err != nil {
		return nil, err
	}
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.params.Set(ctx, msg.Params)
}
