package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/panel/types"
)

type queryServer struct{ k *Keeper }

// NewQueryServer answers the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

var errNoRequest = status.Error(codes.InvalidArgument, "empty request")

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := q.k.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Panels lists the panels by name.
func (q queryServer) Panels(ctx context.Context, req *types.QueryPanelsRequest) (*types.QueryPanelsResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	panels, page, err := query.CollectionPaginate(ctx, q.k.panels, req.Pagination,
		func(_ string, panel types.Panel) (types.Panel, error) { return panel, nil })
	return &types.QueryPanelsResponse{Panels: panels, Pagination: page}, err
}

// Panel returns a panel, its account and its seats.
func (q queryServer) Panel(ctx context.Context, req *types.QueryPanelRequest) (*types.QueryPanelResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	panel, err := q.k.Panel(ctx, req.Name)
	if err != nil {
		return nil, err
	}
	seats, err := q.k.seats(ctx, panel)
	if err != nil {
		return nil, err
	}
	res := &types.QueryPanelResponse{Panel: panel, Account: q.k.text(types.Account(panel.Name)), Seats: seats}
	if len(seats) > 0 {
		res.Needed = uint32(panel.Threshold.Needed(len(seats)))
	}
	return res, nil
}

// Resolutions lists resolutions by id.
func (q queryServer) Resolutions(ctx context.Context, req *types.QueryResolutionsRequest) (*types.QueryResolutionsResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	asked := func(r types.Resolution) bool {
		return req.Status == types.RESOLUTION_STATUS_UNSPECIFIED || r.Status == req.Status
	}
	if req.Panel == "" {
		resolutions, page, err := query.CollectionFilteredPaginate(ctx, q.k.resolutions, req.Pagination,
			func(_ uint64, r types.Resolution) (bool, error) { return asked(r), nil },
			func(_ uint64, r types.Resolution) (types.Resolution, error) { return r, nil })
		return &types.QueryResolutionsResponse{Resolutions: resolutions, Pagination: page}, err
	}
	get := func(key panelKey, _ collections.NoValue) (types.Resolution, error) {
		return q.k.Resolution(ctx, key.K2())
	}
	resolutions, page, err := query.CollectionFilteredPaginate(ctx, q.k.byPanel, req.Pagination,
		func(key panelKey, v collections.NoValue) (bool, error) {
			r, err := get(key, v)
			return asked(r), err
		}, get,
		func(o *query.CollectionsPaginateOptions[panelKey]) {
			prefix := collections.PairPrefix[string, uint64](req.Panel)
			o.Prefix = &prefix
		})
	return &types.QueryResolutionsResponse{Resolutions: resolutions, Pagination: page}, err
}

// Resolution returns a resolution, its ballots and where it stands.
func (q queryServer) Resolution(ctx context.Context, req *types.QueryResolutionRequest) (*types.QueryResolutionResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	r, err := q.k.Resolution(ctx, req.Id)
	if err != nil {
		return nil, err
	}
	ballots, err := q.k.Ballots(ctx, req.Id)
	if err != nil {
		return nil, err
	}
	res := &types.QueryResolutionResponse{Resolution: r, Ballots: ballots, Tally: r.Count(ballots)}
	res.Words, res.WordsZh = r.Words(res.Tally)
	return res, nil
}
