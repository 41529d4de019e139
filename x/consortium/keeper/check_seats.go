package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// checkValidators recounts what stands behind the seats.
func (k *Keeper) checkValidators(ctx context.Context) error {
	if err := k.checkTold(ctx); err != nil {
		return err
	}
	seats, err := k.allSeats(ctx)
	if err != nil {
		return err
	}
	active, pending := 0, 0
	for _, seat := range seats {
		if seat.Validating() {
			active++
		}
		if seat.Pending != types.SEAT_STATUS_UNSPECIFIED {
			pending++
		}
		if err := k.checkSeat(ctx, seat); err != nil {
			return err
		}
	}
	if active == 0 {
		return errorsmod.Wrapf(types.ErrBroken, "none of %d seats is active", len(seats))
	}
	if err := sameCount(ctx, "suspensions that wait", k.validators.pending, pending); err != nil {
		return err
	}
	if err := k.checkRotations(ctx); err != nil {
		return err
	}
	return k.checkMissed(ctx)
}

// checkTold checks that CometBFT was told the latest set.
func (k *Keeper) checkTold(ctx context.Context) error {
	sets, err := values(ctx, k.validators.sets)
	if err != nil {
		return err
	}
	if len(sets) == 0 {
		return errorsmod.Wrap(types.ErrBroken, "there is no validator set")
	}
	latest := sets[len(sets)-1]
	for _, key := range latest.Keys {
		power, err := k.told.Get(ctx, key)
		if err != nil || power != uint64(types.SeatPower) {
			return errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "CometBFT was told power %d for key %X", power, key))
		}
	}
	return sameCount(ctx, "told validators", k.told, len(latest.Keys))
}

// checkSeat checks that a seat's key is remembered as its member's, and its suspension, if one waits, listed.
func (k *Keeper) checkSeat(ctx context.Context, seat types.Seat) error {
	used, err := k.usedKey(ctx, types.ConsensusAddress(seat.ConsensusKey))
	if err != nil {
		return err
	}
	if used == nil || used.Member != seat.Member || !sameKey(seat, used) {
		return errorsmod.Wrapf(types.ErrBroken, "the key of seat %s is not remembered as member %06d's", seat.Moniker, seat.Member)
	}
	listed, err := k.validators.pending.Has(ctx, seat.Member)
	if err == nil && listed != (seat.Pending != types.SEAT_STATUS_UNSPECIFIED) {
		err = errorsmod.Wrapf(types.ErrBroken, "seat %s: pending is %s, listed: %t", seat.Moniker, seat.Pending, listed)
	}
	return err
}

// checkRotations checks that each rotation is a seat's and stands in the queue.
func (k *Keeper) checkRotations(ctx context.Context) error {
	rotations := 0
	err := k.validators.rotations.Walk(ctx, nil, func(member uint32, rotation types.Rotation) (stop bool, err error) {
		rotations++
		seat, errSeat := k.seats.Has(ctx, member)
		queued, errQueue := k.validators.rotationQueue.Has(ctx, collections.Join(uint64(rotation.AtHeight), member))
		if err := errors.Join(errSeat, errQueue); err != nil || !seat || !queued {
			return true, errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "rotation of member %06d: seat %t, queued %t", member, seat, queued))
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "queue of rotations", k.validators.rotationQueue, rotations)
}

// checkMissed recounts the missed blocks that count.
func (k *Keeper) checkMissed(ctx context.Context) error {
	recounted := map[uint32]uint32{}
	err := k.validators.misses.Walk(ctx, nil, func(key heightKey) (stop bool, err error) {
		_, counts, err := k.countingSeat(ctx, key.K2(), int64(key.K1()))
		if counts {
			recounted[key.K2()]++
		}
		return false, err
	})
	if err != nil {
		return err
	}
	err = k.validators.missed.Walk(ctx, nil, func(member, missed uint32) (stop bool, err error) {
		if missed != recounted[member] {
			return true, errorsmod.Wrapf(types.ErrBroken, "member %06d: %d misses were counted, %d are there", member, missed, recounted[member])
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "counts of misses", k.validators.missed, len(recounted))
}

// checkNodes checks that each node stands in the index of its owner, and recounts.
func (k *Keeper) checkNodes(ctx context.Context) error {
	nodes, owners := 0, map[uint32]uint32{}
	err := k.nodes.nodes.Walk(ctx, nil, func(id []byte, node types.Node) (stop bool, err error) {
		nodes++
		owners[node.Owner]++
		listed, err := k.nodes.owners.Has(ctx, collections.Join(node.Owner, id))
		if err == nil && !listed {
			err = errorsmod.Wrapf(types.ErrBroken, "node %x is not listed as member %06d's", id, node.Owner)
		}
		return false, err
	})
	if err != nil {
		return err
	}
	if err := sameCount(ctx, "nodes by owner", k.nodes.owners, nodes); err != nil {
		return err
	}
	err = k.nodes.counts.Walk(ctx, nil, func(owner, count uint32) (stop bool, err error) {
		if count != owners[owner] {
			return true, errorsmod.Wrapf(types.ErrBroken, "member %06d has %d nodes, %d were counted", owner, owners[owner], count)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "counts of nodes", k.nodes.counts, len(owners))
}
