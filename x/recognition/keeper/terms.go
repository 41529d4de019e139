package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// tellTerms queues what the agreement now says for its counterparty. Without a route it
// waits for the next one.
func (k *Keeper) tellTerms(ctx sdk.Context, a types.Agreement) error {
	return k.enqueue(ctx, a.ChainId, types.RECORD_KIND_TERMS, ctx.ChainID())
}

// termsBytes are the terms of the agreement with a chain as a packet carries them, and
// their revision.
func (k *Keeper) termsBytes(ctx context.Context, chain string) ([]byte, uint64, error) {
	a, found, err := find(ctx, k.agreements, chain)
	if err != nil {
		return nil, 0, err
	}
	if !found {
		return nil, 0, errorsmod.Wrapf(types.ErrNoAgreement, "with %s", chain)
	}
	b, err := a.Terms(sdk.UnwrapSDKContext(ctx).ChainID()).Encode()
	return b, a.Revision, err
}

// takeTerms keeps the highest revision of what a counterparty told. One who has made or
// changed its agreement may take what it refused before: the wait for it ends.
func (k *Keeper) takeTerms(ctx sdk.Context, in arrival, told types.Terms) (types.ResultCode, error) {
	chain := in.agreement.ChainId
	held, found, err := find(ctx, k.terms, chain)
	if err != nil {
		return 0, err
	}
	since := in.evidence.AsOfHeight
	if found {
		suspect, err := k.suspect(ctx, held.Evidence)
		if err != nil || !suspect && told.Revision <= held.Terms.Revision {
			return types.RESULT_CODE_OK, err
		}
		if !suspect {
			since = held.SinceHeight
		}
	}
	if err := k.terms.Set(ctx, chain, types.ToldTerms{Terms: told, Evidence: in.evidence, SinceHeight: since}); err != nil {
		return 0, err
	}
	if err := k.backoffs.Remove(ctx, chain); err != nil {
		return 0, err
	}
	return types.RESULT_CODE_OK, emit(ctx, &types.EventTermsTold{ChainId: chain, Revision: told.Revision, Ended: told.Ended})
}
