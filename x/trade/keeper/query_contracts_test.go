package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/trade/types"
)

func TestQueryContract(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_AGREED, w.deal())
	r, err := w.queries.Contract(w.Ctx, &types.QueryContractRequest{Id: id})
	require.NoError(t, err)
	require.Equal(t, w.contract(id), r.Contract)
}

func TestQueryContractFails(t *testing.T) {
	w := newWorld(t)
	_, err := w.queries.Contract(w.Ctx, &types.QueryContractRequest{Id: "261123-000002-000001"})
	require.ErrorIs(t, err, types.ErrContractNotFound)
	require.Equal(t, codes.NotFound, status.Code(err))
	_, err = w.queries.Contract(w.Ctx, &types.QueryContractRequest{Id: "nonsense"})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestQueryContracts(t *testing.T) {
	w := newWorld(t)
	crossed := w.deal() // seller one to buyer two
	crossed.Buyer = buyerTwoNo
	a, b, c := w.quote(w.deal()), w.quote(crossed), w.quote(w.dealTwo())
	for name, tc := range map[string]struct {
		req  types.QueryContractsRequest
		want []string
	}{
		"all":               {types.QueryContractsRequest{}, []string{a, b, c}},
		"by seller":         {types.QueryContractsRequest{Seller: sellerNo}, []string{a, b}},
		"by another seller": {types.QueryContractsRequest{Seller: sellerTwoNo}, []string{c}},
		"by buyer":          {types.QueryContractsRequest{Buyer: buyerTwoNo}, []string{b, c}},
		"by no seller":      {types.QueryContractsRequest{Seller: buyerNo}, nil},
		"backwards":         {types.QueryContractsRequest{Seller: sellerNo, Pagination: &query.PageRequest{Reverse: true, Limit: 1}}, []string{b}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := w.queries.Contracts(w.Ctx, &tc.req)
			require.NoError(t, err)
			require.Equal(t, tc.want, contractIDs(r.Contracts))
		})
	}
	_, err := w.queries.Contracts(w.Ctx, &types.QueryContractsRequest{Seller: sellerNo, Buyer: buyerNo})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
}

func contractIDs(contracts []types.Contract) []string {
	var out []string
	for _, c := range contracts {
		out = append(out, c.Id)
	}
	return out
}

func TestQueryContractsPageByPage(t *testing.T) {
	w := newWorld(t)
	var want []string
	for range 7 {
		want = append(want, w.quote(w.deal()))
		w.quote(w.dealTwo())
	}
	for name, req := range map[string]types.QueryContractsRequest{"seller": {Seller: sellerNo}, "buyer": {Buyer: buyerNo}} {
		t.Run(name, func(t *testing.T) {
			var got []string
			req.Pagination = &query.PageRequest{Limit: 3}
			for pages := 1; ; pages++ {
				r, err := w.queries.Contracts(w.Ctx, &req)
				require.NoError(t, err)
				require.LessOrEqual(t, len(r.Contracts), 3)
				got = append(got, contractIDs(r.Contracts)...)
				if req.Pagination.Key = r.Pagination.NextKey; len(req.Pagination.Key) == 0 {
					require.Equal(t, 3, pages)
					break
				}
			}
			require.Equal(t, want, got)
		})
	}
}

func TestQueryParams(t *testing.T) {
	w := newWorld(t)
	r, err := w.queries.Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), r.Params)
}
