package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/product/types"
)

// Revise registers a new version. What is listed stays listed.
func (s msgServer) Revise(ctx context.Context, msg *types.MsgRevise) (*types.MsgReviseResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	p, err := s.k.ownProduct(ctx, msg.Signer, msg.Product)
	if err != nil {
		return nil, err
	}
	if p.Version >= types.MaxVersion {
		return nil, errorsmod.Wrapf(types.ErrExhausted, "product %s: expected at most %d versions; register a new product", p.Id, types.MaxVersion)
	}
	if err := s.k.payeesExist(ctx, msg.Content.Split); err != nil {
		return nil, err
	}
	p.Version++
	return &types.MsgReviseResponse{Version: p.Version}, s.k.register(ctx, p, msg.Content)
}
