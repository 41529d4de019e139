package keeper_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/product/types"
)

// pages asks for one result at a time until there is no next key.
func pages(t *testing.T, ask func(*query.PageRequest) (*query.PageResponse, error)) {
	t.Helper()
	page := &query.PageRequest{Limit: 1}
	for {
		resp, err := ask(page)
		require.NoError(t, err)
		if len(resp.NextKey) == 0 {
			return
		}
		page = &query.PageRequest{Limit: 1, Key: resp.NextKey}
	}
}

func TestQueryScenarios(t *testing.T) {
	w := busy(t)
	const a, b, c, d = "S000002-000001", "S000002-000002", "S000002-000003", "S000003-000001" // approved, returned, submitted; approved
	for _, tc := range []struct {
		name string
		req  types.QueryScenariosRequest
		want []string
	}{
		{"all", types.QueryScenariosRequest{}, []string{a, b, c, d}},
		{"of an exchange", types.QueryScenariosRequest{Exchange: 4}, []string{c, d}},
		{"of an owner", types.QueryScenariosRequest{Owner: 2}, []string{a, b, c}},
		{"of both", types.QueryScenariosRequest{Owner: 2, Exchange: 4}, []string{c}},
		{"that wait for an exchange", types.QueryScenariosRequest{Exchange: 4, Status: types.SCENARIO_STATUS_SUBMITTED}, []string{c}},
		{"approved", types.QueryScenariosRequest{Status: types.SCENARIO_STATUS_APPROVED}, []string{a, d}},
		{"of nobody", types.QueryScenariosRequest{Owner: 5}, nil},
		{"of an owner beyond six digits", types.QueryScenariosRequest{Owner: 2_000_002}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			pages(t, func(page *query.PageRequest) (*query.PageResponse, error) {
				req := tc.req
				req.Pagination = page
				resp, err := w.queries.Scenarios(w.Ctx, &req)
				for _, s := range resp.Scenarios {
					got = append(got, s.Id)
				}
				return resp.Pagination, err
			})
			require.Equal(t, tc.want, got)
		})
	}
}

func TestQueryProducts(t *testing.T) {
	w := busy(t)
	// id, version shown, status
	const a, b, c, d = "000002-000001 1 PRODUCT_STATUS_LISTED", "000002-000002 1 PRODUCT_STATUS_REGISTERED",
		"000002-000003 1 PRODUCT_STATUS_DELISTED", "000003-000001 1 PRODUCT_STATUS_LISTED"
	for _, tc := range []struct {
		name string
		req  types.QueryProductsRequest
		want []string
	}{
		{"all", types.QueryProductsRequest{}, []string{a, b, c, d}},
		{"of an owner", types.QueryProductsRequest{Owner: 2}, []string{a, b, c}},
		{"listed", types.QueryProductsRequest{Listed: true}, []string{a, d}},
		{"listed of an owner", types.QueryProductsRequest{Listed: true, Owner: 3}, []string{d}},
		{"in a zone", types.QueryProductsRequest{ZoneKind: types.ZONE_KIND_INDUSTRY, ZoneName: "交通"}, []string{a, d}},
		{"in a zone, of an owner", types.QueryProductsRequest{ZoneKind: types.ZONE_KIND_REGION, ZoneName: "杭州", Owner: 2}, []string{a}},
		{"in a zone of the same name and another kind", types.QueryProductsRequest{ZoneKind: types.ZONE_KIND_FEATURE, ZoneName: "交通"}, nil},
		{"in a zone whose name shares lead bytes", types.QueryProductsRequest{ZoneKind: types.ZONE_KIND_INDUSTRY, ZoneName: "交道"}, nil},
		{"in a zone whose name begins alike", types.QueryProductsRequest{ZoneKind: types.ZONE_KIND_INDUSTRY, ZoneName: "交"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			pages(t, func(page *query.PageRequest) (*query.PageResponse, error) {
				req := tc.req
				req.Pagination = page
				resp, err := w.queries.Products(w.Ctx, &req)
				for _, e := range resp.Entries {
					require.Equal(t, e.Product.Id, e.Version.Product)
					got = append(got, fmt.Sprintf("%s %d %s", e.Product.Id, e.Version.Version, e.Product.Status))
				}
				return resp.Pagination, err
			})
			require.Equal(t, tc.want, got)
		})
	}
}

