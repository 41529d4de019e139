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

func TestQueryVoucher(t *testing.T) {
	w, blue := busy(t)
	q := keeper.NewQueryServer(w.k)
	for _, spelling := range []string{blue.Number, types.FormatNumber(blue.Number)} {
		got, err := q.Voucher(w.Ctx, &types.QueryVoucherRequest{Number: spelling})
		require.NoError(t, err)
		require.Equal(t, &types.QueryVoucherResponse{Voucher: blue, DisplayedNumber: types.FormatNumber(blue.Number)}, got)
	}
}

func TestQueryVoucherFailsIf(t *testing.T) {
	w := newWorld(t)
	q := keeper.NewQueryServer(w.k)
	_, err := q.Voucher(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	_, err = q.Voucher(w.Ctx, &types.QueryVoucherRequest{Number: "330126112300012300004229"})
	require.ErrorIs(t, err, types.ErrNumber)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	_, err = q.Voucher(w.Ctx, &types.QueryVoucherRequest{Number: "330126112300012300004228"})
	require.ErrorIs(t, err, types.ErrVoucherNotFound)
	require.Equal(t, codes.NotFound, status.Code(err))
}

func numbers(vouchers []types.Voucher) []string {
	out := make([]string, len(vouchers))
	for i, v := range vouchers {
		out[i] = v.Number
	}
	return out
}

func TestQueryVouchers(t *testing.T) {
	w, _ := busy(t)
	q := keeper.NewQueryServer(w.k)
	all := []string{
		types.Number("3301", "261123", seller, 1),
		types.Number("3301", "261123", seller, 2),
		types.Number("3301", "261127", seller, 1),
		types.Number("3302", "261123", seller, 3),
		types.Number("3302", "261127", other, 1),
	}
	for name, c := range map[string]struct {
		region, day string
		want        []string
	}{
		"all":              {"", "", all},
		"a region":         {"3302", "", all[3:]},
		"a region and day": {"3301", "261123", all[:2]},
		"another region":   {"9999", "", []string{}},
		"another day":      {"3301", "261125", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := q.Vouchers(w.Ctx, &types.QueryVouchersRequest{Region: c.region, Day: c.day})
			require.NoError(t, err)
			require.Equal(t, c.want, numbers(got.Vouchers))
			require.Empty(t, got.Pagination.NextKey)
		})
	}

	var paged []string
	page := &query.PageRequest{Limit: 2}
	for {
		got, err := q.Vouchers(w.Ctx, &types.QueryVouchersRequest{Pagination: page})
		require.NoError(t, err)
		require.LessOrEqual(t, len(got.Vouchers), 2)
		paged = append(paged, numbers(got.Vouchers)...)
		if page.Key = got.Pagination.NextKey; page.Key == nil {
			break
		}
	}
	require.Equal(t, all, paged)
}

func TestQueryVouchersFailsIf(t *testing.T) {
	w := newWorld(t)
	q := keeper.NewQueryServer(w.k)
	_, err := q.Vouchers(w.Ctx, nil)
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	for name, r := range map[string]*types.QueryVouchersRequest{
		"a day has no region":       {Day: "261123"},
		"the region is no region":   {Region: "33"},
		"the day is no day":         {Region: "3301", Day: "261131"},
		"the day is long":           {Region: "3301", Day: "20261123"},
		"more than a page is asked": {Pagination: &query.PageRequest{Limit: 101}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := q.Vouchers(w.Ctx, r)
			require.ErrorIs(t, err, valid.ErrInvalid)
		})
	}
}

func TestQueryVouchersWithoutALimitGivesOnePage(t *testing.T) {
	w := newWorld(t)
	for range keeper.MaxPage + 1 {
		w.issue()
	}
	got, err := keeper.NewQueryServer(w.k).Vouchers(w.Ctx, &types.QueryVouchersRequest{})
	require.NoError(t, err)
	require.Len(t, got.Vouchers, keeper.MaxPage)
	require.NotEmpty(t, got.Pagination.NextKey)
	require.Zero(t, got.Pagination.Total, "nothing is counted unless asked for")
}
