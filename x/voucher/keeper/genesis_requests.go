package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// initRequests writes parameters, open requests with their places in the queue, and failures.
func (k *Keeper) initRequests(ctx context.Context, g types.GenesisState) error {
	if err := k.requests.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, r := range g.Requests {
		if err := k.openRequest(ctx, r); err != nil {
			return err
		}
	}
	for _, f := range g.Failures {
		r, err := k.Request(ctx, f.Number)
		if err != nil {
			return err
		}
		if err := k.requests.queue.Remove(ctx, collections.Join(uint64(r.ExpiresAt), f.Number)); err != nil {
			return err
		}
		if err := k.requests.queue.Set(ctx, collections.Join(uint64(f.RetryAt), f.Number)); err != nil {
			return err
		}
		if err := k.requests.failures.Set(ctx, f.Number, f); err != nil {
			return err
		}
	}
	return nil
}

// exportRequests reads what initRequests writes.
func (k *Keeper) exportRequests(ctx context.Context, g *types.GenesisState) (err error) {
	if g.Params, err = k.requests.params.Get(ctx); err != nil {
		return err
	}
	err = k.requests.open.Walk(ctx, nil, func(_ string, r types.ReversalRequest) (bool, error) {
		g.Requests = append(g.Requests, r)
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.requests.failures.Walk(ctx, nil, func(_ string, f types.ExpiryFailure) (bool, error) {
		g.Failures = append(g.Failures, f)
		return false, nil
	})
}

// checkQueue verifies that the queue holds exactly the open requests, each where it should.
func (k *Keeper) checkQueue(ctx context.Context, g types.GenesisState) error {
	expected := make(map[string]int64, len(g.Requests))
	for _, r := range g.Requests {
		expected[r.Number] = r.ExpiresAt
	}
	for _, f := range g.Failures {
		expected[f.Number] = f.RetryAt
	}
	count := 0
	err := k.requests.queue.Walk(ctx, nil, func(entry collections.Pair[uint64, string]) (bool, error) {
		count++
		if due, found := expected[entry.K2()]; !found || uint64(due) != entry.K1() {
			return true, errorsmod.Wrapf(types.ErrInconsistent, "queue: expected %s at %d, got it at %d", entry.K2(), due, entry.K1())
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if count != len(expected) {
		return errorsmod.Wrapf(types.ErrInconsistent, "queue: expected %d open requests, got %d", len(expected), count)
	}
	return nil
}
