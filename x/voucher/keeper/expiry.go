package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

const (
	// firstRetry and longestRetry bound the wait after a failure, in seconds: a minute
	// after the first attempt, twice as long after each further one, at most a day.
	firstRetry   = 60
	longestRetry = 24 * 60 * 60
)

// BeginBlock ends the requests whose time is over, the earliest first, at most as many
// as the parameters allow; the rest wait for the next block. Each runs by itself: one
// that fails leaves nothing behind, is set aside with its error and tried again later.
func (k *Keeper) BeginBlock(ctx context.Context) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	params, err := k.requests.params.Get(ctx)
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
			if err := k.setAside(sdkCtx, entry, failed); err != nil {
				return err
			}
			continue
		}
		write()
	}
	return nil
}

// due lists the first entries of the queue up to now.
func (k *Keeper) due(ctx context.Context, now int64, limit int) ([]collections.Pair[uint64, string], error) {
	var due []collections.Pair[uint64, string]
	err := k.requests.queue.Walk(ctx, collections.NewPrefixUntilPairRange[uint64, string](uint64(now)),
		func(entry collections.Pair[uint64, string]) (bool, error) {
			due = append(due, entry)
			return len(due) >= limit, nil
		})
	return due, err
}

// expire ends a request that nobody answered. A panic is an error.
func (k *Keeper) expire(ctx context.Context, number string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errorsmod.Wrapf(types.ErrPanic, "%v", r)
		}
	}()
	r, err := k.Request(ctx, number)
	if err != nil {
		return err
	}
	return k.closeRequest(ctx, r, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_EXPIRED})
}

// setAside notes that a request could not be ended and puts it back into the queue,
// later, where it stands in nobody's way.
func (k *Keeper) setAside(ctx sdk.Context, entry collections.Pair[uint64, string], failed error) error {
	number := entry.K2()
	f, err := k.requests.failures.Get(ctx, number)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	f.Number, f.Height = number, ctx.BlockHeight()
	f.Attempts++
	f.RetryAt = ctx.BlockTime().Unix() + retryAfter(f.Attempts)
	f.Codespace, f.Code, f.Error = describe(failed)
	if err := k.requests.queue.Remove(ctx, entry); err != nil {
		return err
	}
	if err := k.requests.queue.Set(ctx, collections.Join(uint64(f.RetryAt), number)); err != nil {
		return err
	}
	if err := k.requests.failures.Set(ctx, number, f); err != nil {
		return err
	}
	ctx.Logger().Error("a request for a reversal could not be ended and is set aside", "module", types.ModuleName, "voucher", number, "attempts", f.Attempts, "err", failed)
	return ctx.EventManager().EmitTypedEvent(&types.EventExpirySetAside{
		Number: number, Codespace: f.Codespace, Code: f.Code, Attempts: f.Attempts, RetryAt: f.RetryAt,
	})
}

// retryAfter is the wait after so many attempts, in seconds.
func retryAfter(attempts uint32) int64 {
	wait := int64(firstRetry)
	for i := uint32(1); i < attempts && wait < longestRetry; i++ {
		wait *= 2
	}
	return min(wait, longestRetry)
}

// describe tells an error by what all nodes agree on: the codespace, code and text
// under which it was registered. Text made on the way stays out of state.
func describe(err error) (codespace string, code uint32, text string) {
	codespace, code, _ = errorsmod.ABCIInfo(err, false)
	var registered *errorsmod.Error
	if errors.As(err, &registered) {
		text = registered.Error()
	}
	if valid.Text("error", text, 1, types.MaxFailureText) != nil {
		text = "internal error"
	}
	return codespace, code, text
}
