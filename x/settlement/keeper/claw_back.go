package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// ClawBack takes an amount of fen of a settled trade back from its payees, pro rata
// (types.Apportion), for the red voucher of that number, and gives it to the buyer at
// the end of the block. A payee is debited at once. What it does not have, or may not
// move, becomes its debt towards the buyer and holds up nothing. The caller ensures
// that the red voucher is issued in the same step. It returns what this reversal took
// of each payee, in the order of the record's payouts, or wraps valid.ErrInvalid,
// ErrRecordNotFound, ErrOverReversed or ErrDebtExists; then nothing is written.
func (k *Keeper) ClawBack(ctx context.Context, settlement, redNumber string, amount math.Int) ([]types.GivenBack, error) {
	if err := types.CheckClawBack(settlement, redNumber, amount); err != nil {
		return nil, err
	}
	record, err := k.Record(ctx, settlement)
	if err != nil {
		return nil, err
	}
	back, err := get(ctx, k.clawBacks, settlement, errNoClawBack)
	if errorsmod.IsOf(err, errNoClawBack) {
		back, err = types.NewClawBack(record), nil
	}
	if err != nil {
		return nil, err
	}
	if left := record.Amount.Sub(back.Reversed); amount.GT(left) {
		return nil, errorsmod.Wrapf(types.ErrOverReversed, "settlement %s: expected at most %s fen, got %s", settlement, left, amount)
	}
	for _, p := range record.Payouts {
		if err := k.requireNoDebt(ctx, types.DebtID(redNumber, p.Member)); err != nil {
			return nil, err
		}
	}
	parts, err := k.collect(ctx, record, redNumber, types.Apportion(record.Payouts, back.Given(), amount))
	if err != nil {
		return nil, err
	}
	back.Reversed = back.Reversed.Add(amount)
	for i, p := range parts {
		back.Parts[i].Paid, back.Parts[i].Owed = back.Parts[i].Paid.Add(p.Paid), back.Parts[i].Owed.Add(p.Owed)
	}
	if err := k.clawBacks.Set(ctx, settlement, back); err != nil {
		return nil, err
	}
	return parts, emit(ctx, &types.EventClawedBack{Settlement: settlement, RedNumber: redNumber, Amount: amount, Parts: parts})
}

// errNoClawBack: nothing was taken back of the settlement yet.
var errNoClawBack = errorsmod.Wrap(types.ErrClawBackNotFound, "nothing was taken back of this settlement")

// collect debits the payees and writes a debt for what each could not pay.
func (k *Keeper) collect(ctx context.Context, record types.Record, redNumber string, due []math.Int) ([]types.GivenBack, error) {
	parts, collected := make([]types.GivenBack, len(due)), math.ZeroInt()
	for i, p := range record.Payouts {
		paid := due[i]
		// The buyer keeps its own share: to debit and credit it would move nothing.
		if p.Member != record.Buyer {
			var err error
			if paid, err = k.takeUpTo(ctx, p.Member, due[i]); err != nil {
				return nil, err
			}
			collected = collected.Add(paid)
		}
		parts[i] = types.GivenBack{Member: p.Member, Paid: paid, Owed: due[i].Sub(paid)}
		if !parts[i].Owed.IsPositive() {
			continue
		}
		debt := types.Debt{
			Id: types.DebtID(redNumber, p.Member), Debtor: p.Member, Creditor: record.Buyer,
			Amount: parts[i].Owed, Paid: math.ZeroInt(), RedNumber: redNumber, Settlement: record.Id,
			Height: sdk.UnwrapSDKContext(ctx).BlockHeight(),
		}
		if err := k.addDebt(ctx, debt); err != nil {
			return nil, err
		}
	}
	k.credit(ctx, record.Buyer, collected)
	return parts, nil
}

func (k *Keeper) requireNoDebt(ctx context.Context, id string) error {
	exists, err := k.debts.Has(ctx, id)
	if err != nil {
		return err
	}
	if exists {
		return errorsmod.Wrapf(types.ErrDebtExists, "%s: a red voucher claws back once", id)
	}
	return nil
}

// addDebt writes a new debt and its indexes.
func (k *Keeper) addDebt(ctx context.Context, d types.Debt) error {
	if err := k.debts.Set(ctx, d.Id, d); err != nil {
		return err
	}
	if err := k.byDebtor.Set(ctx, collections.Join(d.Debtor, d.Id)); err != nil {
		return err
	}
	return k.byCreditor.Set(ctx, collections.Join(d.Creditor, d.Id))
}

// Debt returns a debt, paid or not, or ErrDebtNotFound.
func (k *Keeper) Debt(ctx context.Context, id string) (types.Debt, error) {
	return get(ctx, k.debts, id, errorsmod.Wrapf(types.ErrDebtNotFound, "%q: see `shugud query settlement debts`", id))
}

// checkClawBacks verifies what CheckClawBacks says and that the indexes hold exactly the debts.
func (k *Keeper) checkClawBacks(ctx context.Context) error {
	backs, err := values(ctx, k.clawBacks)
	if err != nil {
		return err
	}
	debts, err := values(ctx, k.debts)
	if err != nil {
		return err
	}
	record := func(id string) (types.Record, error) { return k.Record(ctx, id) }
	if err := types.CheckClawBacks(backs, debts, record); err != nil {
		return errorsmod.Wrapf(types.ErrInvariant, "claw-backs: %s", err)
	}
	for _, index := range []struct {
		name string
		keys debtIndex
		of   func(types.Debt) uint32
	}{
		{"by debtor", k.byDebtor, func(d types.Debt) uint32 { return d.Debtor }},
		{"by creditor", k.byCreditor, func(d types.Debt) uint32 { return d.Creditor }},
	} {
		count := 0
		err := index.keys.Walk(ctx, nil, func(key collections.Pair[uint32, string]) (bool, error) {
			count++
			d, err := k.Debt(ctx, key.K2())
			if err == nil && index.of(d) != key.K1() {
				err = errorsmod.Wrapf(valid.ErrInvalid, "%s stands under %06d", d.Id, key.K1())
			}
			return false, err
		})
		if err != nil || count != len(debts) {
			return errorsmod.Wrapf(types.ErrInvariant, "debts %s: expected %d, got %d (%v)", index.name, len(debts), count, err)
		}
	}
	return nil
}
