package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Check recounts the module's state: everything that a genesis must fulfil, and that the
// queue holds the QUEUED entries and nothing else. It wraps ErrInconsistent or what
// GenesisState.Validate finds.
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	queued := 0
	for _, e := range g.Outbox {
		if e.Status != types.OUTBOX_STATUS_QUEUED {
			continue
		}
		queued++
		has, err := k.queue.Has(ctx, placeOf(e))
		if err != nil {
			return err
		}
		if !has {
			return errorsmod.Wrapf(types.ErrInconsistent, "%s %s for %s is QUEUED but not in the queue", e.Kind, e.Id, e.ChainId)
		}
	}
	places := 0
	err = k.queue.Walk(ctx, nil, func(queueKey) (bool, error) {
		places++
		return false, nil
	})
	if err != nil {
		return err
	}
	if places != queued {
		return errorsmod.Wrapf(types.ErrInconsistent, "expected %d places in the queue, one for each QUEUED entry, got %d", queued, places)
	}
	return nil
}
