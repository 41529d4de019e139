package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Voucher returns a voucher of this chain by its 24 digits. It wraps ErrNumber,
// ErrVoucherNotFound, or what is wrong with the stored bytes.
func (k *Keeper) Voucher(ctx context.Context, number string) (types.Voucher, error) {
	b, err := k.VoucherBytes(ctx, number)
	if err != nil {
		return types.Voucher{}, err
	}
	return types.DecodeVoucher(b)
}

// VoucherBytes returns the store value of a voucher by its 24 digits. It wraps ErrNumber
// or ErrVoucherNotFound.
func (k *Keeper) VoucherBytes(ctx context.Context, number string) ([]byte, error) {
	if _, err := types.ParseNumber(number); err != nil {
		return nil, err
	}
	b, err := k.store.OpenKVStore(ctx).Get(types.VoucherKey(number))
	if err != nil {
		return nil, err
	}
	if b == nil {
		return nil, errorsmod.Wrapf(types.ErrVoucherNotFound, "%s: check the number, and that this is the chain that issued it", types.FormatNumber(number))
	}
	return b, nil
}

// StatusBytes returns the store values of a voucher's status and of the detail that it
// commits to, by the 24 digits; nil and nil when nothing has ever stood against it,
// whether or not there is such a voucher. It wraps ErrNumber or ErrInconsistent.
func (k *Keeper) StatusBytes(ctx context.Context, number string) (value, detail []byte, err error) {
	if _, err := types.ParseNumber(number); err != nil {
		return nil, nil, err
	}
	value, err = k.statusStore.OpenKVStore(ctx).Get(types.StatusKey(number))
	if value == nil || err != nil {
		return nil, nil, err
	}
	status, err := types.DecodeStatus(value)
	if err != nil {
		return nil, nil, err
	}
	detail, err = k.store.OpenKVStore(ctx).Get(types.DetailKey(number, status.Version))
	if err != nil {
		return nil, nil, err
	}
	if detail == nil {
		return nil, nil, errorsmod.Wrapf(types.ErrInconsistent, "voucher %s: expected a detail of version %d", number, status.Version)
	}
	return value, detail, nil
}

// setVoucher writes the encoding of a voucher.
func (k *Keeper) setVoucher(ctx context.Context, number string, encoded []byte) error {
	return k.store.OpenKVStore(ctx).Set(types.VoucherKey(number), encoded)
}

// setStatus writes the encodings of a detail and of the status that commits to it.
func (k *Keeper) setStatus(ctx context.Context, number string, version uint64, detail, status []byte) error {
	if err := k.store.OpenKVStore(ctx).Set(types.DetailKey(number, version), detail); err != nil {
		return err
	}
	return k.statusStore.OpenKVStore(ctx).Set(types.StatusKey(number), status)
}

func (k *Keeper) setCounter(ctx context.Context, c types.Counter) error {
	return k.store.OpenKVStore(ctx).Set(types.CounterKey(c.Seller), types.EncodeCounter(c))
}
