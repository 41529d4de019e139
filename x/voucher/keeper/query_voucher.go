package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2/prefix"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// MaxPage is the largest number of records on a page.
const MaxPage = 100

type queryServer struct{ k *Keeper }

// NewQueryServer answers the queries of the module.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

var errEmptyRequest = status.Error(codes.InvalidArgument, "empty request")

// Voucher returns one voucher. It wraps ErrNumber or ErrVoucherNotFound.
func (q queryServer) Voucher(ctx context.Context, req *types.QueryVoucherRequest) (*types.QueryVoucherResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	number, err := types.ParseDisplayed(req.Number)
	if err != nil {
		return nil, err
	}
	v, err := q.k.Voucher(ctx, number)
	if err != nil {
		return nil, err
	}
	return &types.QueryVoucherResponse{Voucher: v, DisplayedNumber: types.FormatNumber(number)}, nil
}

// Vouchers lists vouchers by number. It wraps valid.ErrInvalid.
func (q queryServer) Vouchers(ctx context.Context, req *types.QueryVouchersRequest) (*types.QueryVouchersResponse, error) {
	if req == nil {
		return nil, errEmptyRequest
	}
	if err := checkRange(req.Region, req.Day); err != nil {
		return nil, err
	}
	var vouchers []types.Voucher
	page, err := q.page(ctx, types.VoucherKey(req.Region+req.Day), req.Pagination, func(value []byte) error {
		v, err := types.DecodeVoucher(value)
		vouchers = append(vouchers, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &types.QueryVouchersResponse{Vouchers: vouchers, Pagination: page}, nil
}

// checkRange checks the optional filters of a listing: a key begins with the region, so a day alone is none.
func checkRange(region, day string) error {
	if region == "" && day == "" {
		return nil
	}
	if err := valid.Region("region", region); err != nil {
		return err
	}
	if day == "" {
		return nil
	}
	return types.CheckDay("day", day)
}

// page visits one page of the records under a prefix of the store "voucher".
func (q queryServer) page(ctx context.Context, under []byte, req *query.PageRequest, visit func(value []byte) error) (*query.PageResponse, error) {
	page, err := bounded(req)
	if err != nil {
		return nil, err
	}
	records := prefix.NewStore(runtime.KVStoreAdapter(q.k.store.OpenKVStore(ctx)), under)
	return query.Paginate(records, page, func(_, value []byte) error { return visit(value) })
}
