package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Contest tells which vouchers bear a nullifier. valid.ErrInvalid, ErrNotFound.
func (q queryServer) Contest(goCtx context.Context, req *types.QueryContestRequest) (*types.QueryContestResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	nullifier, err := types.ParseNullifier(req.Nullifier)
	if err != nil {
		return nil, err
	}
	telling, found, err := find(ctx, q.tellings, nullifier)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "no voucher that is known here bears the nullifier %x", nullifier)
	}
	if !telling.Contested {
		only := refOf(ctx, telling)
		return &types.QueryContestResponse{Only: &only}, nil
	}
	c, err := q.contests.Get(ctx, nullifier)
	if err != nil {
		return nil, err
	}
	res := &types.QueryContestResponse{Contest: &c}
	res.Vouchers, res.Pagination, err = query.CollectionPaginate(ctx, q.contested, req.Pagination, asIs[contestedKey, types.ContestedVoucher],
		func(o *query.CollectionsPaginateOptions[contestedKey]) {
			prefix := collections.TriplePrefix[[]byte, string, string](nullifier)
			o.Prefix = &prefix
		})
	return res, err
}

// Contests lists the trades that several vouchers tell.
func (q queryServer) Contests(ctx context.Context, req *types.QueryContestsRequest) (*types.QueryContestsResponse, error) {
	items, page, err := query.CollectionPaginate(ctx, q.contests, req.Pagination, asIs[[]byte, types.Contest])
	return &types.QueryContestsResponse{Contests: items, Pagination: page}, err
}
