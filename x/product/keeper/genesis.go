package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/product/types"
)

// InitGenesis writes a genesis, if it is valid; sequences and indexes derive from it.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	for _, s := range g.Scenarios { // ids ascend, so an owner's last one sets its sequence
		_, seq, err := types.ParseScenarioID("id", s.Id)
		if err != nil {
			return err
		}
		if err := k.putScenario(ctx, s, seq); err != nil {
			return err
		}
	}
	rest := g.Versions
	for _, p := range g.Products {
		_, seq, err := ids.ParseOwned("id", p.Id)
		if err != nil {
			return err
		}
		if err := k.productSequence.Set(ctx, p.Owner, seq); err != nil {
			return err
		}
		if err := k.initVersions(ctx, p, rest[:p.Version]); err != nil {
			return err
		}
		rest = rest[p.Version:]
	}
	return nil
}

// initVersions writes a product with all its versions.
func (k *Keeper) initVersions(ctx context.Context, p types.Product, versions []types.Version) error {
	for _, v := range versions {
		if err := k.putVersion(ctx, p, v); err != nil {
			return err
		}
		if v.Version != p.ListedVersion {
			continue
		}
		if err := k.offer(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis reads the whole state, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	g := &types.GenesisState{}
	if err := collect(ctx, k.scenarios, &g.Scenarios); err != nil {
		return nil, err
	}
	if err := collect(ctx, k.products, &g.Products); err != nil {
		return nil, err
	}
	if err := collect(ctx, k.versions, &g.Versions); err != nil {
		return nil, err
	}
	return g, nil
}

// collect appends every value of a collection.
func collect[K, V any](ctx context.Context, from collections.Map[K, V], to *[]V) error {
	return from.Walk(ctx, nil, func(_ K, v V) (bool, error) {
		*to = append(*to, v)
		return false, nil
	})
}
