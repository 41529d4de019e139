package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Check recounts the module's state: everything that a genesis must fulfil, that the
// queue holds the QUEUED entries and nothing else, and the unanswered the statuses and
// terms that are PENDING. It wraps ErrInconsistent or what
// GenesisState.Validate finds.
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.checkTold(ctx, g); err != nil {
		return err
	}
	queued, waiting := 0, 0
	for _, e := range g.Outbox {
		has := true
		switch {
		case e.Status == types.OUTBOX_STATUS_QUEUED:
			queued++
			has, err = k.queue.Has(ctx, placeOf(e))
		case e.Status == types.OUTBOX_STATUS_PENDING && e.Kind.Insistent():
			waiting++
			has, err = k.unanswered.Has(ctx, waitOf(e))
		}
		if err != nil {
			return err
		}
		if !has {
			return errorsmod.Wrapf(types.ErrInconsistent, "%s %s for %s is %s but has no place", e.Kind, e.Id, e.ChainId, e.Status)
		}
	}
	if err := expectCount(ctx, k.queue, queued, "in the queue, one for each QUEUED entry"); err != nil {
		return err
	}
	return expectCount(ctx, k.unanswered, waiting, "among the unanswered, one for each PENDING status or terms")
}

// expectCount counts the places of an index.
func expectCount[K any](ctx context.Context, index collections.KeySet[K], expected int, what string) error {
	places := 0
	err := index.Walk(ctx, nil, func(K) (bool, error) {
		places++
		return false, nil
	})
	if err != nil {
		return err
	}
	if places != expected {
		return errorsmod.Wrapf(types.ErrInconsistent, "expected %d places %s, got %d", expected, what, places)
	}
	return nil
}
