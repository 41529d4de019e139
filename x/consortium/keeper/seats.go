package keeper

import (
	"bytes"
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Seat returns a member's seat. Without one it wraps ErrSeatNotFound.
func (k *Keeper) Seat(ctx context.Context, member uint32) (types.Seat, error) {
	seat, err := k.seats.Get(ctx, member)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Seat{}, errorsmod.Wrapf(types.ErrSeatNotFound, "member %06d has no validator seat", member)
	}
	return seat, err
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

// activeKeys are the keys that the seats want in the validator set.
func (k *Keeper) activeKeys(ctx context.Context) (types.Keys, error) {
	seats, err := k.allSeats(ctx)
	return keysOf(seats), err
}

func keysOf(seats []types.Seat) types.Keys {
	var keys [][]byte
	for _, seat := range seats {
		if seat.Validating() {
			keys = append(keys, seat.ConsensusKey)
		}
	}
	return types.NewKeys(keys...)
}

// usedKey returns what is known of the consensus key with the address; nil when nothing.
func (k *Keeper) usedKey(ctx context.Context, address []byte) (*types.UsedKey, error) {
	used, err := k.validators.usedKeys.Get(ctx, address)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return &used, err
}

// checkKeyFree wraps ErrKeyUsed unless the key was never used.
func (k *Keeper) checkKeyFree(ctx context.Context, key []byte) error {
	used, err := k.usedKey(ctx, types.ConsensusAddress(key))
	if err != nil || used == nil {
		return err
	}
	return errorsmod.Wrapf(types.ErrKeyUsed, "key %X is or was a key of member %06d; make a new one", key, used.Member)
}

// useKey remembers that a key is a member's.
func (k *Keeper) useKey(ctx context.Context, used types.UsedKey) error {
	return k.validators.usedKeys.Set(ctx, types.ConsensusAddress(used.ConsensusKey), used)
}

// rotation returns the change of a member's key that is to come; nil when there is none.
func (k *Keeper) rotation(ctx context.Context, member uint32) (*types.Rotation, error) {
	rotation, err := k.validators.rotations.Get(ctx, member)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, nil
	}
	return &rotation, err
}

// putRotation writes a rotation and its place in the queue.
func (k *Keeper) putRotation(ctx context.Context, rotation types.Rotation) error {
	if err := k.validators.rotations.Set(ctx, rotation.Member, rotation); err != nil {
		return err
	}
	return k.validators.rotationQueue.Set(ctx, collections.Join(uint64(rotation.AtHeight), rotation.Member))
}

// dropRotation removes a member's rotation, if there is one.
func (k *Keeper) dropRotation(ctx context.Context, member uint32) error {
	rotation, err := k.rotation(ctx, member)
	if err != nil || rotation == nil {
		return err
	}
	if err := k.validators.rotations.Remove(ctx, member); err != nil {
		return err
	}
	return k.validators.rotationQueue.Remove(ctx, collections.Join(uint64(rotation.AtHeight), member))
}

// missedBlocks is how many blocks of the window a seat missed.
func (k *Keeper) missedBlocks(ctx context.Context, member uint32) (uint32, error) {
	missed, err := k.validators.missed.Get(ctx, member)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return missed, err
}

// setMissed writes how many blocks of the window a seat missed; zero is not kept.
func (k *Keeper) setMissed(ctx context.Context, member, missed uint32) error {
	if missed == 0 {
		return k.validators.missed.Remove(ctx, member)
	}
	return k.validators.missed.Set(ctx, member, missed)
}

// sameKey says whether a used key is the seat's present one.
func sameKey(seat types.Seat, used *types.UsedKey) bool {
	return bytes.Equal(seat.ConsensusKey, used.ConsensusKey)
}
