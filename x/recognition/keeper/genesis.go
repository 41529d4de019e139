package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// InitGenesis writes a validated genesis. It wraps what Validate finds, or ErrOwnChain.
func (k *Keeper) InitGenesis(goCtx context.Context, g *types.GenesisState) error {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, c := range g.Channels {
		if err := k.channels.Set(ctx, c.ChannelId, c.ChainId); err != nil {
			return err
		}
	}
	for _, a := range g.Agreements {
		if a.ChainId == ctx.ChainID() {
			return errorsmod.Wrapf(types.ErrOwnChain, "agreements: expected other chains, got %s", a.ChainId)
		}
		if err := k.putAgreement(ctx, a); err != nil {
			return err
		}
	}
	return k.initRecords(ctx, g)
}

// initRecords writes outbox, queue, backoffs and what was recognised.
func (k *Keeper) initRecords(ctx context.Context, g *types.GenesisState) error {
	for _, e := range g.Outbox {
		if err := k.putEntry(ctx, e); err != nil {
			return err
		}
	}
	for _, r := range g.Recognised {
		if err := k.recognised.Set(ctx, keyOf(r.ChainId, r.Kind, r.Id), r); err != nil {
			return err
		}
	}
	for _, s := range g.Statuses {
		if err := k.statuses.Set(ctx, collections.Join(s.ChainId, s.Number), s); err != nil {
			return err
		}
	}
	for _, b := range g.Backoffs {
		if err := k.backoffs.Set(ctx, b.ChainId, b); err != nil {
			return err
		}
	}
	for _, t := range g.Terms {
		if err := k.terms.Set(ctx, t.Terms.ChainId, t); err != nil {
			return err
		}
	}
	for _, d := range g.Doubts {
		if err := k.doubts.Set(ctx, d.ClientId, d); err != nil {
			return err
		}
	}
	for _, c := range g.Left {
		if err := k.left.Set(ctx, collections.Join(c.ChainId, c.ChannelId)); err != nil {
			return err
		}
	}
	if err := k.initTold(ctx, g); err != nil {
		return err
	}
	if g.LastTried == "" {
		return nil
	}
	return k.lastTried.Set(ctx, g.LastTried)
}

// ExportGenesis reads everything, in the order of the keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*types.GenesisState, error) {
	g := &types.GenesisState{}
	var err error
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	if g.Agreements, err = values(ctx, k.agreements); err != nil {
		return nil, err
	}
	err = k.channels.Walk(ctx, nil, func(channel, chain string) (bool, error) {
		g.Channels = append(g.Channels, types.ChannelOwner{ChannelId: channel, ChainId: chain})
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if g.Outbox, err = values(ctx, k.outbox); err != nil {
		return nil, err
	}
	if g.Recognised, err = values(ctx, k.recognised); err != nil {
		return nil, err
	}
	if g.Statuses, err = values(ctx, k.statuses); err != nil {
		return nil, err
	}
	if g.Backoffs, err = values(ctx, k.backoffs); err != nil {
		return nil, err
	}
	if g.Terms, err = values(ctx, k.terms); err != nil {
		return nil, err
	}
	if g.Doubts, err = values(ctx, k.doubts); err != nil {
		return nil, err
	}
	err = k.left.Walk(ctx, nil, func(key leftKey) (bool, error) {
		g.Left = append(g.Left, types.ChannelOwner{ChainId: key.K1(), ChannelId: key.K2()})
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if err := k.exportTold(ctx, g); err != nil {
		return nil, err
	}
	g.LastTried, err = k.lastTriedOrNone(ctx)
	return g, err
}

// values lists all values in the order of their keys.
func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	var out []V
	err := m.Walk(ctx, nil, func(_ K, v V) (bool, error) {
		out = append(out, v)
		return false, nil
	})
	return out, err
}
