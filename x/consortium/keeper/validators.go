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

// ValidatorUpdates returns what CometBFT has to be told so that the seats are
// the validators: the difference between the seats and what it was last told,
// new and changed ones by member, then those that left by key. It remembers
// what it returns as told. Without any seat it returns nothing, so that the
// last validator is never removed.
func (k *Keeper) ValidatorUpdates(ctx context.Context) ([]abci.ValidatorUpdate, error) {
	seats, err := k.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	if len(seats) == 0 {
		sdk.UnwrapSDKContext(ctx).Logger().Error("no validator seat is left; the last set stays", "module", types.ModuleName)
		return nil, nil
	}
	joined, err := k.tellJoined(ctx, seats)
	if err != nil {
		return nil, err
	}
	left, err := k.tellLeft(ctx, seats)
	return append(joined, left...), err
}

// tellJoined returns updates for the seats that CometBFT does not know with their power.
func (k *Keeper) tellJoined(ctx context.Context, seats []types.Seat) ([]abci.ValidatorUpdate, error) {
	var updates []abci.ValidatorUpdate
	for _, seat := range seats {
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

// tellLeft returns updates for the keys that CometBFT knows and no seat has.
func (k *Keeper) tellLeft(ctx context.Context, seats []types.Seat) ([]abci.ValidatorUpdate, error) {
	wanted := make(map[string]bool, len(seats))
	for _, seat := range seats {
		wanted[string(seat.ConsensusKey)] = true
	}
	var left [][]byte
	err := k.told.Walk(ctx, nil, func(key []byte, _ uint64) (stop bool, err error) {
		if !wanted[string(key)] {
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

// GenesisValidators returns the seats as the validators of an exported genesis.
func (k *Keeper) GenesisValidators(ctx context.Context) ([]cmttypes.GenesisValidator, error) {
	seats, err := k.allSeats(ctx)
	if err != nil {
		return nil, err
	}
	validators := make([]cmttypes.GenesisValidator, 0, len(seats))
	for _, seat := range seats {
		key := cmted25519.PubKey(seat.ConsensusKey)
		validators = append(validators, cmttypes.GenesisValidator{
			Address: key.Address(), PubKey: key, Power: types.SeatPower, Name: seat.Moniker,
		})
	}
	return validators, nil
}

// allSeats returns the seats by member; there are at most types.MaxSeats.
func (k *Keeper) allSeats(ctx context.Context) ([]types.Seat, error) {
	var seats []types.Seat
	err := k.seats.Walk(ctx, nil, func(_ uint32, seat types.Seat) (stop bool, err error) {
		seats = append(seats, seat)
		return false, nil
	})
	return seats, err
}
