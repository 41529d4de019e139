package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// MarkDoubt notes that a light client was told two stories, and that everything above a
// height of it is in doubt. It is one write; records are compared with it when they are used.
func (k *Keeper) MarkDoubt(ctx sdk.Context, clientID string, above uint64) error {
	doubt, _, err := find(ctx, k.doubts, clientID)
	if err != nil {
		return err
	}
	doubt.ClientId = clientID
	doubt = doubt.Mark(above, ctx.BlockHeight(), ctx.BlockTime().Unix())
	return k.putDoubt(ctx, doubt)
}

func (k *Keeper) putDoubt(ctx context.Context, doubt types.ClientDoubt) error {
	if err := k.doubts.Set(ctx, doubt.ClientId, doubt); err != nil {
		return err
	}
	return emit(ctx, &types.EventClientInDoubt{ClientId: doubt.ClientId, AboveHeight: doubt.Ranges[len(doubt.Ranges)-1].AboveHeight})
}

// MarkRecovered notes that a client in doubt was recovered, and goes on from a height of
// its chain. What it trusted above the mark is forgotten. What rests on it from now on
// stands; what was in doubt remains so until it is reaffirmed.
func (k *Keeper) MarkRecovered(ctx sdk.Context, clientID string, latest uint64) error {
	doubt, found, err := find(ctx, k.doubts, clientID)
	if err != nil || !found || !doubt.Open() {
		return err
	}
	last := &doubt.Ranges[len(doubt.Ranges)-1]
	last.RecoveredHeight, last.RecoveredClientHeight = ctx.BlockHeight(), latest
	k.States.Forget(ctx, clientID, last.AboveHeight, ctx.BlockHeight(), latest)
	if err := k.doubts.Set(ctx, clientID, doubt); err != nil {
		return err
	}
	return emit(ctx, &types.EventClientRecovered{ClientId: clientID})
}

// suspect says whether a client's mark puts evidence in doubt.
func (k *Keeper) suspect(ctx context.Context, e types.Evidence) (bool, error) {
	doubt, found, err := find(ctx, k.doubts, e.ClientId)
	return found && doubt.Covers(e), err
}
