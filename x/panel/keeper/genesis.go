package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/shugu-network/shugu/x/panel/types"
)

// InitGenesis writes a genesis, if it is valid, and makes queue and index from it.
func (k *Keeper) InitGenesis(ctx context.Context, g *types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.next.Set(ctx, uint64(len(g.Resolutions)+1)); err != nil {
		return err
	}
	for _, panel := range g.Panels {
		if err := k.panels.Set(ctx, panel.Name, panel); err != nil {
			return err
		}
	}
	for _, record := range g.Resolutions {
		if err := k.restore(ctx, record); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) restore(ctx context.Context, record types.ResolutionRecord) error {
	r := record.Resolution
	r.Messages = bare(r.Messages)
	if err := k.resolutions.Set(ctx, r.Id, r); err != nil {
		return err
	}
	if err := k.byPanel.Set(ctx, collections.Join(r.Panel, r.Id)); err != nil {
		return err
	}
	for _, ballot := range record.Ballots {
		if err := k.ballots.Set(ctx, collections.Join(r.Id, ballot.Member), ballot); err != nil {
			return err
		}
	}
	if !r.Waiting() {
		return nil
	}
	return k.queue.Set(ctx, collections.Join(uint64(r.Deadline), r.Id))
}

// ExportGenesis reads the whole state, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := &types.GenesisState{Params: params}
	if g.Panels, err = k.allPanels(ctx); err != nil {
		return nil, err
	}
	err = k.resolutions.Walk(ctx, nil, func(id uint64, r types.Resolution) (bool, error) {
		ballots, err := k.Ballots(ctx, id)
		g.Resolutions = append(g.Resolutions, types.ResolutionRecord{Resolution: r, Ballots: ballots})
		return false, err
	})
	return g, err
}

// allPanels returns the panels by name; there are at most types.MaxPanels.
func (k *Keeper) allPanels(ctx context.Context) ([]types.Panel, error) {
	var panels []types.Panel
	err := k.panels.Walk(ctx, nil, func(_ string, panel types.Panel) (bool, error) {
		panels = append(panels, panel)
		return false, nil
	})
	return panels, err
}
