package keeper

import (
	"bytes"
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// RotateKey orders the change of a seat's consensus key at a later height. It
// replaces an order that has not taken effect; a key once ordered stays used.
func (s msgServer) RotateKey(ctx context.Context, msg *types.MsgRotateKey) (*types.MsgRotateKeyResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	seat, err := s.seatForCouncil(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	if err := s.checkNotice(ctx, msg.AtHeight); err != nil {
		return nil, err
	}
	ordered, err := s.rotation(ctx, msg.Member)
	if err != nil {
		return nil, err
	}
	again := ordered != nil && bytes.Equal(ordered.NewKey, msg.NewKey)
	if !again {
		if err := s.checkKeyFree(ctx, msg.NewKey); err != nil {
			return nil, err
		}
	}
	if seat.Validating() {
		next, err := s.keysAfterRotation(ctx, seat, msg.NewKey)
		if err != nil {
			return nil, err
		}
		if _, err := s.pass(ctx, next, msg.AcceptUnsafe); err != nil {
			return nil, err
		}
	}
	if err := s.order(ctx, msg, again); err != nil {
		return nil, err
	}
	return &types.MsgRotateKeyResponse{}, nil
}

// checkNotice wraps ErrShortNotice unless the height is far enough ahead, and not too far.
func (k *Keeper) checkNotice(ctx context.Context, at int64) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	if first, last := height+params.RotationNotice, height+types.MaxRotationAhead; at < first || at > last {
		return errorsmod.Wrapf(types.ErrShortNotice, "at_height: expected %d to %d (the present block is %d), got %d", first, last, height, at)
	}
	return nil
}

// order writes what the order of a rotation changes. All checks are done.
func (k *Keeper) order(ctx context.Context, msg *types.MsgRotateKey, keyKnown bool) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := k.dropRotation(ctx, msg.Member); err != nil {
		return err
	}
	err := k.putRotation(ctx, types.Rotation{Member: msg.Member, NewKey: msg.NewKey, AtHeight: msg.AtHeight, AcceptUnsafe: msg.AcceptUnsafe})
	if err != nil {
		return err
	}
	if !keyKnown {
		if err := k.useKey(ctx, types.UsedKey{ConsensusKey: msg.NewKey, Member: msg.Member, Height: sdkCtx.BlockHeight()}); err != nil {
			return err
		}
	}
	if err := k.record(ctx, types.MemberChange{Member: msg.Member, Kind: types.CHANGE_KIND_KEY_ROTATION_ORDERED}); err != nil {
		return err
	}
	return sdkCtx.EventManager().EmitTypedEvent(&types.EventKeyRotationScheduled{Member: msg.Member, ConsensusKey: msg.NewKey, AtHeight: msg.AtHeight})
}
