package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// Deposit issues fen to a member against money that the bank received. A reference is
// booked once: a bank that does not know whether its deposit went through sends it again.
func (s msgServer) Deposit(ctx context.Context, m *types.MsgDeposit) (*types.MsgDepositResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.signer(m.Signer)
	if err != nil {
		return nil, err
	}
	bank, err := s.Membership.RequireActive(ctx, addr, consortium.ROLE_BANK)
	if err != nil {
		return nil, err
	}
	if err := s.checkReference(ctx, bank.Number, m.Reference); err != nil {
		return nil, err
	}
	outstanding, err := s.outstanding(ctx, bank.Number)
	if err != nil {
		return nil, err
	}
	outstanding = outstanding.Add(m.Amount)
	if outstanding.GT(valid.MaxAmount()) {
		return nil, errorsmod.Wrapf(types.ErrLedgerFull, "bank %06d: expected at most %s fen outstanding, got %s; confirm withdrawals first",
			bank.Number, valid.MaxAmount(), outstanding)
	}
	if err := s.issue(ctx, m.Member, m.Amount); err != nil {
		return nil, err
	}
	if err := s.ledgers.Set(ctx, bank.Number, types.BankLedger{Bank: bank.Number, Outstanding: outstanding}); err != nil {
		return nil, err
	}
	if m.Reference != "" {
		d := types.Deposit{Bank: bank.Number, Reference: m.Reference, Member: m.Member, Amount: m.Amount, Height: sdk.UnwrapSDKContext(ctx).BlockHeight()}
		if err := s.deposits.Set(ctx, depositKey(d), d); err != nil {
			return nil, err
		}
	}
	event := &types.EventDeposited{Bank: bank.Number, Member: m.Member, Amount: m.Amount, Reference: m.Reference}
	return &types.MsgDepositResponse{}, emit(ctx, event)
}

// checkReference checks that a bank has booked nothing under a reference. It wraps ErrReferenceUsed.
func (k *Keeper) checkReference(ctx context.Context, bank uint32, reference string) error {
	if reference == "" {
		return nil
	}
	booked, err := k.deposits.Get(ctx, collections.Join(bank, []byte(reference)))
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return errorsmod.Wrapf(types.ErrReferenceUsed, "bank %06d booked %s fen for member %06d under %q at block %d; nothing was booked now",
		bank, booked.Amount, booked.Member, reference, booked.Height)
}

func depositKey(d types.Deposit) collections.Pair[uint32, []byte] {
	return collections.Join(d.Bank, []byte(d.Reference))
}

// outstanding is what a bank owes in fen; 0 for one that never issued any.
func (k *Keeper) outstanding(ctx context.Context, bank uint32) (math.Int, error) {
	ledger, err := k.ledgers.Get(ctx, bank)
	if errors.Is(err, collections.ErrNotFound) {
		return math.ZeroInt(), nil
	}
	return ledger.Outstanding, err
}
