package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// Check verifies that what stands in the module account is what is owed from
// it, that the supply of fen is what the banks owe, and that what was clawed
// back was paid or became a debt. Within a block it counts what has accrued, so it holds after every message; only between Flush
// and bank's EndBlock it does not. It reads all open items: not for handlers.
// It returns ErrInvariant.
func (k *Keeper) Check(ctx context.Context) error {
	owed, err := k.owed(ctx)
	if err != nil {
		return err
	}
	held := k.balance(ctx, k.Accounts.GetModuleAddress(types.ModuleName))
	in, payments := k.accrued(ctx)
	for _, s := range in.sources {
		held = held.Add(s.amount)
	}
	for _, p := range payments {
		owed = owed.Add(p.amount)
	}
	if !held.Equal(owed) {
		return errorsmod.Wrapf(types.ErrInvariant, "module account: expected the %s fen owed from it, got %s", owed, held)
	}
	issued, err := sum(ctx, k.ledgers, func(l types.BankLedger) math.Int { return l.Outstanding })
	if err != nil {
		return err
	}
	if supply := k.supply(ctx); !supply.Equal(issued) {
		return errorsmod.Wrapf(types.ErrInvariant, "supply: expected the %s fen that banks owe, got %s", issued, supply)
	}
	return k.checkClawBacks(ctx)
}

// owed is the sum of escrows, withdrawals and unpaid claims.
func (k *Keeper) owed(ctx context.Context) (math.Int, error) {
	escrows, err := sum(ctx, k.escrows, func(e types.Escrow) math.Int { return e.Amount })
	if err != nil {
		return math.Int{}, err
	}
	withdrawals, err := sum(ctx, k.withdrawals, func(w types.Withdrawal) math.Int { return w.Amount })
	if err != nil {
		return math.Int{}, err
	}
	unpaid, err := sum(ctx, k.unpaid, func(u types.Unpaid) math.Int { return u.Amount })
	if err != nil {
		return math.Int{}, err
	}
	return escrows.Add(withdrawals).Add(unpaid), nil
}

func sum[K, V any](ctx context.Context, m collections.Map[K, V], amount func(V) math.Int) (math.Int, error) {
	total := math.ZeroInt()
	err := m.Walk(ctx, nil, func(_ K, v V) (bool, error) {
		total = total.Add(amount(v))
		return false, nil
	})
	return total, err
}
