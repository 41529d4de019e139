package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// BeginBlock lets resolutions expire whose deadline has passed, the earliest
// first, at most as many as the parameters allow. One that cannot be read
// leaves the queue with an error in the log: it takes no votes any more either way.
func (k *Keeper) BeginBlock(ctx context.Context) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	due, err := k.due(ctx, sdkCtx.BlockTime().Unix(), int(params.MaxExpiriesPerBlock))
	if err != nil {
		return err
	}
	for _, entry := range due {
		cached, write := sdkCtx.CacheContext()
		if failed := k.expire(cached, entry.K2()); failed != nil {
			sdkCtx.Logger().Error("a resolution cannot expire and is set aside", "module", types.ModuleName, "resolution", entry.K2(), "err", failed)
			if err := k.queue.Remove(ctx, entry); err != nil {
				return err
			}
			continue
		}
		write()
	}
	return nil
}

// due lists the first entries of the queue before now.
func (k *Keeper) due(ctx context.Context, now int64, limit int) ([]queueKey, error) {
	var due []queueKey
	err := k.queue.Walk(ctx, collections.NewPrefixUntilPairRange[uint64, uint64](uint64(now-1)), func(entry queueKey) (bool, error) {
		due = append(due, entry)
		return len(due) >= limit, nil
	})
	return due, err
}

// expire ends a resolution whose deadline has passed. A panic is an error.
func (k *Keeper) expire(ctx sdk.Context, id uint64) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errorsmod.Wrapf(types.ErrPanic, "%v", r)
		}
	}()
	r, err := k.Resolution(ctx, id)
	if err != nil {
		return err
	}
	return k.transition(ctx, &r, types.RESOLUTION_STATUS_EXPIRED)
}
