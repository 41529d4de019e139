package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// This file is the only caller of bank, and it asks the holds before fen leave
// a member's account, an escrow or a withdrawal. What was decided in a block
// moves at its end without being asked again.

func fen(amount math.Int) sdk.Coins { return sdk.Coins{{Denom: types.Denom, Amount: amount}} }

// take debits a member at once, so that nobody spends the same fen twice. The
// module account is not touched: bank's EndBlock credits it once per block.
// The holds and the balance are its last checks; on error nothing was written.
func (k *Keeper) take(ctx context.Context, member uint32, amount math.Int) error {
	if k.holds != nil {
		if err := k.holds.MayPay(ctx, member, amount); err != nil {
			return err
		}
	}
	owner, err := k.owner(ctx, member)
	if err != nil {
		return err
	}
	err = k.Bank.SendCoinsFromAccountToModuleVirtual(ctx, owner, types.ModuleName, fen(amount))
	if errors.Is(err, sdkerrors.ErrInsufficientFunds) {
		return errorsmod.Wrapf(types.ErrInsufficientFunds, "member %06d: expected %s fen, got %s; have a bank deposit the rest",
			member, amount, k.balance(ctx, owner))
	}
	if err != nil {
		return err
	}
	k.accrueIncoming(ctx, amount)
	return nil
}

// takeUpTo debits a member at once by the amount, or by what it has, and returns how
// much that was: nothing when the holds forbid it. On error nothing was written.
func (k *Keeper) takeUpTo(ctx context.Context, member uint32, amount math.Int) (math.Int, error) {
	owner, err := k.owner(ctx, member)
	if err != nil {
		return math.Int{}, err
	}
	amount = math.MinInt(amount, k.balance(ctx, owner))
	if !amount.IsPositive() {
		return math.ZeroInt(), nil
	}
	if k.holds != nil && k.holds.MayPay(ctx, member, amount) != nil {
		return math.ZeroInt(), nil
	}
	err = k.Bank.SendCoinsFromAccountToModuleVirtual(ctx, owner, types.ModuleName, fen(amount))
	if errors.Is(err, sdkerrors.ErrInsufficientFunds) {
		return math.ZeroInt(), nil // a part of the balance cannot be spent
	}
	if err != nil {
		return math.Int{}, err
	}
	k.accrueIncoming(ctx, amount)
	return amount, nil
}

// credit accrues for the end of the block what this step took in for a member.
func (k *Keeper) credit(ctx context.Context, member uint32, amount math.Int) {
	if amount.IsPositive() {
		k.accruePayout(ctx, member, amount)
	}
}

// payOut accrues payments from the record of the kind and id for the end of
// the block. On error nothing was written.
func (k *Keeper) payOut(ctx context.Context, kind, id string, payouts ...types.Payout) error {
	if err := k.mayMove(ctx, kind, id); err != nil {
		return err
	}
	for _, p := range payouts {
		if p.Amount.IsPositive() {
			k.accruePayout(ctx, p.Member, p.Amount)
		}
	}
	return nil
}

// issue makes fen and gives them to the member at once.
func (k *Keeper) issue(ctx context.Context, member uint32, amount math.Int) error {
	owner, err := k.owner(ctx, member)
	if err != nil {
		return err
	}
	if err := k.Bank.MintCoins(ctx, types.ModuleName, fen(amount)); err != nil {
		return err
	}
	return k.Bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, owner, fen(amount))
}

// burn unmakes the fen of a withdrawal. They must have reached the module
// account, so the withdrawal must stem from an earlier block.
func (k *Keeper) burn(ctx context.Context, withdrawal string, amount math.Int) error {
	if err := k.mayMove(ctx, types.KindWithdrawal, withdrawal); err != nil {
		return err
	}
	return k.Bank.BurnCoins(ctx, types.ModuleName, fen(amount))
}

// pay books a payment: first from what the block's own transactions brought
// in, which bank keeps by TxIndex and has not credited yet, then from the
// module account. It returns what is left of the former.
func (k *Keeper) pay(ctx sdk.Context, member uint32, amount math.Int, from pool) (pool, error) {
	owner, err := k.owner(ctx, member)
	if err != nil {
		return from, err
	}
	for amount.IsPositive() && !from.empty() {
		txIndex, part := from.draw(amount)
		err := k.Bank.SendCoinsFromModuleToAccountVirtual(ctx.WithTxIndex(txIndex), types.ModuleName, owner, fen(part))
		if err != nil {
			return from, err
		}
		amount = amount.Sub(part)
	}
	if amount.IsPositive() {
		return from, k.Bank.SendCoinsFromModuleToAccount(ctx, types.ModuleName, owner, fen(amount))
	}
	return from, nil
}

func (k *Keeper) mayMove(ctx context.Context, kind, id string) error {
	if k.holds == nil {
		return nil
	}
	return k.holds.MayMove(ctx, kind, id)
}

// owner is the account that holds a member's fen.
func (k *Keeper) owner(ctx context.Context, member uint32) (sdk.AccAddress, error) {
	m, err := k.Membership.Member(ctx, member)
	if err != nil {
		return nil, err
	}
	return k.Address.StringToBytes(m.FundsAccount())
}

func (k *Keeper) balance(ctx context.Context, addr sdk.AccAddress) math.Int {
	return k.Bank.GetBalance(ctx, addr, types.Denom).Amount
}

func (k *Keeper) supply(ctx context.Context) math.Int {
	return k.Bank.GetSupply(ctx, types.Denom).Amount
}
