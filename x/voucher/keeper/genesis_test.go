package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// busy is a world with every kind of state.
func busy(t testing.TB) (w *world, blue types.Voucher) {
	t.Helper()
	w = newWorld(t)
	blue = w.issue()
	w.reverse(blue.Number, 200, 300)
	r := trade()
	r.Exchange = ningbo
	third, err := w.k.Issue(w.Ctx, r)
	require.NoError(t, err)
	w.request(buyer, third.Number, 5)
	w.fail(third.Number)
	w.Advance(24 * time.Hour)
	w.reverse(blue.Number, 500)
	r.Seller = other
	fourth, err := w.k.Issue(w.Ctx, r)
	require.NoError(t, err)
	w.request(buyer, fourth.Number, 5)
	return w, blue
}

func TestSentinelsBoundTheStatusStore(t *testing.T) {
	w := newWorld(t)
	require.Len(t, w.dump(), 3, "and the parameters")
	for _, key := range types.SentinelKeys() {
		value, err := w.Service(types.StatusStoreKey).OpenKVStore(w.Ctx).Get(key)
		require.NoError(t, err)
		require.Equal(t, "shugu sentinel", string(value))
	}
	g, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.Equal(t, *types.DefaultGenesis(), g, "sentinels are no statuses")
}

func TestExportImportExportIsIdentical(t *testing.T) {
	w, _ := busy(t)
	first, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.Len(t, first.Vouchers, 5)
	require.Len(t, first.Details, 2)
	require.Len(t, first.Statuses, 1)
	require.Len(t, first.Counters, 2)
	require.Len(t, first.Requests, 2)
	require.Len(t, first.Failures, 1)
	exported := w.Codec.MustMarshalJSON(&first)

	var parsed types.GenesisState
	w.Codec.MustUnmarshalJSON(exported, &parsed)
	again := bare(t)
	require.NoError(t, again.k.InitGenesis(again.Ctx, parsed))
	require.Equal(t, w.dump(), again.dump())
	require.NoError(t, again.k.Check(again.Ctx))
	second, err := again.k.ExportGenesis(again.Ctx)
	require.NoError(t, err)
	require.Equal(t, string(exported), string(again.Codec.MustMarshalJSON(&second)))
}

// The chain goes on where it was: sequences, statuses and all.
func TestImportedWorldGoesOn(t *testing.T) {
	w, _ := busy(t)
	g, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	again := bare(t)
	require.NoError(t, again.k.InitGenesis(again.Ctx, g))
	again.Ctx = again.Ctx.WithBlockTime(w.Ctx.BlockTime()).WithBlockHeight(w.Ctx.BlockHeight() + 1)
	require.Equal(t, types.Number("3301", "261127", seller, 2), again.issue().Number)
	require.NoError(t, again.k.Check(again.Ctx))
}

// A genesis time before the last voucher would give a number twice.
func TestImportedWorldBeforeItsVouchersIssuesNothing(t *testing.T) {
	w, _ := busy(t)
	g, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	again := bare(t)
	require.NoError(t, again.k.InitGenesis(again.Ctx, g))
	_, err = again.k.Issue(again.Ctx, trade())
	require.ErrorIs(t, err, types.ErrNumberTaken)
}

func TestImportRefusesBrokenState(t *testing.T) {
	w, _ := busy(t)
	g, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	g.Details[0].ReasonDigest[0] ^= 1
	again := bare(t)
	require.ErrorIs(t, again.k.InitGenesis(again.Ctx, g), types.ErrInconsistent)
	require.Empty(t, again.dump())
}
