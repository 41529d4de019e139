package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestVoucherBytesAreTheStoreValue(t *testing.T) {
	w := newWorld(t)
	v := w.issue()
	b, err := w.k.VoucherBytes(w.Ctx, v.Number)
	require.NoError(t, err)
	encoded, err := types.EncodeVoucher(v)
	require.NoError(t, err)
	require.Equal(t, encoded, b)
	stored, err := w.Service(types.StoreKey).OpenKVStore(w.Ctx).Get(types.VoucherKey(v.Number))
	require.NoError(t, err)
	require.Equal(t, stored, b)
}

func TestReadingFailsIf(t *testing.T) {
	w := newWorld(t)
	v := w.issue()
	for _, number := range []string{"", v.Number[:22] + "00", types.FormatNumber(v.Number)} {
		_, err := w.k.Voucher(w.Ctx, number)
		require.ErrorIs(t, err, types.ErrNumber)
		_, err = w.k.VoucherBytes(w.Ctx, number)
		require.ErrorIs(t, err, types.ErrNumber)
		_, _, err = w.k.StatusBytes(w.Ctx, number)
		require.ErrorIs(t, err, types.ErrNumber)
	}
	unknown := types.Number("3301", "261123", seller, 2)
	_, err := w.k.Voucher(w.Ctx, unknown)
	require.ErrorIs(t, err, types.ErrVoucherNotFound)
	_, err = w.k.VoucherBytes(w.Ctx, unknown)
	require.ErrorIs(t, err, types.ErrVoucherNotFound)

	w.set(types.StoreKey, types.VoucherKey(v.Number), []byte{0xFF})
	_, err = w.k.Voucher(w.Ctx, v.Number)
	require.ErrorIs(t, err, types.ErrEncoding)
}

func TestStatusBytesAreNilWhenNothingStands(t *testing.T) {
	w := newWorld(t)
	v := w.issue()
	for _, number := range []string{v.Number, types.Number("3301", "261123", seller, 2)} {
		value, detail, err := w.k.StatusBytes(w.Ctx, number)
		require.NoError(t, err)
		require.Nil(t, value)
		require.Nil(t, detail)
	}
	w.reverse(v.Number, 1)
	value, detail, err := w.k.StatusBytes(w.Ctx, v.Number)
	require.NoError(t, err)
	stored, err := w.Service(types.StatusStoreKey).OpenKVStore(w.Ctx).Get(types.StatusKey(v.Number))
	require.NoError(t, err)
	require.Equal(t, stored, value)
	stored, err = w.Service(types.StoreKey).OpenKVStore(w.Ctx).Get(types.DetailKey(v.Number, 1))
	require.NoError(t, err)
	require.Equal(t, stored, detail)
}
