package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// Transition moves a resolution, for tests of the moves.
func (k *Keeper) Transition(ctx sdk.Context, r *types.Resolution, to types.ResolutionStatus) error {
	return k.transition(ctx, r, to)
}

// Breakage breaks one thing in a state with the open resolution 1, by name.
var Breakage = map[string]func(k *Keeper, ctx context.Context) error{
	"the next id is taken": func(k *Keeper, ctx context.Context) error { return k.next.Set(ctx, 1) },
	"an open resolution is not in the queue": func(k *Keeper, ctx context.Context) error {
		return k.queue.Clear(ctx, nil)
	},
	"the queue has one too many": func(k *Keeper, ctx context.Context) error {
		return k.queue.Set(ctx, collections.Join(uint64(1), uint64(1)))
	},
	"a resolution is not under its panel": func(k *Keeper, ctx context.Context) error {
		return k.byPanel.Remove(ctx, collections.Join(types.Council, uint64(1)))
	},
	"a resolution stands under another panel": func(k *Keeper, ctx context.Context) error {
		return k.byPanel.Set(ctx, collections.Join(types.Committee, uint64(1)))
	},
	"a ballot is of no resolution": func(k *Keeper, ctx context.Context) error {
		return k.ballots.Set(ctx, collections.Join(uint64(77), uint32(1)), types.Ballot{Member: 1, Option: types.VOTE_OPTION_NO})
	},
	"a ballot decides what is open": func(k *Keeper, ctx context.Context) error {
		for member := uint32(1); member < 4; member++ {
			err := k.ballots.Set(ctx, collections.Join(uint64(1), member), types.Ballot{Member: member, Option: types.VOTE_OPTION_NO, Height: 1})
			if err != nil {
				return err
			}
		}
		return nil
	},
}
