package keeper

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Failures lists the contracts whose deadline's exit failed and is tried again.
func (q queryServer) Failures(ctx context.Context, req *types.QueryFailuresRequest) (*types.QueryFailuresResponse, error) {
	failures, page, err := query.CollectionPaginate(ctx, q.k.failures, req.Pagination,
		func(_ string, f types.Failure) (types.Failure, error) { return f, nil })
	if err != nil {
		return nil, err
	}
	return &types.QueryFailuresResponse{Failures: failures, Pagination: page}, nil
}
