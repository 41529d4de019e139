package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestQueryRequest(t *testing.T) {
	w := newWorld(t)
	blue := w.requested()
	for _, number := range []string{blue.Number, types.FormatNumber(blue.Number)} {
		res, err := w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: number})
		require.NoError(t, err)
		require.Equal(t, blue.Number, res.Request.Number)
		require.EqualValues(t, buyer, res.Request.Requester)
	}
	_, err := w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: "1"})
	require.ErrorIs(t, err, types.ErrNumber)
	_, err = w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: w.issue().Number})
	require.ErrorIs(t, err, types.ErrRequestNotFound)
	_, err = w.query().Request(w.Ctx, nil)
	require.Error(t, err)
}

func TestQueryRequests(t *testing.T) {
	w := newWorld(t)
	one := w.requested().Number
	two := w.issue().Number
	w.request(seller, two, 1)
	deal := trade()
	deal.Seller = other
	deal.Settlement = "261123-000004-000001"
	third, err := w.k.Issue(w.Ctx, deal)
	require.NoError(t, err)
	w.request(other, third.Number, 1)

	list := func(member uint32, page *query.PageRequest) (numbers []string) {
		res, err := w.query().Requests(w.Ctx, &types.QueryRequestsRequest{Member: member, Pagination: page})
		require.NoError(t, err)
		for _, r := range res.Requests {
			numbers = append(numbers, r.Number)
		}
		return numbers
	}
	require.Equal(t, []string{one, two, third.Number}, list(0, nil))
	require.Equal(t, []string{one, two}, list(seller, nil))
	require.Equal(t, []string{one, two, third.Number}, list(buyer, nil))
	require.Equal(t, []string{third.Number}, list(other, nil))
	require.Empty(t, list(hangzhou, nil))
	require.Equal(t, []string{one}, list(0, &query.PageRequest{Limit: 1}))
	_, err = w.query().Requests(w.Ctx, nil)
	require.Error(t, err)
	_, err = w.query().Failures(w.Ctx, nil)
	require.Error(t, err)
	long := &query.PageRequest{Limit: keeper.MaxPage + 1}
	_, err = w.query().Requests(w.Ctx, &types.QueryRequestsRequest{Pagination: long})
	require.ErrorIs(t, err, valid.ErrInvalid)
	_, err = w.query().Failures(w.Ctx, &types.QueryFailuresRequest{Pagination: long})
	require.ErrorIs(t, err, valid.ErrInvalid)
}
