package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/trade/types"
)

func (w *world) export() []byte {
	w.t.Helper()
	g, err := w.keeper.ExportGenesis(w.Ctx)
	require.NoError(w.t, err)
	require.NoError(w.t, g.Validate())
	b, err := w.Codec.MarshalJSON(g)
	require.NoError(w.t, err)
	return b
}

// everything makes a contract in every status, by acceptance and by silence, and a failure.
func (w *world) everything() {
	w.t.Helper()
	w.at(types.STATUS_DELIVERED, w.dealTwo()) // settles by silence
	failing := w.at(types.STATUS_FUNDED, w.deal())
	w.money.faults[failing] = errFault
	w.in(within)
	for _, status := range everyStatus() {
		w.at(status, w.deal())
		w.at(status, w.dealTwo())
	}
	require.Len(w.t, w.failures(), 1)
	require.NoError(w.t, w.keeper.Check(w.Ctx))
}

func TestGenesisExportImportExport(t *testing.T) {
	w := newWorld(t)
	w.everything()
	first := w.export()
	var g types.GenesisState
	require.NoError(t, w.Codec.UnmarshalJSON(first, &g))

	copied := emptyWorld(t)
	copied.Ctx = copied.Ctx.WithBlockTime(w.Ctx.BlockTime()).WithBlockHeight(w.Ctx.BlockHeight())
	require.NoError(t, copied.keeper.InitGenesis(copied.Ctx, &g))
	require.NoError(t, copied.keeper.Check(copied.Ctx))
	require.Equal(t, string(first), string(copied.export()))
	for key, value := range w.stored() {
		if key[:6] == "trade/" {
			require.Equal(t, value, copied.stored()[key], key)
		}
	}
}

// An imported chain goes on where the exported one stood: retries and deadlines come at their time.
func TestImportedDeadlinesComeTrue(t *testing.T) {
	w := newWorld(t)
	w.everything()
	g, err := w.keeper.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g)) // over itself: settlement and vouchers stay
	clear(w.money.faults)
	w.in(60)
	require.Empty(t, w.failures())
	w.in(within)
	require.Empty(t, w.queue())
	require.NoError(t, w.keeper.Check(w.Ctx))
}
