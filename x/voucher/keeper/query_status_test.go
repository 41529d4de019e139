package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestQueryStatus(t *testing.T) {
	w, blue := busy(t)
	q := keeper.NewQueryServer(w.k)
	got, err := q.Status(w.Ctx, &types.QueryStatusRequest{Number: types.FormatNumber(blue.Number)})
	require.NoError(t, err)
	s, latest := w.standing(blue.Number)
	require.Equal(t, &s, got.Status)
	require.Equal(t, []string{"reversed"}, got.Flags)
	require.Len(t, got.Value, types.StatusLength)
	require.Len(t, got.Details, 2)
	require.Equal(t, uint64(1), got.Details[0].Version)
	require.Equal(t, latest, got.Details[1])

	second, err := q.Status(w.Ctx, &types.QueryStatusRequest{Number: blue.Number, Pagination: &query.PageRequest{Offset: 1, Limit: 1}})
	require.NoError(t, err)
	require.Equal(t, []types.StatusDetail{latest}, second.Details)
}

func TestQueryStatusOfACleanVoucherIsEmpty(t *testing.T) {
	w := newWorld(t)
	v := w.issue()
	got, err := keeper.NewQueryServer(w.k).Status(w.Ctx, &types.QueryStatusRequest{Number: v.Number})
	require.NoError(t, err)
	require.Equal(t, &types.QueryStatusResponse{Pagination: &query.PageResponse{}}, got)
}

func TestQueryStatusFailsIf(t *testing.T) {
	w, blue := busy(t)
	q := keeper.NewQueryServer(w.k)
	_, err := q.Status(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	_, err = q.Status(w.Ctx, &types.QueryStatusRequest{Number: "1"})
	require.ErrorIs(t, err, types.ErrNumber)
	_, err = q.Status(w.Ctx, &types.QueryStatusRequest{Number: "330126112300012300004228"})
	require.ErrorIs(t, err, types.ErrVoucherNotFound)
	_, d := w.standing(blue.Number)
	_, err = q.Status(w.Ctx, &types.QueryStatusRequest{Number: d.RedNumber})
	require.ErrorIs(t, err, types.ErrRedVoucher)
	require.ErrorContains(t, err, types.FormatNumber(blue.Number))
	_, err = q.Status(w.Ctx, &types.QueryStatusRequest{Number: blue.Number, Pagination: &query.PageRequest{Limit: 101}})
	require.ErrorIs(t, err, valid.ErrInvalid)
}
