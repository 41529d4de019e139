package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// Request returns the open request of a blue voucher. It wraps ErrNumber or ErrRequestNotFound.
func (q queryServer) Request(ctx context.Context, req *types.QueryRequestRequest) (*types.QueryRequestResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	number, err := types.ParseDisplayed(req.Number)
	if err != nil {
		return nil, err
	}
	r, err := q.k.Request(ctx, number)
	if err != nil {
		return nil, err
	}
	return &types.QueryRequestResponse{Request: r}, nil
}

// Requests lists the open requests by number, all or those of a party. It wraps valid.ErrInvalid.
func (q queryServer) Requests(ctx context.Context, req *types.QueryRequestsRequest) (*types.QueryRequestsResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	wanted := func(number string, r types.ReversalRequest) (bool, error) {
		if req.Member == 0 || req.Member == r.Requester {
			return true, nil
		}
		blue, err := q.k.Voucher(ctx, number)
		if err != nil {
			return false, err
		}
		other, err := r.Other(blue)
		return req.Member == other, err
	}
	found, next, err := query.CollectionFilteredPaginate(ctx, q.k.requests.open, page, wanted, value[types.ReversalRequest])
	if err != nil {
		return nil, err
	}
	return &types.QueryRequestsResponse{Requests: found, Pagination: next}, nil
}

// Failures lists the requests that could not be ended, by number. It wraps valid.ErrInvalid.
func (q queryServer) Failures(ctx context.Context, req *types.QueryFailuresRequest) (*types.QueryFailuresResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	page, err := bounded(req.Pagination)
	if err != nil {
		return nil, err
	}
	found, next, err := query.CollectionPaginate(ctx, q.k.requests.failures, page, value[types.ExpiryFailure])
	if err != nil {
		return nil, err
	}
	return &types.QueryFailuresResponse{Failures: found, Pagination: next}, nil
}

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := q.k.requests.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// bounded is a page of at most MaxPage records.
func bounded(req *query.PageRequest) (*query.PageRequest, error) {
	var page query.PageRequest
	if req != nil {
		page = *req
	}
	if page.Limit == 0 {
		page.Limit = MaxPage
	}
	if page.Limit > MaxPage {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "pagination.limit: expected at most %d, got %d: ask for the next page by its key", MaxPage, page.Limit)
	}
	return &page, nil
}

// value keeps the value of an entry for a page.
func value[V any](_ string, v V) (V, error) { return v, nil }
