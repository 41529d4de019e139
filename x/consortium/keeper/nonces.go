package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// PruneLimit is how many expired nonces a block forgets at most.
const PruneLimit = 100

// Prune forgets nonces of applications that have expired, at most PruneLimit.
// What it reads was written by this module alone, so that an error is a broken
// store and nothing to set aside.
func (k *Keeper) Prune(ctx context.Context) error {
	now := uint64(sdk.UnwrapSDKContext(ctx).BlockTime().Unix())
	var expired []expiryKey
	err := k.nonceExpiries.Walk(ctx, nil, func(key expiryKey) (stop bool, err error) {
		if key.K1() >= now { // an application is still good in the second of its expiry
			return true, nil
		}
		expired = append(expired, key)
		return len(expired) == PruneLimit, nil
	})
	if err != nil {
		return err
	}
	for _, key := range expired {
		if err := k.nonceExpiries.Remove(ctx, key); err != nil {
			return err
		}
		if err := k.nonces.Remove(ctx, collections.Join(key.K2(), key.K3())); err != nil {
			return err
		}
	}
	return nil
}

// checkNonce wraps ErrNonceUsed when the address's nonce is remembered.
func (k *Keeper) checkNonce(ctx context.Context, addr, nonce []byte) error {
	used, err := k.nonces.Has(ctx, collections.Join(addr, nonce))
	if err != nil {
		return err
	}
	if used {
		return errorsmod.Wrapf(types.ErrNonceUsed, "nonce %X of account %s; have the applicant sign again with a new nonce", nonce, k.text(addr))
	}
	return nil
}

// useNonce remembers an address's nonce until expiresAt, in Unix seconds.
func (k *Keeper) useNonce(ctx context.Context, addr, nonce []byte, expiresAt int64) error {
	if err := k.nonces.Set(ctx, collections.Join(addr, nonce), uint64(expiresAt)); err != nil {
		return err
	}
	return k.nonceExpiries.Set(ctx, collections.Join3(uint64(expiresAt), addr, nonce))
}
