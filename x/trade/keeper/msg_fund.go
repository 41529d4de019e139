package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Fund puts the price into escrow.
func (s msgServer) Fund(ctx context.Context, m *types.MsgFund) (*types.MsgFundResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.standing(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c, err := s.moveBy(ctx, m.Contract, request{step: stepFund, by: member, prepare: func(c *types.Contract) error {
		if !m.Amount.Equal(c.Deal.Total) {
			return errorsmod.Wrapf(types.ErrWrongAmount, "%s: expected %s fen, got %s", c.Id, c.Deal.Total, m.Amount)
		}
		return nil
	}})
	if err != nil {
		return nil, err
	}
	return &types.MsgFundResponse{DeliverBy: c.Deadline}, nil
}
