package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/authority"
)

// UpdateParams sets the parameters. A quota's window, and the gas in it, count anew if the
// window changes. What left a longer downtime window is forgotten over the next
// blocks. A shorter trusting period forgets validator sets: make it no shorter than that
// of any light client; a longer one protects clients that are made from now on.
func (s msgServer) UpdateParams(ctx context.Context, msg *types.MsgUpdateParams) (*types.MsgUpdateParamsResponse, error) {
	if err := authority.Check(s.address, s.authority, msg.Signer); err != nil {
		return nil, err
	}
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	return &types.MsgUpdateParamsResponse{}, s.params.Set(ctx, msg.Params)
}
