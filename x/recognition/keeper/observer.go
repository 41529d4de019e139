package keeper

import (
	"context"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

var _ vouchertypes.Observer = (*Keeper)(nil)

// Issued compares a voucher with all that tell the same trade. It goes abroad when a party
// presents it. Whoever settles does not pay for it: it would cost one more if a
// stranger's voucher tells the same.
func (k *Keeper) Issued(ctx context.Context, v vouchertypes.Voucher) error {
	free := sdk.UnwrapSDKContext(ctx).WithGasMeter(storetypes.NewInfiniteGasMeter())
	return k.tell(free, v.Nullifier, types.VoucherRef{ChainId: v.ChainId, Number: v.Number})
}

// StatusChanged queues the status of a voucher for the counterparty of every agreement
// that has or had a route, at most MaxAgreements, whether the voucher was presented there
// or not and whether we still recognise theirs or not: they may stand by ours. What is
// queued while there is no route waits for the next one.
func (k *Keeper) StatusChanged(goCtx context.Context, number string) error {
	ctx := sdk.UnwrapSDKContext(goCtx)
	agreements, err := values(ctx, k.agreements)
	if err != nil {
		return err
	}
	for _, a := range agreements {
		reached := a.HasRoute()
		if !reached {
			// Terms are told to whoever has a route, or has just lost one.
			if reached, err = k.outbox.Has(ctx, keyOf(a.ChainId, types.RECORD_KIND_TERMS, ctx.ChainID())); err != nil {
				return err
			}
		}
		if !reached {
			continue
		}
		if err := k.enqueue(ctx, a.ChainId, types.RECORD_KIND_STATUS, number); err != nil {
			return err
		}
	}
	return nil
}
