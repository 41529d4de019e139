package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// When the council makes the window shorter, misses from before the new window suspend
// nobody while they are being forgotten.
func TestShorterWindowSuspendsNobodyForOldMisses(t *testing.T) {
	n := newNetwork(t, 4, func(g *types.GenesisState) { g.Params.DowntimeWindow, g.Params.DowntimeMinSigned = 2_000, 500 })
	n.steps(450, "v2", "v3", "v4")
	n.steps(2*window, "v3")
	p, err := n.query.Params(n.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	p.Params.DowntimeWindow, p.Params.QuotaGasMember, p.Params.QuotaGasRelayer = window, types.MinQuotaGas, types.MinQuotaGas
	_, err = n.msg.UpdateParams(n.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: p.Params})
	require.NoError(t, err)
	for range 3 {
		n.step("v2")
		require.Equal(t, types.SEAT_STATUS_ACTIVE, n.seat(2).Status, "it signed nearly all of the last %d", window)
	}
	require.EqualValues(t, 3, n.missed(2))
	n.steps(maxMissed-2, "v2")
	require.Equal(t, types.SEAT_STATUS_SUSPENDED_DOWNTIME, n.seat(2).Status, "what it misses from then on counts as ever")
	require.NoError(t, n.k.Check(n.Ctx))
}
