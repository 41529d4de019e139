package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// PayDebt pays on a debt that a reversal left. A debtor that is suspended or has left
// may pay too: it finishes what is open.
func (s msgServer) PayDebt(ctx context.Context, m *types.MsgPayDebt) (*types.MsgPayDebtResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.signer(m.Signer)
	if err != nil {
		return nil, err
	}
	member, err := s.Membership.RequireStanding(ctx, addr, consortium.ROLE_UNSPECIFIED)
	if err != nil {
		return nil, err
	}
	debt, err := s.Debt(ctx, m.Debt)
	if err != nil {
		return nil, err
	}
	if debt.Debtor != member.Number {
		return nil, errorsmod.Wrapf(types.ErrNotDebtor, "%s: expected member %06d, got %06d", debt.Id, debt.Debtor, member.Number)
	}
	if m.Amount.GT(debt.Outstanding()) {
		return nil, errorsmod.Wrapf(types.ErrOverpaid, "%s: expected at most %s fen, got %s", debt.Id, debt.Outstanding(), m.Amount)
	}
	if err := s.take(ctx, debt.Debtor, m.Amount); err != nil {
		return nil, err
	}
	s.credit(ctx, debt.Creditor, m.Amount)
	debt.Paid = debt.Paid.Add(m.Amount)
	if err := s.debts.Set(ctx, debt.Id, debt); err != nil {
		return nil, err
	}
	left := debt.Outstanding()
	event := &types.EventDebtPaid{Id: debt.Id, Amount: m.Amount, Outstanding: left}
	return &types.MsgPayDebtResponse{Outstanding: left}, emit(ctx, event)
}
