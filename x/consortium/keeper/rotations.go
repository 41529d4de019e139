package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// rotateDue changes the keys whose height has come, the earliest first. There
// is at most one for each seat. What is not safe yet stays in the queue.
func (k *Keeper) rotateDue(ctx context.Context) error {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	var due []uint32
	err := k.validators.rotationQueue.Walk(ctx, collections.NewPrefixUntilPairRange[uint64, uint32](uint64(height)), func(key heightKey) (stop bool, err error) {
		due = append(due, key.K2())
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, member := range due {
		k.isolated(ctx, "a change of a consensus key", func(ctx context.Context) error { return k.rotate(ctx, member) })
	}
	return nil
}

// rotate puts a seat's new key in the place of the old one, unless light
// clients could not follow and the council has not accepted that.
func (k *Keeper) rotate(ctx context.Context, member uint32) error {
	rotation, err := k.validators.rotations.Get(ctx, member)
	if err != nil {
		return err
	}
	seat, err := k.Seat(ctx, member)
	if err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if !rotation.AcceptUnsafe {
		next, err := k.keysAfterRotation(ctx, seat, rotation.NewKey)
		if err != nil {
			return err
		}
		verdict, err := k.judge(ctx, next)
		if err != nil {
			return err
		}
		if !verdict.Safe {
			if rotation.AtHeight != sdkCtx.BlockHeight() {
				return nil // told when it came due
			}
			return sdkCtx.EventManager().EmitTypedEvent(&types.EventKeyRotationWaits{Member: member, SafeAt: verdict.At})
		}
	}
	old := seat.ConsensusKey
	seat.ConsensusKey = rotation.NewKey
	if err := k.seats.Set(ctx, member, seat); err != nil {
		return err
	}
	if err := k.dropRotation(ctx, member); err != nil {
		return err
	}
	if err := k.record(ctx, types.MemberChange{Member: member, Kind: types.CHANGE_KIND_KEY_ROTATED}); err != nil {
		return err
	}
	return sdkCtx.EventManager().EmitTypedEvent(&types.EventKeyRotated{Member: member, OldKey: old, NewKey: seat.ConsensusKey})
}

// keysAfterRotation is the validator set with a seat's new key. That of a
// suspended seat changes nothing.
func (k *Keeper) keysAfterRotation(ctx context.Context, seat types.Seat, newKey []byte) (types.Keys, error) {
	keys, err := k.activeKeys(ctx)
	if err != nil || !seat.Validating() {
		return keys, err
	}
	return keys.Without(seat.ConsensusKey).With(newKey), nil
}
