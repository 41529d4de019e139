package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/product/types"
)

// Product returns the product with an id.
func (s queryServer) Product(ctx context.Context, req *types.QueryProductRequest) (*types.QueryProductResponse, error) {
	if _, _, err := ids.ParseOwned("id", req.Id); err != nil {
		return nil, badRequest(err)
	}
	p, err := s.k.product(ctx, req.Id)
	return &types.QueryProductResponse{Product: p}, err
}

// Products lists products in the order of their ids.
func (s queryServer) Products(ctx context.Context, req *types.QueryProductsRequest) (*types.QueryProductsResponse, error) {
	list := s.products
	if req.ZoneKind != types.ZONE_KIND_UNSPECIFIED || req.ZoneName != "" {
		if err := (types.Zone{Kind: req.ZoneKind, Name: req.ZoneName}).Validate(); err != nil {
			return nil, badRequest(err)
		}
		list = s.productsOfZone
	}
	entries, page, err := list(ctx, req)
	return &types.QueryProductsResponse{Entries: entries, Pagination: page}, err
}

// products walks all of them, or an owner's.
func (s queryServer) products(ctx context.Context, req *types.QueryProductsRequest) ([]types.CatalogueEntry, *query.PageResponse, error) {
	return query.CollectionFilteredPaginate(ctx, s.k.products, req.Pagination,
		func(_ string, p types.Product) (bool, error) { return !req.Listed || p.ListedVersion != 0, nil },
		func(_ string, p types.Product) (types.CatalogueEntry, error) { return s.entry(ctx, p) },
		prefixed(req.Owner != 0, fmt.Sprintf("%06d-", req.Owner)))
}

// productsOfZone walks the zone's index, in which all products are listed.
func (s queryServer) productsOfZone(ctx context.Context, req *types.QueryProductsRequest) ([]types.CatalogueEntry, *query.PageResponse, error) {
	return query.CollectionFilteredPaginate(ctx, s.k.zones, req.Pagination,
		func(key zoneKey, _ collections.NoValue) (bool, error) {
			owner, _, err := ids.ParseOwned("product", key.K3())
			return req.Owner == 0 || owner == req.Owner, err
		},
		func(key zoneKey, _ collections.NoValue) (types.CatalogueEntry, error) {
			p, err := s.k.product(ctx, key.K3())
			if err != nil {
				return types.CatalogueEntry{}, err
			}
			return s.entry(ctx, p)
		},
		prefixed(true, collections.TripleSuperPrefix[uint32, []byte, string](uint32(req.ZoneKind), []byte(req.ZoneName))))
}

// entry adds the version that a reader wants to see: the listed one, else the latest.
func (s queryServer) entry(ctx context.Context, p types.Product) (types.CatalogueEntry, error) {
	number := p.Version
	if p.ListedVersion != 0 {
		number = p.ListedVersion
	}
	v, err := s.k.version(ctx, p.Id, number)
	return types.CatalogueEntry{Product: p, Version: v}, err
}
