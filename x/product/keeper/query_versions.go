package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/product/types"
)

// Version returns a version of a product, the latest for version 0.
func (s queryServer) Version(ctx context.Context, req *types.QueryVersionRequest) (*types.QueryVersionResponse, error) {
	if _, _, err := ids.ParseOwned("product", req.Product); err != nil {
		return nil, badRequest(err)
	}
	number := req.Version
	if number == 0 {
		p, err := s.k.product(ctx, req.Product)
		if err != nil {
			return nil, err
		}
		number = p.Version
	}
	v, err := s.k.version(ctx, req.Product, number)
	return &types.QueryVersionResponse{Version: v}, err
}

// Versions lists the versions of a product, ascending.
func (s queryServer) Versions(ctx context.Context, req *types.QueryVersionsRequest) (*types.QueryVersionsResponse, error) {
	if _, _, err := ids.ParseOwned("product", req.Product); err != nil {
		return nil, badRequest(err)
	}
	versions, page, err := query.CollectionPaginate(ctx, s.k.versions, req.Pagination,
		func(_ versionKey, v types.Version) (types.Version, error) { return v, nil },
		prefixed(true, collections.PairPrefix[string, uint32](req.Product)))
	return &types.QueryVersionsResponse{Versions: versions, Pagination: page}, err
}
