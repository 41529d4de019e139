package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Deliver commits the seller to what was delivered.
func (s msgServer) Deliver(ctx context.Context, m *types.MsgDeliver) (*types.MsgDeliverResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.standing(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c, err := s.moveBy(ctx, m.Contract, request{step: stepDeliver, by: member, prepare: func(c *types.Contract) error {
		c.SealedDigest, c.ContentDigest = m.SealedDigest, m.ContentDigest
		return nil
	}})
	if err != nil {
		return nil, err
	}
	return &types.MsgDeliverResponse{AcceptBy: c.Deadline}, nil
}
