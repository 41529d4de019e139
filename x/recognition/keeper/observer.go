package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

var _ vouchertypes.Observer = (*Keeper)(nil)

// Issued does nothing: a voucher goes abroad when a party presents it.
func (*Keeper) Issued(context.Context, vouchertypes.Voucher) error { return nil }

// StatusChanged queues the status of a voucher for the counterparty of every live
// agreement, at most MaxAgreements, whether the voucher was presented there or not.
func (k *Keeper) StatusChanged(ctx context.Context, number string) error {
	now := sdk.UnwrapSDKContext(ctx).BlockTime()
	var chains []string
	err := k.agreements.Walk(ctx, nil, func(chain string, a types.Agreement) (bool, error) {
		if a.Live(now) {
			chains = append(chains, chain)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	for _, chain := range chains {
		if err := k.enqueue(ctx, chain, types.RECORD_KIND_STATUS, number); err != nil {
			return err
		}
	}
	return nil
}
