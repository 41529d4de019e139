package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Contract returns the contract with an id.
func (q queryServer) Contract(ctx context.Context, req *types.QueryContractRequest) (*types.QueryContractResponse, error) {
	if err := types.ValidateID("id", req.Id); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	c, err := q.k.Contract(ctx, req.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryContractResponse{Contract: c}, nil
}

// Contracts lists contracts: all, those of one seller, or those of one buyer.
func (q queryServer) Contracts(ctx context.Context, req *types.QueryContractsRequest) (*types.QueryContractsResponse, error) {
	var (
		contracts []types.Contract
		page      *query.PageResponse
		err       error
	)
	switch {
	case req.Seller != 0 && req.Buyer != 0:
		return nil, status.Error(codes.InvalidArgument, "expected a seller or a buyer or neither, got both")
	case req.Seller != 0:
		contracts, page, err = q.indexed(ctx, q.k.bySeller, req.Seller, req.Pagination)
	case req.Buyer != 0:
		contracts, page, err = q.indexed(ctx, q.k.byBuyer, req.Buyer, req.Pagination)
	default:
		contracts, page, err = query.CollectionPaginate(ctx, q.k.contracts, req.Pagination,
			func(_ string, c types.Contract) (types.Contract, error) { return c, nil })
	}
	if err != nil {
		return nil, err
	}
	return &types.QueryContractsResponse{Contracts: contracts, Pagination: page}, nil
}

// indexed lists a member's contracts by one of the indexes.
func (q queryServer) indexed(ctx context.Context, index collections.KeySet[collections.Pair[uint32, string]], member uint32, page *query.PageRequest) ([]types.Contract, *query.PageResponse, error) {
	return query.CollectionPaginate(ctx, index, page,
		func(key collections.Pair[uint32, string], _ collections.NoValue) (types.Contract, error) {
			return q.k.Contract(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[uint32, string](member))
}
