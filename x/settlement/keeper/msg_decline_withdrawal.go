package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// DeclineWithdrawal gives the fen back at the end of the block.
func (s msgServer) DeclineWithdrawal(ctx context.Context, m *types.MsgDeclineWithdrawal) (*types.MsgDeclineWithdrawalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	w, err := s.withdrawalOfBank(ctx, m.Signer, m.Withdrawal)
	if err != nil {
		return nil, err
	}
	if err := s.payOut(ctx, types.KindWithdrawal, w.Id, types.Payout{Member: w.Member, Amount: w.Amount}); err != nil {
		return nil, err
	}
	if err := s.withdrawals.Remove(ctx, w.Id); err != nil {
		return nil, err
	}
	event := &types.EventWithdrawalDeclined{Id: w.Id, Bank: w.Bank, Reason: m.Reason}
	return &types.MsgDeclineWithdrawalResponse{}, emit(ctx, event)
}
