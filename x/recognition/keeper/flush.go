package keeper

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Flush runs at the end of a block: it sends one packet to each counterparty for which
// something is queued, to at most Params.MaxPacketsPerBlock of them, which take turns.
// A counterparty to which nothing can be sent keeps its queue and is left alone for a
// while; it never stops the block or the others. The errors that are returned are the
// store's own.
func (k *Keeper) Flush(goCtx context.Context) error {
	ctx := sdk.UnwrapSDKContext(goCtx)
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	chains, err := k.inTurn(ctx)
	if err != nil {
		return err
	}
	tried := uint32(0)
	for _, chain := range chains {
		if tried == params.MaxPacketsPerBlock {
			break
		}
		if err := k.takeUp(ctx, chain); err != nil {
			return err
		}
		due, err := k.isDue(ctx, chain)
		if err != nil {
			return err
		}
		if !due {
			continue
		}
		tried++
		if err := k.try(ctx, chain, params); err != nil {
			return err
		}
		if err := k.lastTried.Set(ctx, chain); err != nil {
			return err
		}
	}
	return nil
}

// inTurn lists all counterparties, beginning after the one that was tried last.
func (k *Keeper) inTurn(ctx context.Context) ([]string, error) {
	last, err := k.lastTriedOrNone(ctx)
	if err != nil {
		return nil, err
	}
	var after, before []string
	err = k.agreements.Walk(ctx, nil, func(chain string, _ types.Agreement) (bool, error) {
		if chain > last {
			after = append(after, chain)
		} else {
			before = append(before, chain)
		}
		return false, nil
	})
	return append(after, before...), err
}

// lastTriedOrNone is the chain that was tried last, empty when none was.
func (k *Keeper) lastTriedOrNone(ctx context.Context) (string, error) {
	last, err := k.lastTried.Get(ctx)
	if errors.Is(err, collections.ErrNotFound) {
		return "", nil
	}
	return last, err
}

// isDue says whether something is queued for a chain that may leave, and no backoff
// forbids to try.
func (k *Keeper) isDue(ctx sdk.Context, chain string) (bool, error) {
	backoff, found, err := find(ctx, k.backoffs, chain)
	if err != nil || found && ctx.BlockHeight() < backoff.UntilHeight {
		return false, err
	}
	a, err := k.agreements.Get(ctx, chain)
	if err != nil || !a.HasRoute() {
		return false, err
	}
	places, err := k.queued(ctx, a, 1)
	return len(places) > 0, err
}

// queued lists the first places in the queue of an agreement's chain: lane by lane, the
// second only while the agreement holds.
func (k *Keeper) queued(ctx sdk.Context, a types.Agreement, limit int) ([]queueKey, error) {
	var out []queueKey
	for lane := laneInsistent; lane <= lanePresented && len(out) < limit; lane++ {
		if lane == lanePresented && !a.Live(ctx.BlockTime()) {
			break
		}
		err := k.queue.Walk(ctx, collections.NewSuperPrefixedQuadRange[string, uint32, int64, string](a.ChainId, lane), func(place queueKey) (bool, error) {
			out = append(out, place)
			return len(out) == limit, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// takeUp queues again what was sent over routes that the agreement with a chain has left
// and was not answered there, at most MaxRecords.
func (k *Keeper) takeUp(ctx sdk.Context, chain string) error {
	var left []leftKey
	err := k.left.Walk(ctx, collections.NewPrefixedPairRange[string, string](chain), func(key leftKey) (bool, error) {
		left = append(left, key)
		return true, nil
	})
	if err != nil || len(left) == 0 {
		return err
	}
	var waiting []unansweredKey
	rng := collections.NewSuperPrefixedTripleRange[string, string, string](chain, left[0].K2())
	err = k.unanswered.Walk(ctx, rng, func(key unansweredKey) (bool, error) {
		waiting = append(waiting, key)
		return len(waiting) == types.MaxRecords, nil
	})
	if err != nil {
		return err
	}
	for _, key := range waiting {
		e, err := k.outbox.Get(ctx, entryOf(chain, key.K3()))
		if err != nil {
			return err
		}
		if err := k.enqueue(ctx, chain, e.Kind, e.Id); err != nil {
			return err
		}
	}
	if len(waiting) == types.MaxRecords {
		return nil
	}
	return k.left.Remove(ctx, left[0])
}

// try sends a packet in a context of its own. What fails or panics there leaves nothing
// behind but a longer backoff.
func (k *Keeper) try(ctx sdk.Context, chain string, params types.Params) error {
	attempt, write := ctx.CacheContext()
	err := guarded(func() error { return k.sendNext(attempt, chain, params) })
	if err != nil {
		return k.backOff(ctx, chain, params, err)
	}
	write()
	return k.backoffs.Remove(ctx, chain)
}

// backOff doubles the time until the next attempt.
func (k *Keeper) backOff(ctx sdk.Context, chain string, params types.Params, cause error) error {
	backoff, _, err := find(ctx, k.backoffs, chain)
	if err != nil {
		return err
	}
	backoff.ChainId = chain
	backoff.Failures++
	backoff.UntilHeight = ctx.BlockHeight() + params.Wait(backoff.Failures)
	if err := k.backoffs.Set(ctx, chain, backoff); err != nil {
		return err
	}
	ctx.Logger().Error("nothing sent", "module", types.ModuleName, "chain", chain, "failures", backoff.Failures, "until", backoff.UntilHeight, "error", cause)
	return emit(ctx, &types.EventSendFailed{
		ChainId: chain, Failures: backoff.Failures, UntilHeight: backoff.UntilHeight, Error: errorCode(cause),
	})
}

// guarded turns a panic into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errorsmod.Wrapf(types.ErrPanic, "%v", r)
		}
	}()
	return f()
}

// errorCode is what state and events may say of an error: never its text.
func errorCode(err error) string {
	codespace, code, _ := errorsmod.ABCIInfo(err, false)
	return fmt.Sprintf("%s/%d", codespace, code)
}
