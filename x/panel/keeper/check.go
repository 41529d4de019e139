package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/panel/types"
)

// Check recounts what is kept twice: every record is valid, its status is what
// its ballots say, the next id is one above the last; the queue holds exactly
// the resolutions that wait, each at its deadline; every resolution stands under
// its panel; every ballot is of a resolution. It reads the whole store. Errors
// wrap ErrBroken, or what the records' Validate finds.
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	next, err := k.next.Get(ctx)
	if err != nil {
		return err
	}
	if next != uint64(len(g.Resolutions)+1) {
		return errorsmod.Wrapf(types.ErrBroken, "expected %d as the next id, got %d", len(g.Resolutions)+1, next)
	}
	waiting, ballots := 0, 0
	for _, record := range g.Resolutions {
		r := record.Resolution
		ballots += len(record.Ballots)
		indexed, err := k.byPanel.Has(ctx, collections.Join(r.Panel, r.Id))
		if err != nil {
			return err
		}
		if !indexed {
			return errorsmod.Wrapf(types.ErrBroken, "resolution %d does not stand under panel %s", r.Id, r.Panel)
		}
		if !r.Waiting() {
			continue
		}
		waiting++
		queued, err := k.queue.Has(ctx, collections.Join(uint64(r.Deadline), r.Id))
		if err != nil {
			return err
		}
		if !queued {
			return errorsmod.Wrapf(types.ErrBroken, "resolution %d is not in the queue at %d", r.Id, r.Deadline)
		}
	}
	return k.checkCounts(ctx, len(g.Resolutions), waiting, ballots)
}

func (k *Keeper) checkCounts(ctx context.Context, resolutions, waiting, ballots int) error {
	indexed, queued, cast := 0, 0, 0
	err := k.byPanel.Walk(ctx, nil, func(panelKey) (bool, error) { indexed++; return false, nil })
	if err != nil {
		return err
	}
	err = k.queue.Walk(ctx, nil, func(queueKey) (bool, error) { queued++; return false, nil })
	if err != nil {
		return err
	}
	err = k.ballots.Walk(ctx, nil, func(ballotKey, types.Ballot) (bool, error) { cast++; return false, nil })
	if err != nil {
		return err
	}
	if indexed != resolutions || queued != waiting || cast != ballots {
		return errorsmod.Wrapf(types.ErrBroken, "expected %d in the index, %d in the queue and %d ballots, got %d, %d and %d",
			resolutions, waiting, ballots, indexed, queued, cast)
	}
	return nil
}
