package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// Record returns the settlement record of a trade, or ErrRecordNotFound.
func (q queryServer) Record(ctx context.Context, r *types.QueryRecordRequest) (*types.QueryRecordResponse, error) {
	record, err := q.k.Record(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryRecordResponse{Record: record}, nil
}

// Escrow returns the open escrow of a trade, or ErrEscrowNotFound.
func (q queryServer) Escrow(ctx context.Context, r *types.QueryEscrowRequest) (*types.QueryEscrowResponse, error) {
	escrow, err := q.k.Escrow(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryEscrowResponse{Escrow: escrow}, nil
}
