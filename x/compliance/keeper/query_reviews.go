package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Review returns one round, or the latest for round 0.
func (s queryServer) Review(ctx context.Context, req *types.QueryReviewRequest) (*types.QueryReviewResponse, error) {
	if _, _, err := ids.ParseOwned("product", req.Product); err != nil {
		return nil, badRequest(err)
	}
	if req.Version < 1 {
		return nil, badRequest(errorsmod.Wrap(valid.ErrInvalid, "version: expected 1 or more, got 0"))
	}
	if req.Round > 0 {
		r, err := s.k.review(ctx, req.Product, req.Version, req.Round)
		return &types.QueryReviewResponse{Review: r}, err
	}
	r, found, err := s.k.latestReview(ctx, req.Product, req.Version)
	if err == nil && !found {
		err = errorsmod.Wrapf(types.ErrReviewNotFound, "%s version %d was never submitted for review", req.Product, req.Version)
	}
	return &types.QueryReviewResponse{Review: r}, err
}

// Reviews lists reviews in the order of product, version and round.
func (s queryServer) Reviews(ctx context.Context, req *types.QueryReviewsRequest) (*types.QueryReviewsResponse, error) {
	if req.Product != "" {
		if _, _, err := ids.ParseOwned("product", req.Product); err != nil {
			return nil, badRequest(err)
		}
	}
	list := s.all
	if req.Pending {
		list = s.waiting
	}
	reviews, page, err := list(ctx, req)
	return &types.QueryReviewsResponse{Reviews: reviews, Pagination: page}, err
}

// asked says whether a review is one of those that the request asks for.
func asked(req *types.QueryReviewsRequest, r types.Review) bool {
	return req.CommitteeMember == 0 || r.InCommittee(req.CommitteeMember)
}

func (s queryServer) all(ctx context.Context, req *types.QueryReviewsRequest) ([]types.Review, *query.PageResponse, error) {
	return query.CollectionFilteredPaginate(ctx, s.k.reviews, req.Pagination,
		func(_ roundKey, r types.Review) (bool, error) { return asked(req, r), nil },
		func(_ roundKey, r types.Review) (types.Review, error) { return r, nil },
		func(o *query.CollectionsPaginateOptions[roundKey]) {
			if req.Product != "" {
				prefix := collections.TriplePrefix[string, uint32, uint32](req.Product)
				o.Prefix = &prefix
			}
		})
}

// waiting walks the marks of pending reviews, which stay few.
func (s queryServer) waiting(ctx context.Context, req *types.QueryReviewsRequest) ([]types.Review, *query.PageResponse, error) {
	get := func(key versionKey, _ collections.NoValue) (types.Review, error) {
		r, _, err := s.k.latestReview(ctx, key.K1(), key.K2())
		return r, err
	}
	return query.CollectionFilteredPaginate(ctx, s.k.pending, req.Pagination,
		func(key versionKey, v collections.NoValue) (bool, error) {
			r, err := get(key, v)
			return asked(req, r), err
		}, get,
		func(o *query.CollectionsPaginateOptions[versionKey]) {
			if req.Product != "" {
				prefix := collections.PairPrefix[string, uint32](req.Product)
				o.Prefix = &prefix
			}
		})
}
