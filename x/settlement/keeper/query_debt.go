package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// ClawBack returns what was taken back of a settlement, or ErrClawBackNotFound.
func (q queryServer) ClawBack(ctx context.Context, r *types.QueryClawBackRequest) (*types.QueryClawBackResponse, error) {
	back, err := get(ctx, q.k.clawBacks, r.Settlement, errNoClawBack)
	if err != nil {
		return nil, err
	}
	return &types.QueryClawBackResponse{ClawBack: back}, nil
}

// Debt returns a debt, or ErrDebtNotFound.
func (q queryServer) Debt(ctx context.Context, r *types.QueryDebtRequest) (*types.QueryDebtResponse, error) {
	debt, err := q.k.Debt(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryDebtResponse{Debt: debt}, nil
}

// Debts lists debts by id: all, those of a debtor, or those towards a creditor. It
// wraps valid.ErrInvalid when both are named.
func (q queryServer) Debts(ctx context.Context, r *types.QueryDebtsRequest) (*types.QueryDebtsResponse, error) {
	if r.Debtor != 0 && r.Creditor != 0 {
		return nil, errorsmod.Wrap(valid.ErrInvalid, "expected a debtor or a creditor, got both; ask for one")
	}
	index, member := q.k.byDebtor, r.Debtor
	if r.Creditor != 0 {
		index, member = q.k.byCreditor, r.Creditor
	}
	answer := &types.QueryDebtsResponse{}
	var err error
	if member == 0 {
		answer.Debts, answer.Pagination, err = query.CollectionPaginate(ctx, q.k.debts, r.Pagination, value[string, types.Debt])
		return answer, err
	}
	answer.Debts, answer.Pagination, err = query.CollectionPaginate(ctx, index, r.Pagination,
		func(key collections.Pair[uint32, string], _ collections.NoValue) (types.Debt, error) {
			return q.k.Debt(ctx, key.K2())
		},
		query.WithCollectionPaginationPairPrefix[uint32, string](member))
	return answer, err
}
