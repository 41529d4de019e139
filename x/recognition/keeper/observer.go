package keeper

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

var _ vouchertypes.Observer = (*Keeper)(nil)

// Issued compares a voucher with all that tell the same trade. It goes abroad when a party presents it.
func (k *Keeper) Issued(ctx context.Context, v vouchertypes.Voucher) error {
	return k.tell(sdk.UnwrapSDKContext(ctx), v.Nullifier, types.VoucherRef{ChainId: v.ChainId, Number: v.Number})
}

// StatusChanged queues the status of a voucher for the counterparty of every agreement
// with a route, at most MaxAgreements, whether the voucher was presented there or not and
// whether we still recognise theirs or not: they may stand by ours.
func (k *Keeper) StatusChanged(ctx context.Context, number string) error {
	var chains []string
	err := k.agreements.Walk(ctx, nil, func(chain string, a types.Agreement) (bool, error) {
		if a.HasRoute() {
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
