package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// ChargeQuota counts a transaction's gas limit on the quota that its member has
// in the window of the context's block; relayed asks for the relayer's allowance,
// which only a member with the role relayer may use. The caller has checked the
// signatures: what a stranger sends must not spend a member's quota. It wraps
// ErrQuotaExceeded, and then nothing is written.
//
// There is one record per member, overwritten when a window begins, so that
// transactions of different members touch no common key.
func (k *Keeper) ChargeQuota(ctx context.Context, member uint32, relayed bool, gas uint64) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	start := params.WindowStart(uint64(sdk.UnwrapSDKContext(ctx).BlockHeight()))
	use, err := k.quotaUse(ctx, member, start)
	if err != nil {
		return err
	}
	used, allowed := &use.Gas, params.QuotaGasMember
	if relayed {
		used, allowed = &use.RelayedGas, params.QuotaGasRelayer
	}
	if gas > allowed {
		return errorsmod.Wrapf(types.ErrQuotaExceeded, "member %06d: the gas limit %d is above the whole quota of %d in %d blocks; split the transaction",
			member, gas, allowed, params.QuotaWindow)
	}
	if *used > allowed-gas {
		return errorsmod.Wrapf(types.ErrQuotaExceeded, "member %06d: used %d of %d gas in blocks %d to %d, and this transaction wants %d; send it again at height %d",
			member, *used, allowed, start, start+params.QuotaWindow-1, gas, start+params.QuotaWindow)
	}
	*used += gas
	return k.quotaUses.Set(ctx, member, use)
}

// quotaUse is what a member has used in the window that starts at a block.
func (k *Keeper) quotaUse(ctx context.Context, member uint32, start uint64) (types.QuotaUse, error) {
	use, err := k.quotaUses.Get(ctx, member)
	if errors.Is(err, collections.ErrNotFound) || err == nil && use.WindowStart != start {
		return types.QuotaUse{Member: member, WindowStart: start}, nil
	}
	return use, err
}

// checkQuotas asserts that only members have used a quota.
func (k *Keeper) checkQuotas(ctx context.Context) error {
	return k.quotaUses.Walk(ctx, nil, func(member uint32, use types.QuotaUse) (stop bool, err error) {
		found, err := k.members.Has(ctx, member)
		if err == nil && (!found || use.Member != member) {
			err = errorsmod.Wrapf(types.ErrBroken, "the quota used by member %06d stands under %06d", use.Member, member)
		}
		return false, err
	})
}

// Quota returns what a member may still send in the window of the next block.
func (q queryServer) Quota(ctx context.Context, req *types.QueryQuotaRequest) (*types.QueryQuotaResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	member, err := q.k.Member(ctx, req.Number)
	if err != nil {
		return nil, err
	}
	params, err := q.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	start := params.WindowStart(uint64(sdk.UnwrapSDKContext(ctx).BlockHeight()) + 1)
	use, err := q.k.quotaUse(ctx, member.Number, start)
	if err != nil {
		return nil, err
	}
	answer := &types.QueryQuotaResponse{
		WindowStart: start, NextWindow: start + params.QuotaWindow,
		GasUsed: use.Gas, GasAllowed: params.QuotaGasMember, RelayedGasUsed: use.RelayedGas,
	}
	if member.Has(types.ROLE_RELAYER) {
		answer.RelayedGasAllowed = params.QuotaGasRelayer
	}
	return answer, nil
}
