package keeper

import (
	"bytes"
	"context"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// checkSetHeights checks that the first block comes after all sets.
func checkSetHeights(ctx context.Context, sets []types.SetRecord) error {
	first := max(sdk.UnwrapSDKContext(ctx).BlockHeight(), 1)
	if len(sets) > 0 && sets[len(sets)-1].Height >= first {
		return errorsmod.Wrapf(valid.ErrInvalid, "sets: expected heights below the initial height %d, got %d; start above the exported height", first, sets[len(sets)-1].Height)
	}
	return nil
}

// importValidators writes seats and what stands behind them, and returns the
// first validators: the latest set of the genesis, or else the active seats.
func (k *Keeper) importValidators(ctx context.Context, g *types.GenesisState) ([]abci.ValidatorUpdate, error) {
	for _, used := range g.UsedKeys {
		if err := k.useKey(ctx, used); err != nil {
			return nil, err
		}
	}
	for _, seat := range g.Seats {
		if err := k.importSeat(ctx, seat); err != nil {
			return nil, err
		}
	}
	for _, rotation := range g.Rotations {
		if err := k.putRotation(ctx, rotation); err != nil {
			return nil, err
		}
	}
	for _, miss := range g.Misses {
		if err := k.importMiss(ctx, miss); err != nil {
			return nil, err
		}
	}
	for _, e := range g.Evidence {
		if err := k.validators.evidence.Set(ctx, evidenceEntry(e), e); err != nil {
			return nil, err
		}
	}
	sets := g.Sets
	if len(sets) == 0 {
		keys, err := k.activeKeys(ctx)
		if err != nil {
			return nil, err
		}
		sdkCtx := sdk.UnwrapSDKContext(ctx)
		sets = []types.SetRecord{{Height: max(sdkCtx.BlockHeight()-1, 0), Time: sdkCtx.BlockTime().Unix(), Keys: keys}}
	}
	for _, set := range sets {
		if err := k.validators.sets.Set(ctx, uint64(set.Height), set); err != nil {
			return nil, err
		}
	}
	return k.tellFirst(ctx, sets[len(sets)-1].Keys)
}

// importSeat writes a seat. In a first genesis it says neither that it is
// active nor that its key is used.
func (k *Keeper) importSeat(ctx context.Context, seat types.Seat) error {
	if seat.Status == types.SEAT_STATUS_UNSPECIFIED {
		seat.Status = types.SEAT_STATUS_ACTIVE
	}
	used, err := k.usedKey(ctx, types.ConsensusAddress(seat.ConsensusKey))
	if err != nil {
		return err
	}
	if used == nil {
		if err := k.useKey(ctx, types.UsedKey{ConsensusKey: seat.ConsensusKey, Member: seat.Member, Height: seat.GrantedHeight}); err != nil {
			return err
		}
	}
	if seat.Pending != types.SEAT_STATUS_UNSPECIFIED {
		if err := k.validators.pending.Set(ctx, seat.Member); err != nil {
			return err
		}
	}
	return k.seats.Set(ctx, seat.Member, seat)
}

// importMiss writes a missed block and counts it if it still counts.
func (k *Keeper) importMiss(ctx context.Context, miss types.Miss) error {
	if err := k.validators.misses.Set(ctx, collections.Join(uint64(miss.Height), miss.Member)); err != nil {
		return err
	}
	_, counts, err := k.countingSeat(ctx, miss.Member, miss.Height)
	if err != nil || !counts {
		return err
	}
	missed, err := k.missedBlocks(ctx, miss.Member)
	if err != nil {
		return err
	}
	return k.setMissed(ctx, miss.Member, missed+1)
}

// tellFirst remembers the first set as told and returns it, by member, as
// CometBFT's first validators; keys that are no seat's any more come last.
func (k *Keeper) tellFirst(ctx context.Context, keys types.Keys) ([]abci.ValidatorUpdate, error) {
	for _, key := range keys {
		if err := k.told.Set(ctx, key, uint64(types.SeatPower)); err != nil {
			return nil, err
		}
	}
	validators, err := k.GenesisValidators(ctx)
	if err != nil {
		return nil, err
	}
	updates := make([]abci.ValidatorUpdate, 0, len(validators))
	for _, v := range validators {
		updates = append(updates, abci.Ed25519ValidatorUpdate(v.PubKey.Bytes(), v.Power))
	}
	return updates, nil
}

// exportValidators reads seats and what stands behind them.
func (k *Keeper) exportValidators(ctx context.Context, g *types.GenesisState) (err error) {
	if g.Seats, err = k.allSeats(ctx); err != nil {
		return err
	}
	if g.Sets, err = k.exportedSets(ctx); err != nil {
		return err
	}
	v := k.validators
	if g.UsedKeys, err = values(ctx, v.usedKeys); err != nil {
		return err
	}
	slices.SortFunc(g.UsedKeys, func(a, b types.UsedKey) int { return bytes.Compare(a.ConsensusKey, b.ConsensusKey) })
	if g.Rotations, err = values(ctx, v.rotations); err != nil {
		return err
	}
	if g.Evidence, err = values(ctx, v.evidence); err != nil {
		return err
	}
	return v.misses.Walk(ctx, nil, func(key heightKey) (stop bool, err error) {
		g.Misses = append(g.Misses, types.Miss{Height: int64(key.K1()), Member: key.K2()})
		return false, nil
	})
}

// exportedSets are the sets but for one that was told in this very block: no
// header announces it yet, and the chain that goes on from the export has its
// first block tell it, as this chain's next header would have announced it.
func (k *Keeper) exportedSets(ctx context.Context) ([]types.SetRecord, error) {
	sets, err := values(ctx, k.validators.sets)
	if last := len(sets) - 1; last > 0 && sets[last].Height == sdk.UnwrapSDKContext(ctx).BlockHeight() {
		sets = sets[:last]
	}
	return sets, err
}

// values reads all values of a collection, in the order of the keys.
func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	var all []V
	err := m.Walk(ctx, nil, func(_ K, value V) (stop bool, err error) {
		all = append(all, value)
		return false, nil
	})
	return all, err
}
