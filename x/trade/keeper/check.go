package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Check recounts what is kept twice: every contract is valid, counted by its
// seller's counter, and stands in both indexes; the queue holds exactly the
// contracts that wait, each at its deadline or at its next attempt; every
// failure is of a contract that waits. It reads the whole store. Errors wrap
// ErrInconsistent, or what the records' Validate finds.
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	open := 0
	for _, c := range g.Contracts {
		if err := k.checkIndexed(ctx, c); err != nil {
			return err
		}
		if !c.Status.Open() {
			continue
		}
		open++
		if err := k.checkQueued(ctx, c); err != nil {
			return err
		}
	}
	queued, err := count(ctx, k.queue)
	if err != nil {
		return err
	}
	sellers, err := count(ctx, k.bySeller)
	if err != nil {
		return err
	}
	buyers, err := count(ctx, k.byBuyer)
	if err != nil {
		return err
	}
	if queued != open || sellers != len(g.Contracts) || buyers != len(g.Contracts) {
		return errorsmod.Wrapf(types.ErrInconsistent, "expected %d in the queue and %d in each index, got %d, %d by seller and %d by buyer",
			open, len(g.Contracts), queued, sellers, buyers)
	}
	return nil
}

// checkQueued checks that a contract that waits stands in the queue where it should.
func (k *Keeper) checkQueued(ctx context.Context, c types.Contract) error {
	due := c.Deadline
	f, err := k.failures.Get(ctx, c.Id)
	if err == nil {
		due = f.RetryAt
	} else if !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	queued, err := k.queue.Has(ctx, collections.Join(uint64(due), c.Id))
	if err == nil && !queued {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%s is not in the queue at %d", c.Id, due)
	}
	return err
}

// checkIndexed checks that a contract is found by its seller and by its buyer.
func (k *Keeper) checkIndexed(ctx context.Context, c types.Contract) error {
	bySeller, err := k.bySeller.Has(ctx, collections.Join(c.Deal.Seller, c.Id))
	if err != nil {
		return err
	}
	byBuyer, err := k.byBuyer.Has(ctx, collections.Join(c.Deal.Buyer, c.Id))
	if err == nil && (!bySeller || !byBuyer) {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%s is missing from an index: by seller %t, by buyer %t", c.Id, bySeller, byBuyer)
	}
	return err
}

func count[K any](ctx context.Context, set collections.KeySet[K]) (int, error) {
	n := 0
	err := set.Walk(ctx, nil, func(K) (bool, error) {
		n++
		return false, nil
	})
	return n, err
}
