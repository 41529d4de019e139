package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/product/types"
)

// ListedVersion returns a product and a version of it that is the listed one.
// ErrProductNotFound; ErrNotListed for any other version.
func (k *Keeper) ListedVersion(ctx context.Context, product string, version uint32) (types.Product, types.Version, error) {
	p, err := k.product(ctx, product)
	if err != nil {
		return types.Product{}, types.Version{}, err
	}
	if version == 0 || p.ListedVersion != version {
		return types.Product{}, types.Version{}, errorsmod.Wrapf(types.ErrNotListed, "product %s: expected its listed version %d (0: none), got %d",
			p.Id, p.ListedVersion, version)
	}
	v, err := k.version(ctx, product, version)
	if err != nil {
		return types.Product{}, types.Version{}, err
	}
	return p, v, nil
}

// scenario returns the scenario with an id. ErrScenarioNotFound
func (k *Keeper) scenario(ctx context.Context, id string) (types.Scenario, error) {
	s, err := k.scenarios.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Scenario{}, errorsmod.Wrapf(types.ErrScenarioNotFound, "%q", id)
	}
	return s, err
}

// product returns the product with an id. ErrProductNotFound
func (k *Keeper) product(ctx context.Context, id string) (types.Product, error) {
	p, err := k.products.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Product{}, errorsmod.Wrapf(types.ErrProductNotFound, "%q", id)
	}
	return p, err
}

// version returns a version of a product. ErrVersionNotFound
func (k *Keeper) version(ctx context.Context, product string, version uint32) (types.Version, error) {
	v, err := k.versions.Get(ctx, collections.Join(product, version))
	if errors.Is(err, collections.ErrNotFound) {
		return types.Version{}, errorsmod.Wrapf(types.ErrVersionNotFound, "product %q version %d", product, version)
	}
	return v, err
}

// next returns an owner's next sequence, without taking it. ErrExhausted
func next(ctx context.Context, sequence collections.Map[uint32, uint32], owner uint32) (uint32, error) {
	last, err := sequence.Get(ctx, owner)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return 0, err
	}
	if last >= ids.MaxSequence {
		return 0, errorsmod.Wrapf(types.ErrExhausted, "member %06d: expected a sequence of at most %d", owner, ids.MaxSequence)
	}
	return last + 1, nil
}

// putScenario stores a new scenario under its owner's next sequence.
func (k *Keeper) putScenario(ctx context.Context, s types.Scenario, seq uint32) error {
	if err := k.scenarios.Set(ctx, s.Id, s); err != nil {
		return err
	}
	if err := k.scenarioSequence.Set(ctx, s.Owner, seq); err != nil {
		return err
	}
	return k.exchanges.Set(ctx, collections.Join(s.Exchange, s.Id))
}

// putVersion stores a product and a version of it.
func (k *Keeper) putVersion(ctx context.Context, p types.Product, v types.Version) error {
	if err := k.products.Set(ctx, p.Id, p); err != nil {
		return err
	}
	return k.versions.Set(ctx, collections.Join(v.Product, v.Version), v)
}

// offer enters a version in its zones.
func (k *Keeper) offer(ctx context.Context, v types.Version) error {
	for _, z := range v.Zones {
		if err := k.zones.Set(ctx, inZone(z, v.Product)); err != nil {
			return err
		}
	}
	return nil
}

// withdraw takes a version out of its zones.
func (k *Keeper) withdraw(ctx context.Context, v types.Version) error {
	for _, z := range v.Zones {
		if err := k.zones.Remove(ctx, inZone(z, v.Product)); err != nil {
			return err
		}
	}
	return nil
}
