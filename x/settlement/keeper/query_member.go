package keeper

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// Unpaid lists the payments that could not be booked, those due first at the front.
func (q queryServer) Unpaid(ctx context.Context, r *types.QueryUnpaidRequest) (*types.QueryUnpaidResponse, error) {
	unpaid, page, err := query.CollectionPaginate(ctx, q.k.unpaid, r.Pagination, value[collections.Pair[uint64, uint32], types.Unpaid])
	if err != nil {
		return nil, err
	}
	return &types.QueryUnpaidResponse{Unpaid: unpaid, Pagination: page}, nil
}

// Balance returns the fen of a member and what it has under way, or what the
// membership says of a number that nobody has.
func (q queryServer) Balance(ctx context.Context, r *types.QueryBalanceRequest) (*types.QueryBalanceResponse, error) {
	owner, err := q.k.owner(ctx, r.Member)
	if err != nil {
		return nil, err
	}
	bech32, err := q.k.Address.BytesToString(owner)
	if err != nil {
		return nil, err
	}
	answer := &types.QueryBalanceResponse{
		Owner: bech32, Available: q.k.balance(ctx, owner), Withdrawing: math.ZeroInt(), Unpaid: math.ZeroInt(),
	}
	own := new(collections.Range[string]).StartInclusive(ids.Owned(r.Member, 0)).EndInclusive(ids.Owned(r.Member, ids.MaxSequence))
	err = q.k.withdrawals.Walk(ctx, own, func(_ string, w types.Withdrawal) (bool, error) {
		answer.Withdrawing = answer.Withdrawing.Add(w.Amount)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = q.k.unpaid.Walk(ctx, nil, func(key collections.Pair[uint64, uint32], u types.Unpaid) (bool, error) {
		if key.K2() == r.Member {
			answer.Unpaid = answer.Unpaid.Add(u.Amount)
		}
		return false, nil
	})
	return answer, err
}
