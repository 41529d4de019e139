package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// InitGenesis writes a validated genesis state. It comes after auth's and
// bank's, and refuses with ErrInvariant a state whose coins bank does not hold.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	// Made here, so that no transaction writes the account that all of them read.
	if k.Accounts.GetModuleAccount(ctx, types.ModuleName) == nil {
		return errorsmod.Wrapf(types.ErrInvariant, "expected a module account %q", types.ModuleName)
	}
	if err := k.initTrades(ctx, g); err != nil {
		return err
	}
	if err := k.initMoney(ctx, g); err != nil {
		return err
	}
	return k.Check(ctx)
}

func (k *Keeper) initTrades(ctx context.Context, g *types.GenesisState) error {
	for _, r := range g.Records {
		if err := k.records.Set(ctx, r.Id, r); err != nil {
			return err
		}
	}
	for _, c := range g.ClawBacks {
		if err := k.clawBacks.Set(ctx, c.Settlement, c); err != nil {
			return err
		}
	}
	for _, d := range g.Debts {
		if err := k.addDebt(ctx, d); err != nil {
			return err
		}
	}
	for _, e := range g.Escrows {
		if err := k.escrows.Set(ctx, e.Id, e); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initMoney(ctx context.Context, g *types.GenesisState) error {
	for _, l := range g.Ledgers {
		if err := k.ledgers.Set(ctx, l.Bank, l); err != nil {
			return err
		}
	}
	for _, w := range g.Withdrawals {
		if err := k.withdrawals.Set(ctx, w.Id, w); err != nil {
			return err
		}
	}
	for _, d := range g.Deposits {
		if err := k.deposits.Set(ctx, depositKey(d), d); err != nil {
			return err
		}
	}
	for _, s := range g.Sequences {
		if err := k.sequences.Set(ctx, s.Member, s.Last); err != nil {
			return err
		}
	}
	for _, u := range g.Unpaid {
		if err := k.unpaid.Set(ctx, unpaidKey(u), u); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis reads the state between two blocks, in the order of the store.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	g := &types.GenesisState{}
	for _, export := range []func() error{
		func() (err error) { g.Records, err = values(ctx, k.records); return },
		func() (err error) { g.Escrows, err = values(ctx, k.escrows); return },
		func() (err error) { g.Ledgers, err = values(ctx, k.ledgers); return },
		func() (err error) { g.Deposits, err = values(ctx, k.deposits); return },
		func() (err error) { g.Withdrawals, err = values(ctx, k.withdrawals); return },
		func() (err error) { g.ClawBacks, err = values(ctx, k.clawBacks); return },
		func() (err error) { g.Debts, err = values(ctx, k.debts); return },
		func() (err error) { g.Unpaid, err = values(ctx, k.unpaid); return },
		func() error {
			return k.sequences.Walk(ctx, nil, func(member, last uint32) (bool, error) {
				g.Sequences = append(g.Sequences, types.WithdrawalSequence{Member: member, Last: last})
				return false, nil
			})
		},
	} {
		if err := export(); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	it, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	return it.Values() // closes the iterator
}
