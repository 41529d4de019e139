package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// busy has returned and pending rounds of two versions of one product, and a pending one of the next.
func busy(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.mustRequest(request())
	w.mustOpine(opine("law", types.VERDICT_RETURN))
	w.mustOpine(opine("audit", types.VERDICT_RETURN))
	w.mustRequest(request())
	v2 := request()
	v2.Version = 2
	w.mustRequest(v2)
	next := request()
	next.Product = "000002-000002"
	w.members.Suspend(3)
	w.members.Add(consortium.Member{Number: 7, Name: "late", Roles: []consortium.Role{consortium.ROLE_COMMITTEE_MEMBER}})
	w.mustRequest(next) // committee 4, 5, 7
	return w
}

func TestQueryReview(t *testing.T) {
	w := busy(t)
	require.Equal(t, uint32(2), w.review(0).Round)
	require.Equal(t, types.REVIEW_STATUS_RETURNED, w.review(1).Status)
	for _, tc := range []struct {
		req  types.QueryReviewRequest
		want codes.Code
	}{
		{types.QueryReviewRequest{Product: product, Version: 1, Round: 3}, codes.NotFound},
		{types.QueryReviewRequest{Product: product, Version: 3}, codes.NotFound},
		{types.QueryReviewRequest{Product: "000002-000009", Version: 1}, codes.NotFound},
		{types.QueryReviewRequest{Product: "x\x00", Version: 1}, codes.InvalidArgument},
		{types.QueryReviewRequest{Product: product}, codes.InvalidArgument},
	} {
		_, err := w.queries.Review(w.Ctx, &tc.req)
		require.Equal(t, tc.want, status.Code(err), "%v: %v", tc.req, err)
	}
}

func TestQueryReviews(t *testing.T) {
	w := busy(t)
	const a1, a2, b, c = "000002-000001/1/1", "000002-000001/1/2", "000002-000001/2/1", "000002-000002/1/1"
	for _, tc := range []struct {
		name string
		req  types.QueryReviewsRequest
		want []string
	}{
		{"all", types.QueryReviewsRequest{}, []string{a1, a2, b, c}},
		{"of a product", types.QueryReviewsRequest{Product: product}, []string{a1, a2, b}},
		{"pending", types.QueryReviewsRequest{Pending: true}, []string{a2, b, c}},
		{"pending of a product", types.QueryReviewsRequest{Pending: true, Product: product}, []string{a2, b}},
		{"of a committee member", types.QueryReviewsRequest{CommitteeMember: 7}, []string{c}},
		{"pending of a committee member", types.QueryReviewsRequest{CommitteeMember: 3, Pending: true}, []string{a2, b}},
		{"of a product without reviews", types.QueryReviewsRequest{Product: "000002-000003"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			page := &query.PageRequest{Limit: 1} // one at a time: the keys must lead on
			for page != nil {
				req := tc.req
				req.Pagination = page
				resp, err := w.queries.Reviews(w.Ctx, &req)
				require.NoError(t, err)
				for _, r := range resp.Reviews {
					got = append(got, fmt.Sprintf("%s/%d/%d", r.Product, r.Version, r.Round))
				}
				page = nil
				if len(resp.Pagination.NextKey) > 0 {
					page = &query.PageRequest{Limit: 1, Key: resp.Pagination.NextKey}
				}
			}
			require.Equal(t, tc.want, got)
		})
	}
	_, err := w.queries.Reviews(w.Ctx, &types.QueryReviewsRequest{Product: "x"})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestQueryParams(t *testing.T) {
	w := newWorld(t)
	resp, err := w.queries.Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), resp.Params)
}