// TestQueryProductsShowsTheLatest: of what is not listed, the latest version is shown.
func TestQueryProductsShowsTheLatest(t *testing.T) {
	w := busy(t)
	w.must(delist())
	resp, err := w.queries.Products(w.Ctx, &types.QueryProductsRequest{Pagination: &query.PageRequest{Limit: 1}})
	require.NoError(t, err)
	require.Equal(t, uint32(2), resp.Entries[0].Version.Version)
}

func TestQueryVersions(t *testing.T) {
	w := busy(t)
	for _, tc := range []struct {
		product string
		want    []uint32
	}{{productID, []uint32{1, 2}}, {"000002-000002", []uint32{1}}, {"000002-000009", nil}} {
		var got []uint32
		pages(t, func(page *query.PageRequest) (*query.PageResponse, error) {
			resp, err := w.queries.Versions(w.Ctx, &types.QueryVersionsRequest{Product: tc.product, Pagination: page})
			for _, v := range resp.Versions {
				require.Equal(t, tc.product, v.Product)
				got = append(got, v.Version)
			}
			return resp.Pagination, err
		})
		require.Equal(t, tc.want, got)
	}
	resp, err := w.queries.Version(w.Ctx, &types.QueryVersionRequest{Product: productID})
	require.NoError(t, err)
	require.Equal(t, uint32(2), resp.Version.Version, "version 0 is the latest")
}

func TestQueryRefused(t *testing.T) {
	w := busy(t)
	scenario := func(id string) error {
		_, err := w.queries.Scenario(w.Ctx, &types.QueryScenarioRequest{Id: id})
		return err
	}
	product := func(id string) error {
		_, err := w.queries.Product(w.Ctx, &types.QueryProductRequest{Id: id})
		return err
	}
	products := func(kind types.ZoneKind, name string) error {
		_, err := w.queries.Products(w.Ctx, &types.QueryProductsRequest{ZoneKind: kind, ZoneName: name})
		return err
	}
	version := func(product string, version uint32) error {
		_, err := w.queries.Version(w.Ctx, &types.QueryVersionRequest{Product: product, Version: version})
		return err
	}
	versions := func(product string) error {
		_, err := w.queries.Versions(w.Ctx, &types.QueryVersionsRequest{Product: product})
		return err
	}
	for _, tc := range []struct {
		name string
		err  error
		want codes.Code
	}{
		{"scenario not there", scenario("S000002-000009"), codes.NotFound},
		{"scenario by a product id", scenario(productID), codes.InvalidArgument},
		{"product not there", product("000002-000009"), codes.NotFound},
		{"product by a scenario id", product(scenarioID), codes.InvalidArgument},
		{"zone without a name", products(types.ZONE_KIND_INDUSTRY, ""), codes.InvalidArgument},
		{"zone without a kind", products(types.ZONE_KIND_UNSPECIFIED, "交通"), codes.InvalidArgument},
		{"zone of an unknown kind", products(5, "交通"), codes.InvalidArgument},
		{"zone with a zero byte", products(types.ZONE_KIND_INDUSTRY, "a\x00"), codes.InvalidArgument},
		{"version not there", version(productID, 3), codes.NotFound},
		{"latest version of a product not there", version("000002-000009", 0), codes.NotFound},
		{"version by a wrong id", version("x", 1), codes.InvalidArgument},
		{"versions by a wrong id", versions(""), codes.InvalidArgument},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, status.Code(tc.err), "%v", tc.err)
		})
	}
}
