package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// InitGenesis writes a genesis, if it is valid.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, r := range g.Reviews { // rounds ascend, so the last one saved is the latest
		if err := k.save(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis reads the whole state, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params}
	err = k.reviews.Walk(ctx, nil, func(_ roundKey, r types.Review) (bool, error) {
		g.Reviews = append(g.Reviews, r)
		return false, nil
	})
	return g, err
}
