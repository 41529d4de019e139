package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Reverse takes back part or all of a blue voucher with a red one, which it returns,
// changes the blue voucher's status and tells the observer last. The caller ensures that
// the parties, a ruling or a court want it; no money moves here. It wraps ErrNumber,
// valid.ErrInvalid, ErrVoucherNotFound, ErrRedVoucher, what a hold says, ErrNoSuchLine,
// ErrExceedsRemaining, ErrSequenceExhausted or ErrNumberTaken; then nothing is written.
func (k *Keeper) Reverse(ctx context.Context, r types.Reversal) (types.Voucher, error) {
	if err := r.Validate(); err != nil {
		return types.Voucher{}, err
	}
	blue, err := k.Voucher(ctx, r.Number)
	if err != nil {
		return types.Voucher{}, err
	}
	if blue.Kind != types.KIND_BLUE {
		return types.Voucher{}, errorsmod.Wrapf(types.ErrRedVoucher, "%s takes back %s and cannot be reversed itself", blue.Number, blue.Reverses)
	}
	if err := k.mayMove(ctx, blue.Number); err != nil {
		return types.Voucher{}, err
	}
	now, err := k.standingOf(ctx, blue)
	if err != nil {
		return types.Voucher{}, err
	}
	remaining, err := types.Subtract(now.remaining, r.Lines)
	if err != nil {
		return types.Voucher{}, errorsmod.Wrapf(err, "voucher %s", blue.Number)
	}
	red, counter, err := k.draftRed(ctx, blue, r.Lines)
	if err != nil {
		return types.Voucher{}, err
	}
	encoded, err := types.EncodeVoucher(red)
	if err != nil {
		return types.Voucher{}, err
	}
	change, err := now.reversal(ctx, blue, red.Number, remaining, r.ReasonDigest)
	if err != nil {
		return types.Voucher{}, err
	}

	if err := k.setVoucher(ctx, red.Number, encoded); err != nil {
		return types.Voucher{}, err
	}
	if err := k.setCounter(ctx, counter); err != nil {
		return types.Voucher{}, err
	}
	event := &types.EventReversed{
		Number: blue.Number, RedNumber: red.Number, Total: red.Total, Version: change.version, Flags: change.flags,
	}
	if err := k.apply(ctx, blue.Number, change, event); err != nil {
		return types.Voucher{}, err
	}
	return red, nil
}

// draftRed is the blue voucher told again as a red one, with what it takes back instead
// of the lines, and with a number and time of its own. Parties keep the names that they
// had when the blue one was issued.
func (k *Keeper) draftRed(ctx context.Context, blue types.Voucher, lines []types.ReversedLine) (types.Voucher, types.Counter, error) {
	parts, err := types.ParseNumber(blue.Number)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	number, counter, err := k.nextNumber(ctx, parts.Region, blue.Seller.Member)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	red := blue
	red.Kind = types.KIND_RED
	red.Number = number
	red.Lines = nil
	red.Total = math.ZeroInt()
	for _, l := range lines {
		red.Total = red.Total.Add(l.Amount)
	}
	red.IssuedAt = sdk.UnwrapSDKContext(ctx).BlockTime().Unix()
	red.Reverses = blue.Number
	red.ReversedLines = slices.Clone(lines)
	return red, counter, nil
}
