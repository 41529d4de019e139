package keeper

import (
	"context"
	"errors"

	abci "github.com/cometbft/cometbft/abci/types"
	cmted25519 "github.com/cometbft/cometbft/crypto/ed25519"
	cmttypes "github.com/cometbft/cometbft/types"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// ValidatorUpdates returns what CometBFT has to be told so that the active
// seats are the validators: the difference between them and what it was last
// told, new ones by member, then those that left by key. It remembers what it
// returns as told. Without any active seat it returns nothing, so that the last
// validator is never removed.
func (k *Keeper) ValidatorUpdates(ctx context.Context) ([]abci.ValidatorUpdate, error) {
	seats, err := k.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	keys := keysOf(seats)
	if len(keys) == 0 {
		sdk.UnwrapSDKContext(ctx).Logger().Error("no active validator seat is left; the last set stays", "module", types.ModuleName)
		return nil, nil
	}
	joined, err := k.tellJoined(ctx, seats)
	if err != nil {
		return nil, err
	}
	left, err := k.tellLeft(ctx, keys)
	if err != nil {
		return nil, err
	}
	updates := append(joined, left...)
	if len(updates) == 0 {
		return nil, nil
	}
	return updates, k.recordSet(ctx, keys)
}

// tellJoined returns updates for the active seats that CometBFT does not know with their power.
func (k *Keeper) tellJoined(ctx context.Context, seats []types.Seat) ([]abci.ValidatorUpdate, error) {
	var updates []abci.ValidatorUpdate
	for _, seat := range seats {
		if !seat.Validating() {
			continue
		}
		power, err := k.told.Get(ctx, seat.ConsensusKey)
		if err != nil && !errors.Is(err, collections.ErrNotFound) {
			return nil, err
		}
		if err == nil && power == uint64(types.SeatPower) {
			continue
		}
		if err := k.told.Set(ctx, seat.ConsensusKey, uint64(types.SeatPower)); err != nil {
			return nil, err
		}
		updates = append(updates, abci.Ed25519ValidatorUpdate(seat.ConsensusKey, types.SeatPower))
	}
	return updates, nil
}

// tellLeft returns updates for the keys that CometBFT knows and no active seat has.
func (k *Keeper) tellLeft(ctx context.Context, wanted types.Keys) ([]abci.ValidatorUpdate, error) {
	var left [][]byte
	err := k.told.Walk(ctx, nil, func(key []byte, _ uint64) (stop bool, err error) {
		if !wanted.Has(key) {
			left = append(left, key)
		}
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	var updates []abci.ValidatorUpdate
	for _, key := range left {
		if err := k.told.Remove(ctx, key); err != nil {
			return nil, err
		}
		updates = append(updates, abci.Ed25519ValidatorUpdate(key, 0))
	}
	return updates, nil
}

// GenesisValidators returns the validators of an exported genesis: the set that
// signs the block after this one. A set that was told in this very block comes
// one later, in the new chain as it would have in the old one.
func (k *Keeper) GenesisValidators(ctx context.Context) ([]cmttypes.GenesisValidator, error) {
	sets, err := k.exportedSets(ctx)
	if err != nil {
		return nil, err
	}
	seats, err := k.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	var validators []cmttypes.GenesisValidator
	add := func(key cmted25519.PubKey, moniker string) {
		validators = append(validators, cmttypes.GenesisValidator{Address: key.Address(), PubKey: key, Power: types.SeatPower, Name: moniker})
	}
	rest := types.Keys(sets[len(sets)-1].Keys)
	for _, seat := range seats {
		if rest.Has(seat.ConsensusKey) {
			add(seat.ConsensusKey, seat.Moniker)
			rest = rest.Without(seat.ConsensusKey)
		}
	}
	for _, key := range rest { // of seats that have another key since, or are gone
		add(key, "")
	}
	return validators, nil
}
