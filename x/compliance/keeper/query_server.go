package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/shugu-network/shugu/x/compliance/types"
)

type queryServer struct{ k *Keeper }

// NewQueryServer answers the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (s queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := s.k.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// badRequest tells the asker that the question is wrong.
func badRequest(err error) error { return status.Error(codes.InvalidArgument, err.Error()) }
