package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// queryServer answers the queries, in the files query_<group>.go.
type queryServer struct{ *Keeper }

var _ types.QueryServer = queryServer{}

// NewQueryServer makes the query server.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params of the module.
func (q queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := q.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Agreement with one counterparty. ErrNotFound.
func (q queryServer) Agreement(ctx context.Context, req *types.QueryAgreementRequest) (*types.QueryAgreementResponse, error) {
	a, found, err := find(ctx, q.agreements, req.ChainId)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "no agreement with %.64q", req.ChainId)
	}
	res := &types.QueryAgreementResponse{
		Agreement: a, Live: a.Live(sdk.UnwrapSDKContext(ctx).BlockTime()),
		ClientStatus: q.Clients.GetClientStatus(sdk.UnwrapSDKContext(ctx), a.ClientId).String(),
	}
	told, found, err := find(ctx, q.terms, a.ChainId)
	if err != nil {
		return nil, err
	}
	if found {
		res.Told = &told
	}
	doubt, found, err := find(ctx, q.doubts, a.ClientId)
	if found {
		res.Doubt = &doubt
	}
	return res, err
}

// Agreements lists all.
func (q queryServer) Agreements(ctx context.Context, req *types.QueryAgreementsRequest) (*types.QueryAgreementsResponse, error) {
	items, page, err := query.CollectionPaginate(ctx, q.agreements, req.Pagination, asIs[string, types.Agreement])
	return &types.QueryAgreementsResponse{Agreements: items, Pagination: page}, err
}

// asIs passes a value of a page on.
func asIs[K, V any](_ K, v V) (V, error) { return v, nil }

// ofChain restricts a page of records to one chain.
func ofChain(chain string) func(*query.CollectionsPaginateOptions[recordKey]) {
	return func(o *query.CollectionsPaginateOptions[recordKey]) {
		prefix := collections.TriplePrefix[string, uint32, string](chain)
		o.Prefix = &prefix
	}
}
