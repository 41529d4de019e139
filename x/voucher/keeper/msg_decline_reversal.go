package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// DeclineReversal ends the other party's request. It stays possible while a request
// whose time is over waits for its turn: it does what the end would do.
func (s msgServer) DeclineReversal(ctx context.Context, m *types.MsgDeclineReversal) (*types.MsgDeclineReversalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	r, member, err := s.answering(ctx, m.Signer, m.Number)
	if err != nil {
		return nil, err
	}
	err = s.closeRequest(ctx, r, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_DECLINED, By: member, ReasonDigest: m.ReasonDigest})
	return &types.MsgDeclineReversalResponse{}, err
}
