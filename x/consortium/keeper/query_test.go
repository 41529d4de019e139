package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestQueryMember(t *testing.T) {
	w := newWorld(t)
	res, err := w.query.Member(w.Ctx, &types.QueryMemberRequest{Number: lawyer})
	require.NoError(t, err)
	require.Equal(t, "lawyer", res.Member.Name)

	_, err = w.query.Member(w.Ctx, &types.QueryMemberRequest{Number: next})
	require.ErrorIs(t, err, types.ErrMemberNotFound)
	require.Equal(t, codes.NotFound, status.Code(errorsmod.Wrap(err, "over gRPC")))
	_, err = w.query.Member(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestQueryMemberByAddress(t *testing.T) {
	w := newWorld(t)
	res, err := w.query.MemberByAddress(w.Ctx, &types.QueryMemberByAddressRequest{Address: keys.Bech32("ningbo")})
	require.NoError(t, err)
	require.Equal(t, ningbo, res.Member.Number)

	_, err = w.query.MemberByAddress(w.Ctx, &types.QueryMemberByAddressRequest{Address: keys.Bech32("stranger")})
	require.ErrorIs(t, err, types.ErrNotMember)
	for _, req := range []*types.QueryMemberByAddressRequest{nil, {}, {Address: "ningbo"}} {
		_, err = w.query.MemberByAddress(w.Ctx, req)
		require.Equal(t, codes.InvalidArgument, status.Code(err))
	}
}

// pages reads the members page by page.
func (w *world) pages(role types.Role, limit uint64) []uint32 {
	w.t.Helper()
	var numbers []uint32
	page := &query.PageRequest{Limit: limit}
	for {
		res, err := w.query.Members(w.Ctx, &types.QueryMembersRequest{Role: role, Pagination: page})
		require.NoError(w.t, err)
		require.LessOrEqual(w.t, len(res.Members), int(limit))
		for _, member := range res.Members {
			numbers = append(numbers, member.Number)
		}
		if len(res.Pagination.NextKey) == 0 {
			return numbers
		}
		page = &query.PageRequest{Limit: limit, Key: res.Pagination.NextKey}
	}
}

func TestQueryMembers(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("authority", hangzhou))
	for _, limit := range []uint64{1, 2, 100} {
		require.Equal(t, []uint32{1, 2, 3, 4, 5}, w.pages(types.ROLE_UNSPECIFIED, limit))
		require.Equal(t, []uint32{ningbo, hangzhou, closed}, w.pages(types.ROLE_EXCHANGE, limit), "the active ones first")
		require.Equal(t, []uint32{ningbo}, w.pages(types.ROLE_RELAYER, limit))
		require.Empty(t, w.pages(types.ROLE_COURT, limit))
		require.Empty(t, w.pages(types.Role(99), limit))
	}
	_, err := w.query.Members(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestQueryMemberHistory(t *testing.T) {
	w := newWorld(t)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	w.Advance(0)
	require.NoError(t, w.suspend("hangzhou", next))
	require.NoError(t, w.suspend("hangzhou", seller))

	res, err := w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: next})
	require.NoError(t, err)
	require.Equal(t, []types.MemberChange{
		{Member: next, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_ADMITTED, By: hangzhou, Reason: "annual audit"},
		{Member: next, Height: 2, Sequence: 2, Kind: types.CHANGE_KIND_SUSPENDED, By: hangzhou, Reason: "resold data"},
	}, res.Changes)
	res, err = w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: next, Pagination: &query.PageRequest{Limit: 1, Reverse: true}})
	require.NoError(t, err)
	require.Equal(t, types.CHANGE_KIND_SUSPENDED, res.Changes[0].Kind)
	require.Len(t, res.Changes, 1)

	res, err = w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: lawyer})
	require.NoError(t, err)
	require.Empty(t, res.Changes, "members of genesis have no entry for their coming")
	_, err = w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: 99})
	require.ErrorIs(t, err, types.ErrMemberNotFound)
	_, err = w.query.MemberHistory(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestQueryAccountsRefusalsAndCreditCodes(t *testing.T) {
	w := newWorld(t)
	accounts, err := w.query.Accounts(w.Ctx, &types.QueryAccountsRequest{Number: seller})
	require.NoError(t, err)
	require.Equal(t, keys.Bech32("seller"), accounts.Owner)
	require.Empty(t, accounts.Accounts)
	_, err = w.query.Accounts(w.Ctx, &types.QueryAccountsRequest{Number: next})
	require.ErrorIs(t, err, types.ErrMemberNotFound)
	res, err := w.query.MemberByCreditCode(w.Ctx, &types.QueryMemberByCreditCodeRequest{CreditCode: "91330100MA00000004"})
	require.NoError(t, err)
	require.Equal(t, closed, res.Member.Number)
	for _, code := range []string{"", "91330100MA0000000", "91330100MA00000009", "数"} {
		_, err = w.query.MemberByCreditCode(w.Ctx, &types.QueryMemberByCreditCodeRequest{CreditCode: code})
		require.ErrorIs(t, err, types.ErrMemberNotFound)
		none, err := w.query.RefusalsByCreditCode(w.Ctx, &types.QueryRefusalsByCreditCodeRequest{CreditCode: code})
		require.NoError(t, err)
		require.Empty(t, none.Refusals)
	}
	_, errAccounts := w.query.Accounts(w.Ctx, nil)
	_, errMember := w.query.MemberByCreditCode(w.Ctx, nil)
	_, errBy := w.query.Refusals(w.Ctx, nil)
	_, errCode := w.query.RefusalsByCreditCode(w.Ctx, nil)
	for _, err := range []error{errAccounts, errMember, errBy, errCode} {
		require.Equal(t, codes.InvalidArgument, status.Code(err))
	}
}

func TestQuerySeatsAndParams(t *testing.T) {
	w := newWorld(t)
	seats, err := w.query.Seats(w.Ctx, &types.QuerySeatsRequest{})
	require.NoError(t, err)
	require.Equal(t, worldGenesis().Seats, seats.Seats)
	require.EqualValues(t, 10, seats.Power)
	res, err := w.query.Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, params(), res.Params)
}
