package types

import (
	"slices"
	"strings"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// DefaultGenesis is an empty catalogue.
func DefaultGenesis() *GenesisState { return &GenesisState{} }

// Validate checks each record, the order and the counts, and what the records
// say of each other. Errors wrap valid.ErrInvalid.
func (g *GenesisState) Validate() error {
	var last counted
	for _, s := range g.Scenarios {
		if err := s.Validate(); err != nil {
			return err
		}
		owner, seq, err := ParseScenarioID("id", s.Id)
		if err != nil {
			return err
		}
		if err := last.next("scenarios", owner, seq); err != nil {
			return err
		}
	}
	last = counted{}
	for _, p := range g.Products {
		if err := p.Validate(); err != nil {
			return err
		}
		owner, seq, err := ids.ParseOwned("id", p.Id)
		if err != nil {
			return err
		}
		if err := last.next("products", owner, seq); err != nil {
			return err
		}
		if err := g.validateScenarioOf(p); err != nil {
			return err
		}
	}
	return g.validateVersions()
}

// counted is the last id of a list in which each owner counts from 1.
type counted struct{ owner, seq uint32 }

// next checks that an id follows without a gap.
func (c *counted) next(list string, owner, seq uint32) error {
	before := *c
	*c = counted{owner, seq}
	same := owner == before.owner && seq == before.seq+1
	if !same && (owner <= before.owner || seq != 1) {
		return errorsmod.Wrapf(valid.ErrInvalid, "%s: expected ids to ascend and each owner to count from 1 without gaps, got %s after %s",
			list, ids.Owned(owner, seq), ids.Owned(before.owner, before.seq))
	}
	return nil
}

func (g *GenesisState) validateScenarioOf(p Product) error {
	i, ok := slices.BinarySearchFunc(g.Scenarios, p.Scenario, func(s Scenario, id string) int { return strings.Compare(s.Id, id) })
	if !ok || g.Scenarios[i].Status != SCENARIO_STATUS_APPROVED || g.Scenarios[i].Exchange != p.Exchange {
		return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected scenario %s, approved by exchange %06d", p.Id, p.Scenario, p.Exchange)
	}
	return nil
}

// validateVersions walks products and versions together.
func (g *GenesisState) validateVersions() error {
	rest := g.Versions
	for _, p := range g.Products {
		for n := uint32(1); n <= p.Version; n++ {
			if len(rest) == 0 || rest[0].Product != p.Id || rest[0].Version != n {
				return errorsmod.Wrapf(valid.ErrInvalid, "versions: expected version %d of product %s next", n, p.Id)
			}
			if err := rest[0].Validate(); err != nil {
				return err
			}
			if n == p.ListedVersion && rest[0].Terms.Pricing == PRICING_METHOD_UNSPECIFIED {
				return errorsmod.Wrapf(valid.ErrInvalid, "product %s: expected the listed version %d to have a pricing method", p.Id, n)
			}
			rest = rest[1:]
		}
	}
	if len(rest) > 0 {
		return errorsmod.Wrapf(valid.ErrInvalid, "versions: expected no version %d of %s: its product has fewer or is missing", rest[0].Version, rest[0].Product)
	}
	return nil
}
