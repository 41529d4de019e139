package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// PruneSetsLimit is how many sets that no light client trusts any more a block forgets at most.
const PruneSetsLimit = 10

// setHistory returns the sets that light clients may trust, oldest first: back to
// the last one that began anew, and to the last that is out of trust. It reads
// at most types.MaxSets and one, which is all that the guard needs.
func (k *Keeper) setHistory(ctx context.Context, trustingPeriod int64) ([]types.SetRecord, error) {
	now := sdk.UnwrapSDKContext(ctx).BlockTime().Unix()
	var sets []types.SetRecord
	newestFirst := new(collections.Range[uint64]).Descending()
	err := k.validators.sets.Walk(ctx, newestFirst, func(_ uint64, set types.SetRecord) (stop bool, err error) {
		if len(sets) > 0 && sets[len(sets)-1].Time+trustingPeriod < now {
			return true, nil
		}
		sets = append(sets, set)
		return set.Anew || len(sets) > types.MaxSets, nil
	})
	slices.Reverse(sets)
	return sets, err
}

// judge asks the guard whether the validator set may become next in this block.
func (k *Keeper) judge(ctx context.Context, next types.Keys) (types.Verdict, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return types.Verdict{}, err
	}
	history, err := k.setHistory(ctx, params.TrustingPeriod)
	if err != nil {
		return types.Verdict{}, err
	}
	if len(history) > 0 && next.Equal(history[len(history)-1].Keys) {
		return types.Verdict{Safe: true}, nil // nothing changes
	}
	return types.JudgeChange(history, next, sdk.UnwrapSDKContext(ctx).BlockTime().Unix(), params.TrustingPeriod), nil
}

// pass lets a change of the set through, or wraps ErrLastSeat or
// ErrUnsafeChange. It returns the height at whose header light clients must be
// updated when an unsafe change was accepted, else 0.
func (k *Keeper) pass(ctx context.Context, next types.Keys, acceptUnsafe bool) (updateClients int64, err error) {
	if len(next) == 0 {
		return 0, errorsmod.Wrap(types.ErrLastSeat, "expected at least one active seat after the change; grant another seat first")
	}
	verdict, err := k.judge(ctx, next)
	if err != nil || verdict.Safe {
		return 0, err
	}
	if !acceptUnsafe {
		return 0, errorsmod.Wrapf(types.ErrUnsafeChange, "to %d validators: %s", len(next), verdict.Explain())
	}
	return announcedAt(ctx), nil
}

// announcedAt is the height of the header that announces a set told in this block.
func announcedAt(ctx context.Context) int64 { return sdk.UnwrapSDKContext(ctx).BlockHeight() + 1 }

// recordSet remembers the set that CometBFT is told in this block. When light
// clients may not be able to follow, which the council has then accepted, the
// history begins anew with it and everybody is told to update clients.
func (k *Keeper) recordSet(ctx context.Context, keys types.Keys) error {
	verdict, err := k.judge(ctx, keys)
	if err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	set := types.SetRecord{Height: sdkCtx.BlockHeight(), Time: sdkCtx.BlockTime().Unix(), Keys: keys, Anew: !verdict.Safe}
	if err := k.validators.sets.Set(ctx, uint64(set.Height), set); err != nil || verdict.Safe {
		return err
	}
	return sdkCtx.EventManager().EmitTypedEvent(&types.EventUpdateClients{Height: announcedAt(ctx)})
}

// pruneSets forgets the oldest sets that no light client trusts any more, at
// most PruneSetsLimit. The set before the latest one outlives the block of the
// change in any case: an export of that block needs it.
func (k *Keeper) pruneSets(ctx context.Context, trustingPeriod int64) error {
	now := sdk.UnwrapSDKContext(ctx).BlockTime().Unix()
	var oldest []types.SetRecord
	err := k.validators.sets.Walk(ctx, nil, func(_ uint64, set types.SetRecord) (stop bool, err error) {
		oldest = append(oldest, set)
		return len(oldest) > PruneSetsLimit, nil
	})
	if err != nil {
		return err
	}
	useless := 0
	for i := 1; i < len(oldest); i++ {
		if oldest[i].Anew || oldest[i].Time+trustingPeriod < now {
			useless = i
		}
	}
	for _, set := range oldest[:useless] {
		if err := k.validators.sets.Remove(ctx, uint64(set.Height)); err != nil {
			return err
		}
	}
	return nil
}
