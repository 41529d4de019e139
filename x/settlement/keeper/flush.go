package keeper

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// maxWaitShift bounds the wait before the next attempt: 2^10 blocks.
const maxWaitShift = 10

// Flush books what accrued in the block, once per member, and tries again what
// earlier blocks could not book. It runs after everything that accrues and
// before bank's EndBlock, which credits what is left of the block's incoming
// fen. A payment that fails is set aside; only a broken store fails the block.
func (k *Keeper) Flush(ctx context.Context) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	in, payments := k.accrued(ctx)
	k.forget(ctx)
	for _, p := range payments {
		var cause error
		if in, cause = k.attempt(sdkCtx, p.member, p.amount, in); cause == nil {
			continue
		}
		claim := types.Unpaid{Member: p.member, Amount: p.amount, Since: sdkCtx.BlockHeight()}
		if err := k.setAside(sdkCtx, claim, cause); err != nil {
			return err
		}
	}
	return k.retry(sdkCtx)
}

// attempt pays in a context of its own; on error nothing moved.
func (k *Keeper) attempt(ctx sdk.Context, member uint32, amount math.Int, from pool) (left pool, err error) {
	defer func() {
		if r := recover(); r != nil {
			left, err = from, errorsmod.Wrapf(types.ErrPanic, "%v", r)
		}
	}()
	cached, write := ctx.CacheContext()
	left, err = k.pay(cached, member, amount, from)
	if err != nil {
		return from, err
	}
	write()
	return left, nil
}

// setAside keeps a claim whose payment failed. Two claims of one member that
// fall due together become one.
func (k *Keeper) setAside(ctx sdk.Context, claim types.Unpaid, cause error) error {
	claim.Error = describe(cause)
	claim.Due = ctx.BlockHeight() + 1<<min(claim.Attempts, maxWaitShift)
	claim.Attempts++
	ctx.Logger().Error("settlement: a payment could not be booked", "member", claim.Member, "amount", claim.Amount.String(),
		"attempts", claim.Attempts, "due", claim.Due, "error", cause)
	event := &types.EventSetAside{Member: claim.Member, Amount: claim.Amount, Error: claim.Error, Due: claim.Due}
	key := unpaidKey(claim)
	other, err := k.unpaid.Get(ctx, key)
	switch {
	case err == nil:
		claim.Amount = claim.Amount.Add(other.Amount)
		claim.Since = min(claim.Since, other.Since)
		claim.Attempts = max(claim.Attempts, other.Attempts)
	case !errors.Is(err, collections.ErrNotFound):
		return err
	}
	if err := k.unpaid.Set(ctx, key, claim); err != nil {
		return err
	}
	return emit(ctx, event)
}

// retry pays claims that are due, those longest due first, at most
// RetriesPerBlock of them. Their coins stand in the module account.
func (k *Keeper) retry(ctx sdk.Context) error {
	claims, err := k.dueClaims(ctx)
	if err != nil {
		return err
	}
	for _, claim := range claims {
		if err := k.unpaid.Remove(ctx, unpaidKey(claim)); err != nil {
			return err
		}
		if _, cause := k.attempt(ctx, claim.Member, claim.Amount, pool{}); cause != nil {
			if err := k.setAside(ctx, claim, cause); err != nil {
				return err
			}
			continue
		}
		if err := emit(ctx, &types.EventClaimPaid{Member: claim.Member, Amount: claim.Amount}); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) dueClaims(ctx sdk.Context) ([]types.Unpaid, error) {
	until := collections.PairPrefix[uint64, uint32](uint64(ctx.BlockHeight() + 1))
	it, err := k.unpaid.Iterate(ctx, new(collections.Range[collections.Pair[uint64, uint32]]).EndExclusive(until))
	if err != nil {
		return nil, err
	}
	defer func() { _ = it.Close() }()
	var claims []types.Unpaid
	for ; it.Valid() && len(claims) < types.RetriesPerBlock; it.Next() {
		claim, err := it.Value()
		if err != nil {
			return nil, err
		}
		claims = append(claims, claim)
	}
	return claims, nil
}

func unpaidKey(claim types.Unpaid) collections.Pair[uint64, uint32] {
	return collections.Join(uint64(claim.Due), claim.Member)
}

// describe names the registered error at the root. Its text is a constant,
// unlike what wraps it, so every node stores the same bytes.
func describe(err error) string {
	var root *errorsmod.Error
	if !errors.As(err, &root) {
		return "undefined/1: internal error"
	}
	return fmt.Sprintf("%s/%d: %s", root.Codespace(), root.ABCICode(), root.Error())
}
