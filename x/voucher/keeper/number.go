package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// nextNumber returns the number of the seller's next voucher and the counter to be
// written with it. It writes nothing. Blue and red vouchers share the sequence, which
// starts from 1 each day (UTC+8 day of the block) and has no gaps. It wraps
// ErrSequenceExhausted or ErrNumberTaken.
func (k *Keeper) nextNumber(ctx context.Context, region string, seller uint32) (string, types.Counter, error) {
	day, seq := ids.Day(sdk.UnwrapSDKContext(ctx).BlockTime()), uint32(1)
	store := k.store.OpenKVStore(ctx)
	b, err := store.Get(types.CounterKey(seller))
	if err != nil {
		return "", types.Counter{}, err
	}
	if b != nil {
		counter, err := types.DecodeCounter(seller, b)
		if err != nil {
			return "", types.Counter{}, err
		}
		if counter.Day == day {
			seq = counter.Next
		}
	}
	if seq > ids.MaxSequence {
		return "", types.Counter{}, errorsmod.Wrapf(types.ErrSequenceExhausted, "seller %06d has issued %d vouchers on %s: try again after midnight in UTC+8", seller, ids.MaxSequence, day)
	}
	number := types.Number(region, day, seller, seq)
	taken, err := store.Has(types.VoucherKey(number))
	if err != nil {
		return "", types.Counter{}, err
	}
	if taken {
		return "", types.Counter{}, errorsmod.Wrapf(types.ErrNumberTaken, "expected %s to be free: check the block time", number)
	}
	return number, types.Counter{Seller: seller, Day: day, Next: seq + 1}, nil
}
