package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/shugu-network/shugu/x/consortium/types"
)

type queryServer struct{ k *Keeper }

// NewQueryServer answers the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *types.QueryParamsRequest) (*types.QueryParamsResponse, error) {
	params, err := q.k.params.Get(ctx)
	return &types.QueryParamsResponse{Params: params}, err
}

// Seats lists the validator seats.
func (q queryServer) Seats(ctx context.Context, _ *types.QuerySeatsRequest) (*types.QuerySeatsResponse, error) {
	seats, err := q.k.allSeats(ctx)
	return &types.QuerySeatsResponse{Seats: seats, Power: types.SeatPower}, err
}

var errNoRequest = status.Error(codes.InvalidArgument, "empty request")
