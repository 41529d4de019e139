package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Status returns what stands against a blue voucher and how it came about; an empty
// answer says that nothing ever did. It wraps ErrNumber, ErrVoucherNotFound, ErrRedVoucher
// or valid.ErrInvalid.
func (q queryServer) Status(ctx context.Context, req *types.QueryStatusRequest) (*types.QueryStatusResponse, error) {
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
	if v.Kind == types.KIND_RED {
		return nil, errorsmod.Wrapf(types.ErrRedVoucher, "ask for the status of the blue voucher %s that %s takes back", types.FormatNumber(v.Reverses), types.FormatNumber(number))
	}
	value, _, err := q.k.StatusBytes(ctx, number)
	if err != nil {
		return nil, err
	}
	response := &types.QueryStatusResponse{Value: value}
	if value != nil {
		status, err := types.DecodeStatus(value)
		if err != nil {
			return nil, err
		}
		response.Status, response.Flags = &status, types.FlagNames(status.Flags)
	}
	response.Pagination, err = q.page(ctx, types.DetailsKey(number), req.Pagination, func(value []byte) error {
		d, err := types.DecodeStatusDetail(value)
		response.Details = append(response.Details, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	return response, nil
}
