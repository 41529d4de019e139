package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Cancel ends a trade that is not yet delivered.
func (s msgServer) Cancel(ctx context.Context, m *types.MsgCancel) (*types.MsgCancelResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.standing(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c, err := s.moveBy(ctx, m.Contract, request{step: stepCancel, by: member, reason: m.Reason})
	if err != nil {
		return nil, err
	}
	return &types.MsgCancelResponse{Status: c.Status}, nil
}
