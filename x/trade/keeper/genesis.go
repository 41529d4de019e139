package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/shugu-network/shugu/x/trade/types"
)

// InitGenesis writes a validated state and makes the queue and the indexes from it.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, c := range g.Counters {
		if err := k.counters.Set(ctx, c.Seller, c); err != nil {
			return err
		}
	}
	retries := make(map[string]int64, len(g.Failures))
	for _, f := range g.Failures {
		if err := k.failures.Set(ctx, f.Contract, f); err != nil {
			return err
		}
		retries[f.Contract] = f.RetryAt
	}
	for _, c := range g.Contracts {
		if err := k.contracts.Set(ctx, c.Id, c); err != nil {
			return err
		}
		if err := k.index(ctx, c); err != nil {
			return err
		}
		if !c.Status.Open() {
			continue
		}
		due := c.Deadline
		if retry, failed := retries[c.Id]; failed {
			due = retry
		}
		if err := k.queue.Set(ctx, collections.Join(uint64(due), c.Id)); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis reads the whole state, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params}
	if err := k.contracts.Walk(ctx, nil, func(_ string, c types.Contract) (bool, error) {
		g.Contracts = append(g.Contracts, c)
		return false, nil
	}); err != nil {
		return nil, err
	}
	if err := k.counters.Walk(ctx, nil, func(_ uint32, c types.Counter) (bool, error) {
		g.Counters = append(g.Counters, c)
		return false, nil
	}); err != nil {
		return nil, err
	}
	return g, k.failures.Walk(ctx, nil, func(_ string, f types.Failure) (bool, error) {
		g.Failures = append(g.Failures, f)
		return false, nil
	})
}
