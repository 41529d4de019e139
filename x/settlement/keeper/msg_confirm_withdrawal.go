package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// ConfirmWithdrawal burns the fen after the bank has paid out.
func (s msgServer) ConfirmWithdrawal(ctx context.Context, m *types.MsgConfirmWithdrawal) (*types.MsgConfirmWithdrawalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	w, err := s.withdrawalOfBank(ctx, m.Signer, m.Withdrawal)
	if err != nil {
		return nil, err
	}
	// Its fen reach the module account at the end of the block of the request;
	// nor can a bank have paid out what was not yet in a block.
	if height := sdk.UnwrapSDKContext(ctx).BlockHeight(); height <= w.RequestedHeight {
		return nil, errorsmod.Wrapf(types.ErrTooEarly, "%s: expected a height above %d, got %d; confirm in the next block", w.Id, w.RequestedHeight, height)
	}
	outstanding, err := s.outstanding(ctx, w.Bank)
	if err != nil {
		return nil, err
	}
	if outstanding.LT(w.Amount) {
		return nil, errorsmod.Wrapf(types.ErrOutstanding, "%s: expected %s fen, bank %06d owes %s; decline it, so that the member can ask another bank",
			w.Id, w.Amount, w.Bank, outstanding)
	}
	if err := s.burn(ctx, w.Id, w.Amount); err != nil {
		return nil, err
	}
	if err := s.withdrawals.Remove(ctx, w.Id); err != nil {
		return nil, err
	}
	ledger := types.BankLedger{Bank: w.Bank, Outstanding: outstanding.Sub(w.Amount)}
	if err := s.ledgers.Set(ctx, w.Bank, ledger); err != nil {
		return nil, err
	}
	return &types.MsgConfirmWithdrawalResponse{}, emit(ctx, &types.EventWithdrawalConfirmed{Id: w.Id, Bank: w.Bank})
}

// withdrawalOfBank returns a withdrawal that waits for the bank that signed. A
// suspended bank may still finish what is open.
func (k *Keeper) withdrawalOfBank(ctx context.Context, signer, id string) (types.Withdrawal, error) {
	addr, err := k.signer(signer)
	if err != nil {
		return types.Withdrawal{}, err
	}
	bank, err := k.Membership.RequireStanding(ctx, addr, consortium.ROLE_BANK)
	if err != nil {
		return types.Withdrawal{}, err
	}
	w, err := k.Withdrawal(ctx, id)
	if err != nil {
		return types.Withdrawal{}, err
	}
	if w.Bank != bank.Number {
		return types.Withdrawal{}, errorsmod.Wrapf(types.ErrOtherBank, "%s: expected bank %06d, got %06d", id, w.Bank, bank.Number)
	}
	return w, nil
}
