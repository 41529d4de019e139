package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// Check walks the whole state: every review is consistent with its opinions,
// rounds have no gaps, and the pointers and marks are those of the latest
// rounds. It is for tests and for watchers, never for a handler. ErrInconsistent
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return errorsmod.Wrap(types.ErrInconsistent, err.Error())
	}
	versions, waiting := 0, 0
	for i, r := range g.Reviews {
		if i+1 < len(g.Reviews) && g.Reviews[i+1].Product == r.Product && g.Reviews[i+1].Version == r.Version {
			continue
		}
		versions++
		key, pending := collections.Join(r.Product, r.Version), r.Status == types.REVIEW_STATUS_PENDING
		if pending {
			waiting++
		}
		round, err := k.latest.Get(ctx, key)
		if err != nil {
			return err
		}
		marked, err := k.pending.Has(ctx, key)
		if err != nil {
			return err
		}
		if round != r.Round || marked != pending {
			return errorsmod.Wrapf(types.ErrInconsistent, "%s version %d: latest round %d, pointer to %d; status %s, marked as pending: %t",
				r.Product, r.Version, r.Round, round, r.Status, marked)
		}
	}
	return k.checkCounts(ctx, versions, waiting)
}

// checkCounts finds pointers and marks that belong to no review.
func (k *Keeper) checkCounts(ctx context.Context, versions, waiting int) error {
	err := k.latest.Walk(ctx, nil, func(versionKey, uint32) (bool, error) {
		versions--
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.pending.Walk(ctx, nil, func(versionKey) (bool, error) {
		waiting--
		return false, nil
	})
	if err != nil {
		return err
	}
	if versions != 0 || waiting != 0 {
		return errorsmod.Wrapf(types.ErrInconsistent, "%d pointers and %d pending marks too many", -versions, -waiting)
	}
	return nil
}
