package keeper_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestCheckFinds(t *testing.T) {
	remove := func(w *world, store string, key []byte) {
		require.NoError(w.t, w.Service(store).OpenKVStore(w.Ctx).Delete(key))
	}
	sentinels := types.SentinelKeys()
	for name, c := range map[string]struct {
		spoil func(w *world, blue types.Voucher)
		want  error
	}{
		"a missing lower sentinel": {func(w *world, _ types.Voucher) { remove(w, types.StatusStoreKey, sentinels[0]) }, types.ErrInconsistent},
		"a missing upper sentinel": {func(w *world, _ types.Voucher) { remove(w, types.StatusStoreKey, sentinels[1]) }, types.ErrInconsistent},
		"a changed sentinel":       {func(w *world, _ types.Voucher) { w.set(types.StatusStoreKey, sentinels[0], []byte{1}) }, types.ErrInconsistent},
		"a status of no voucher": {func(w *world, _ types.Voucher) {
			w.set(types.StatusStoreKey, digest([]byte("stray")), []byte{1})
		}, types.ErrInconsistent},
		"a missing status": {func(w *world, blue types.Voucher) {
			remove(w, types.StatusStoreKey, types.StatusKey(blue.Number))
		}, types.ErrEncoding},
		"a status of another detail": {func(w *world, blue types.Voucher) {
			s, _ := w.standing(blue.Number)
			s.FirstHeight = s.Height
			value, err := types.EncodeStatus(s)
			require.NoError(w.t, err)
			w.set(types.StatusStoreKey, types.StatusKey(blue.Number), value)
		}, types.ErrInconsistent},
		"a missing detail": {func(w *world, blue types.Voucher) {
			remove(w, types.StoreKey, types.DetailKey(blue.Number, 1))
		}, types.ErrInconsistent},
		"a missing red voucher": {func(w *world, blue types.Voucher) {
			_, d := w.standing(blue.Number)
			remove(w, types.StoreKey, types.VoucherKey(d.RedNumber))
		}, types.ErrInconsistent},
		"a red voucher that takes back more": {func(w *world, blue types.Voucher) {
			_, d := w.standing(blue.Number)
			v, err := w.k.Voucher(w.Ctx, d.RedNumber)
			require.NoError(w.t, err)
			v.ReversedLines[0].Amount = v.ReversedLines[0].Amount.AddRaw(1)
			v.Total = v.Total.AddRaw(1)
			encoded, err := types.EncodeVoucher(v)
			require.NoError(w.t, err)
			w.set(types.StoreKey, types.VoucherKey(v.Number), encoded)
		}, types.ErrExceedsRemaining},
		"a changed blue voucher": {func(w *world, blue types.Voucher) {
			blue.Lines[0].Amount, blue.Total = math.NewInt(701), math.NewInt(1001)
			encoded, err := types.EncodeVoucher(blue)
			require.NoError(w.t, err)
			w.set(types.StoreKey, types.VoucherKey(blue.Number), encoded)
		}, types.ErrInconsistent},
		"a voucher under another key": {func(w *world, blue types.Voucher) {
			encoded, err := types.EncodeVoucher(blue)
			require.NoError(w.t, err)
			w.set(types.StoreKey, types.VoucherKey(types.Number("3301", "261123", seller, 4)), encoded)
		}, types.ErrInconsistent},
		"a detail under another key": {func(w *world, blue types.Voucher) {
			_, encoded, err := w.k.StatusBytes(w.Ctx, blue.Number)
			require.NoError(w.t, err)
			w.set(types.StoreKey, types.DetailKey(blue.Number, 3), encoded)
		}, types.ErrInconsistent},
		"bytes that are no voucher": {func(w *world, blue types.Voucher) {
			w.set(types.StoreKey, types.VoucherKey(blue.Number), []byte{1})
		}, types.ErrEncoding},
		"a counter of no voucher": {func(w *world, _ types.Voucher) {
			remove(w, types.StoreKey, types.VoucherKey(types.Number("3302", "261127", other, 1)))
		}, types.ErrInconsistent},
		"a counter that is behind": {func(w *world, _ types.Voucher) {
			w.set(types.StoreKey, types.CounterKey(seller), types.EncodeCounter(types.Counter{Day: "261127", Next: 3}))
		}, types.ErrInconsistent},
		"an open request that the queue lost": {func(w *world, _ types.Voucher) {
			r, err := w.k.Request(w.Ctx, types.Number("3302", "261127", other, 1))
			require.NoError(w.t, err)
			key := binary.BigEndian.AppendUint64(types.RequestQueuePrefix.Bytes(), uint64(r.ExpiresAt))
			remove(w, types.RequestStoreKey, append(key, r.Number...))
		}, types.ErrInconsistent},
		"an open request that is lost": {func(w *world, _ types.Voucher) {
			remove(w, types.RequestStoreKey, append(types.RequestPrefix.Bytes(), types.Number("3302", "261127", other, 1)...))
		}, types.ErrInconsistent},
		"a counter key of another length": {func(w *world, _ types.Voucher) {
			w.set(types.StoreKey, append(types.CounterKey(seller), 0), []byte("261127\x00\x00\x00\x02"))
		}, types.ErrInconsistent},
	} {
		t.Run(name, func(t *testing.T) {
			w, blue := busy(t)
			require.NoError(t, w.k.Check(w.Ctx))
			c.spoil(w, blue)
			require.ErrorIs(t, w.k.Check(w.Ctx), c.want)
		})
	}
}
