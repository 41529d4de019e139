package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// BeginSeats does what a block begins with: evidence and missed blocks that
// CometBFT tells, changes of keys that are due, suspensions that waited, and
// sets that are out of trust. Each looks at no more than all seats.
func (k *Keeper) BeginSeats(ctx context.Context) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	if info := sdk.UnwrapSDKContext(ctx).CometInfo(); info != nil { // nil outside of blocks
		k.takeEvidence(ctx, info.GetEvidence())
		if err := k.takeVotes(ctx, info.GetLastCommit().Votes(), params); err != nil {
			return err
		}
	}
	if err := k.rotateDue(ctx); err != nil {
		return err
	}
	if err := k.suspendPending(ctx); err != nil {
		return err
	}
	return k.pruneSets(ctx, params.TrustingPeriod)
}

// isolated runs the work for one seat. When it fails or panics it leaves
// nothing behind but a line in the log, and stands in nobody's way.
func (k *Keeper) isolated(ctx context.Context, what string, run func(ctx context.Context) error) {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	cached, write := sdkCtx.CacheContext()
	if err := recovered(cached, run); err != nil {
		sdkCtx.Logger().Error(what+" failed", "module", types.ModuleName, "err", err)
		return
	}
	write()
}

// recovered turns a panic into an error.
func recovered(ctx context.Context, run func(ctx context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errorsmod.Wrapf(types.ErrPanic, "%v", r)
		}
	}()
	return run(ctx)
}
