package keeper

import (
	"context"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// TakeBack reverses a voucher and claws the split back in the same step: what both
// parties, a ruling or a court decide goes through here. It returns the red voucher and
// how many fen payees could not pay and owe now. It wraps what Reverse and the
// settlement's ClawBack return. When the second part fails, the caller's transaction
// or cached context undoes the first.
func (k *Keeper) TakeBack(ctx context.Context, r types.Reversal) (red types.Voucher, owed math.Int, err error) {
	if red, err = k.Reverse(ctx, r); err != nil {
		return types.Voucher{}, math.Int{}, err
	}
	parts, err := k.settlement.ClawBack(ctx, red.Settlement, red.Number, red.Total)
	if err != nil {
		return types.Voucher{}, math.Int{}, err
	}
	owed = math.ZeroInt()
	for _, p := range parts {
		owed = owed.Add(p.Owed)
	}
	return red, owed, nil
}
