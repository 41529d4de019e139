package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Recognised is one record of another chain that stands here. ErrNotFound.
func (q queryServer) Recognised(ctx context.Context, req *types.QueryRecognisedRequest) (*types.QueryRecognisedResponse, error) {
	r, found, err := find(ctx, q.recognised, keyOf(req.ChainId, req.Kind, req.Id))
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "%s %.64q of %.64q is not recognised here", req.Kind, req.Id, req.ChainId)
	}
	return &types.QueryRecognisedResponse{Recognised: r}, nil
}

// RecognisedList lists what stands here from a chain.
func (q queryServer) RecognisedList(ctx context.Context, req *types.QueryRecognisedListRequest) (*types.QueryRecognisedListResponse, error) {
	items, page, err := query.CollectionPaginate(ctx, q.recognised, req.Pagination, asIs[recordKey, types.Recognised], ofChain(req.ChainId))
	return &types.QueryRecognisedListResponse{Recognised: items, Pagination: page}, err
}

// ForeignStatus is the highest status of a voucher that we heard of. ErrNotFound.
func (q queryServer) ForeignStatus(ctx context.Context, req *types.QueryForeignStatusRequest) (*types.QueryForeignStatusResponse, error) {
	s, found, err := find(ctx, q.statuses, collections.Join(req.ChainId, req.Number))
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "nothing heard from %.64q against voucher %.64q", req.ChainId, req.Number)
	}
	content, err := s.Content()
	return &types.QueryForeignStatusResponse{Status: s, Detail: content.Detail}, err
}

// Standing tells all that we know of a voucher number, by chain.
func (q queryServer) Standing(goCtx context.Context, req *types.QueryStandingRequest) (*types.QueryStandingResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	number, err := vouchertypes.ParseDisplayed(req.Number)
	if err != nil {
		return nil, err
	}
	agreements, err := values(ctx, q.agreements)
	if err != nil {
		return nil, err
	}
	res := &types.QueryStandingResponse{}
	for _, a := range agreements {
		standing, known, err := q.standing(ctx, a, number)
		if err != nil {
			return nil, err
		}
		if known {
			res.Standings = append(res.Standings, standing)
		}
	}
	return res, nil
}
