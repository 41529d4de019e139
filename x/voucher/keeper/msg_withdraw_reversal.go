package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// WithdrawReversal ends the signer's own request.
func (s msgServer) WithdrawReversal(ctx context.Context, m *types.MsgWithdrawReversal) (*types.MsgWithdrawReversalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.standing(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	r, err := s.Request(ctx, m.Number)
	if err != nil {
		return nil, err
	}
	if member != r.Requester {
		return nil, errorsmod.Wrapf(types.ErrWrongParty, "voucher %s: expected %06d, who asked, got %06d", types.FormatNumber(r.Number), r.Requester, member)
	}
	err = s.closeRequest(ctx, r, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_WITHDRAWN, By: member})
	return &types.MsgWithdrawReversalResponse{}, err
}
