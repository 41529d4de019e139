package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/product/types"
)

// Check walks the whole state: records agree with each other, and sequences and
// indexes are what importing the records anew would make. It is for tests and
// for watchers, never for a handler. ErrInconsistent
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return errorsmod.Wrap(types.ErrInconsistent, err.Error())
	}
	scenarios, products := recount{}, recount{}
	for _, s := range g.Scenarios {
		scenarios.add(s.Owner)
	}
	for _, p := range g.Products {
		products.add(p.Owner)
	}
	if err := scenarios.compare(ctx, "scenario", k.scenarioSequence); err != nil {
		return err
	}
	if err := products.compare(ctx, "product", k.productSequence); err != nil {
		return err
	}
	if err := k.checkExchanges(ctx, g.Scenarios); err != nil {
		return err
	}
	return k.checkZones(ctx, g)
}

// recount counts the records of each owner; owners come in ascending order.
type recount []struct{ owner, count uint32 }

func (r *recount) add(owner uint32) {
	if n := len(*r); n > 0 && (*r)[n-1].owner == owner {
		(*r)[n-1].count++
		return
	}
	*r = append(*r, struct{ owner, count uint32 }{owner, 1})
}

// compare checks that the sequences say exactly what was counted.
func (r recount) compare(ctx context.Context, kind string, sequence collections.Map[uint32, uint32]) error {
	seen := 0
	err := sequence.Walk(ctx, nil, func(owner, last uint32) (bool, error) {
		if seen >= len(r) || r[seen].owner != owner || r[seen].count != last {
			return true, errorsmod.Wrapf(types.ErrInconsistent, "%s sequence of member %06d is %d, unlike its records", kind, owner, last)
		}
		seen++
		return false, nil
	})
	if err == nil && seen != len(r) {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%d owners with %s records, %d sequences", len(r), kind, seen)
	}
	return err
}

// checkExchanges checks that the index holds each scenario once, and nothing else.
func (k *Keeper) checkExchanges(ctx context.Context, scenarios []types.Scenario) error {
	for _, s := range scenarios {
		if err := has(ctx, k.exchanges, collections.Join(s.Exchange, s.Id), "exchange"); err != nil {
			return err
		}
	}
	return counts(ctx, k.exchanges, len(scenarios), "exchange")
}

// checkZones checks that the index holds each zone of each listed version, and nothing else.
func (k *Keeper) checkZones(ctx context.Context, g *types.GenesisState) error {
	want, rest := 0, g.Versions
	for _, p := range g.Products {
		if p.ListedVersion != 0 {
			for _, z := range rest[p.ListedVersion-1].Zones {
				if err := has(ctx, k.zones, inZone(z, p.Id), "zone"); err != nil {
					return err
				}
				want++
			}
		}
		rest = rest[p.Version:]
	}
	return counts(ctx, k.zones, want, "zone")
}

func has[K any](ctx context.Context, index collections.KeySet[K], key K, kind string) error {
	found, err := index.Has(ctx, key)
	if err == nil && !found {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%s index lacks %v", kind, key)
	}
	return err
}

func counts[K any](ctx context.Context, index collections.KeySet[K], want int, kind string) error {
	got := 0
	err := index.Walk(ctx, nil, func(K) (bool, error) {
		got++
		return false, nil
	})
	if err == nil && got != want {
		err = errorsmod.Wrapf(types.ErrInconsistent, "%s index has %d entries, its records ask for %d", kind, got, want)
	}
	return err
}
