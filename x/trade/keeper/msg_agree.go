package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Agree accepts a quote by restating it.
func (s msgServer) Agree(ctx context.Context, m *types.MsgAgree) (*types.MsgAgreeResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.active(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c, err := s.moveBy(ctx, m.Contract, request{step: stepAgree, by: member, prepare: func(c *types.Contract) error {
		return s.prepareAgree(ctx, *c, m.Deal)
	}})
	if err != nil {
		return nil, err
	}
	return &types.MsgAgreeResponse{FundBy: c.Deadline}, nil
}

// prepareAgree checks that the buyer means the very deal that was quoted, that
// the seller may still start something, and that the version is still listed.
func (k *Keeper) prepareAgree(ctx context.Context, c types.Contract, restated types.Deal) error {
	difference, err := c.Deal.Difference(restated)
	if err != nil {
		return err
	}
	if difference != "" {
		return errorsmod.Wrapf(types.ErrDealChanged, "%s: %s: restate the quoted deal, or ask for a new quote", c.Id, difference)
	}
	if err := k.requireActiveParty(ctx, "seller", c.Deal.Seller); err != nil {
		return err
	}
	_, _, err = k.products.ListedVersion(ctx, c.Deal.Product, c.Deal.ProductVersion)
	return err
}
