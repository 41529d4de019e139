// Package keeper holds the panels and their resolutions, and runs what they decide.
package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

// Deps is what a Keeper needs.
type Deps struct {
	Codec   codec.Codec
	Store   corestore.KVStoreService
	Address address.Codec
	Members types.Members
	Router  types.Router
	// Carriable says whether resolutions of the panel may carry a message. It is
	// asked when a resolution is submitted and again when it runs.
	Carriable func(typeURL, panel string) bool
	// HoldsAny says whether a message may hold one of another type inside, one level deep.
	HoldsAny func(typeURL string) bool
}

type (
	ballotKey = collections.Pair[uint64, uint32]
	panelKey  = collections.Pair[string, uint64]
	queueKey  = collections.Pair[uint64, uint64]
)

// Keeper keeps panels, resolutions and ballots.
type Keeper struct {
	codec     codec.Codec
	address   address.Codec
	members   types.Members
	router    types.Router
	carriable func(typeURL, panel string) bool
	holdsAny  func(typeURL string) bool

	panels      collections.Map[string, types.Panel]
	resolutions collections.Map[uint64, types.Resolution]
	ballots     collections.Map[ballotKey, types.Ballot]
	byPanel     collections.KeySet[panelKey]
	queue       collections.KeySet[queueKey]
	params      collections.Item[types.Params]
	next        collections.Item[uint64]
}

// New makes a Keeper. It panics when two collections share a prefix.
func New(d Deps) *Keeper {
	sb := collections.NewSchemaBuilder(d.Store)
	id := collections.Uint64Key
	k := &Keeper{
		codec:     d.Codec,
		address:   d.Address,
		members:   d.Members,
		router:    d.Router,
		carriable: d.Carriable,
		holdsAny:  d.HoldsAny,

		panels:      collections.NewMap(sb, types.PanelsPrefix, "panels", collections.StringKey, codec.CollValue[types.Panel](d.Codec)),
		resolutions: collections.NewMap(sb, types.ResolutionsPrefix, "resolutions", id, codec.CollValue[types.Resolution](d.Codec)),
		ballots: collections.NewMap(sb, types.BallotsPrefix, "ballots",
			collections.PairKeyCodec(id, collections.Uint32Key), codec.CollValue[types.Ballot](d.Codec)),
		byPanel: collections.NewKeySet(sb, types.ByPanelPrefix, "by_panel", collections.PairKeyCodec(collections.StringKey, id)),
		queue:   collections.NewKeySet(sb, types.QueuePrefix, "queue", collections.PairKeyCodec(id, id)),
		params:  collections.NewItem(sb, types.ParamsPrefix, "params", codec.CollValue[types.Params](d.Codec)),
		next:    collections.NewItem(sb, types.NextPrefix, "next", collections.Uint64Value),
	}
	if _, err := sb.Build(); err != nil {
		panic(err)
	}
	return k
}

// Panel returns the panel with a name. Without one it wraps ErrPanelNotFound.
func (k *Keeper) Panel(ctx context.Context, name string) (types.Panel, error) {
	panel, err := k.panels.Get(ctx, name)
	if errors.Is(err, collections.ErrNotFound) {
		return panel, errorsmod.Wrapf(types.ErrPanelNotFound, "there is no panel %q; `shugud query panel panels` lists them", name)
	}
	return panel, err
}

// Resolution returns the resolution with an id. Without one it wraps ErrResolutionNotFound.
func (k *Keeper) Resolution(ctx context.Context, id uint64) (types.Resolution, error) {
	r, err := k.resolutions.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return r, errorsmod.Wrapf(types.ErrResolutionNotFound, "there is no resolution %d; `shugud query panel resolutions` lists them", id)
	}
	return r, err
}

// Ballots returns the ballots of a resolution, ascending by member.
func (k *Keeper) Ballots(ctx context.Context, id uint64) ([]types.Ballot, error) {
	var ballots []types.Ballot
	err := k.ballots.Walk(ctx, collections.NewPrefixedPairRange[uint64, uint32](id), func(_ ballotKey, b types.Ballot) (bool, error) {
		ballots = append(ballots, b)
		return false, nil
	})
	return ballots, err
}

// seats are the members that hold a panel's seats now, ascending.
func (k *Keeper) seats(ctx context.Context, panel types.Panel) ([]uint32, error) {
	if panel.ValidatorSeats {
		return k.members.SeatHolders(ctx)
	}
	return panel.Members, nil
}

// living returns a panel that was not dissolved. It wraps ErrPanelNotFound or ErrDissolved.
func (k *Keeper) living(ctx context.Context, name string) (types.Panel, error) {
	panel, err := k.Panel(ctx, name)
	if err == nil && panel.Dissolved {
		err = errorsmod.Wrapf(types.ErrDissolved, "panel %s decides nothing any more", name)
	}
	return panel, err
}

// account reads the Bech32 address of a message's signer.
func (k *Keeper) account(signer string) (sdk.AccAddress, error) {
	account, err := k.address.StringToBytes(signer)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected an account's bech32 address, got %q: %s", signer, err)
	}
	return account, nil
}

// actor returns the number of the active member that a signer acts for.
func (k *Keeper) actor(ctx context.Context, signer string) (uint32, error) {
	account, err := k.account(signer)
	if err != nil {
		return 0, err
	}
	return k.members.ActiveMember(ctx, account)
}
