package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/product/types"
)

// Scenario returns the scenario with an id.
func (s queryServer) Scenario(ctx context.Context, req *types.QueryScenarioRequest) (*types.QueryScenarioResponse, error) {
	if _, _, err := types.ParseScenarioID("id", req.Id); err != nil {
		return nil, badRequest(err)
	}
	scenario, err := s.k.scenario(ctx, req.Id)
	return &types.QueryScenarioResponse{Scenario: scenario}, err
}

// Scenarios lists scenarios in the order of their ids.
func (s queryServer) Scenarios(ctx context.Context, req *types.QueryScenariosRequest) (*types.QueryScenariosResponse, error) {
	list := s.scenarios
	if req.Owner == 0 && req.Exchange != 0 {
		list = s.scenariosOfExchange
	}
	scenarios, page, err := list(ctx, req)
	return &types.QueryScenariosResponse{Scenarios: scenarios, Pagination: page}, err
}

// askedScenario says whether a scenario is one of those that the request asks for.
func askedScenario(req *types.QueryScenariosRequest, s types.Scenario) bool {
	return (req.Exchange == 0 || s.Exchange == req.Exchange) &&
		(req.Status == types.SCENARIO_STATUS_UNSPECIFIED || s.Status == req.Status)
}

// scenarios walks all of them, or an owner's.
func (s queryServer) scenarios(ctx context.Context, req *types.QueryScenariosRequest) ([]types.Scenario, *query.PageResponse, error) {
	return query.CollectionFilteredPaginate(ctx, s.k.scenarios, req.Pagination,
		func(_ string, scenario types.Scenario) (bool, error) { return askedScenario(req, scenario), nil },
		func(_ string, scenario types.Scenario) (types.Scenario, error) { return scenario, nil },
		prefixed(req.Owner != 0, fmt.Sprintf("S%06d-", req.Owner)))
}

// scenariosOfExchange walks the exchange's index.
func (s queryServer) scenariosOfExchange(ctx context.Context, req *types.QueryScenariosRequest) ([]types.Scenario, *query.PageResponse, error) {
	get := func(key exchangeKey, _ collections.NoValue) (types.Scenario, error) {
		return s.k.scenario(ctx, key.K2())
	}
	return query.CollectionFilteredPaginate(ctx, s.k.exchanges, req.Pagination,
		func(key exchangeKey, v collections.NoValue) (bool, error) {
			scenario, err := get(key, v)
			return askedScenario(req, scenario), err
		}, get,
		prefixed(true, collections.PairPrefix[uint32, string](req.Exchange)))
}
