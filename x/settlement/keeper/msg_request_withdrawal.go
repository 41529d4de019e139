package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// RequestWithdrawal debits the member at once and asks the bank to pay out. A
// member that left may still withdraw, so that no fen are stranded; a suspended
// one waits until it is reinstated or leaves.
func (s msgServer) RequestWithdrawal(ctx context.Context, m *types.MsgRequestWithdrawal) (*types.MsgRequestWithdrawalResponse, error) {
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
	if member.Status != consortium.MEMBER_STATUS_LEFT {
		if err := member.CheckActive(); err != nil {
			return nil, err
		}
	}
	if err := s.requireBank(ctx, m.Bank); err != nil {
		return nil, err
	}
	seq, err := s.nextSequence(ctx, member.Number)
	if err != nil {
		return nil, err
	}
	if err := s.take(ctx, member.Number, m.Amount); err != nil {
		return nil, err
	}
	if err := s.sequences.Set(ctx, member.Number, seq); err != nil {
		return nil, err
	}
	w := types.Withdrawal{
		Id: ids.Owned(member.Number, seq), Member: member.Number, Bank: m.Bank, Amount: m.Amount, Reference: m.Reference,
		RequestedHeight: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	}
	if err := s.withdrawals.Set(ctx, w.Id, w); err != nil {
		return nil, err
	}
	event := &types.EventWithdrawalRequested{Id: w.Id, Bank: w.Bank, Amount: w.Amount}
	return &types.MsgRequestWithdrawalResponse{Id: w.Id}, emit(ctx, event)
}

// requireBank checks that a member can be asked to pay out.
func (k *Keeper) requireBank(ctx context.Context, number uint32) error {
	bank, err := k.Membership.Member(ctx, number)
	if err != nil {
		return errorsmod.Wrap(err, "bank")
	}
	if !bank.Has(consortium.ROLE_BANK) || !bank.Active() {
		return errorsmod.Wrapf(types.ErrNotBank, "member %06d: expected an active member with ROLE_BANK, got %s with %s; name another bank",
			number, bank.Status, bank.Roles)
	}
	return nil
}

func (k *Keeper) nextSequence(ctx context.Context, member uint32) (uint32, error) {
	last, err := k.sequences.Get(ctx, member)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return 0, err
	}
	if last >= ids.MaxSequence {
		return 0, errorsmod.Wrapf(types.ErrSequenceExhausted, "member %06d: expected fewer than %d withdrawals", member, ids.MaxSequence)
	}
	return last + 1, nil
}

// Withdrawal returns a withdrawal that waits for its bank, or ErrWithdrawalNotFound.
func (k *Keeper) Withdrawal(ctx context.Context, id string) (types.Withdrawal, error) {
	return get(ctx, k.withdrawals, id, errorsmod.Wrapf(types.ErrWithdrawalNotFound, "%q: never requested, or confirmed or declined already", id))
}
