package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Refusals lists the applications that one exchange, or the council, refused, oldest first.
func (q queryServer) Refusals(ctx context.Context, req *types.QueryRefusalsRequest) (*types.QueryRefusalsResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	refusals, page, err := query.CollectionPaginate(ctx, q.k.refusals, req.Pagination,
		func(_ refusalKey, refusal types.Refusal) (types.Refusal, error) { return refusal, nil },
		func(o *query.CollectionsPaginateOptions[refusalKey]) {
			prefix := collections.TriplePrefix[uint32, uint64, []byte](req.By)
			o.Prefix = &prefix
		})
	if err != nil {
		return nil, err
	}
	return &types.QueryRefusalsResponse{Refusals: refusals, Pagination: page}, nil
}

// RefusalsByCreditCode lists who refused an organisation's applications, oldest first.
func (q queryServer) RefusalsByCreditCode(
	ctx context.Context, req *types.QueryRefusalsByCreditCodeRequest,
) (*types.QueryRefusalsByCreditCodeResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	refusals, page, err := query.CollectionPaginate(ctx, q.k.refusedCodes, req.Pagination,
		func(key codeKey, by uint32) (types.Refusal, error) {
			return q.k.refusals.Get(ctx, collections.Join3(by, key.K2(), key.K3()))
		},
		func(o *query.CollectionsPaginateOptions[codeKey]) {
			prefix := collections.TriplePrefix[[]byte, uint64, []byte]([]byte(req.CreditCode))
			o.Prefix = &prefix
		})
	if err != nil {
		return nil, err
	}
	return &types.QueryRefusalsByCreditCodeResponse{Refusals: refusals, Pagination: page}, nil
}
