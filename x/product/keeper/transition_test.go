package keeper

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/product/types"
)

// TestEveryScenarioMove tries each pair of statuses: three are legal.
func TestEveryScenarioMove(t *testing.T) {
	const none, submitted, approved, returned = types.SCENARIO_STATUS_UNSPECIFIED, types.SCENARIO_STATUS_SUBMITTED, types.SCENARIO_STATUS_APPROVED, types.SCENARIO_STATUS_RETURNED
	want := map[change[types.ScenarioStatus]]bool{{none, submitted}: true, {submitted, approved}: true, {submitted, returned}: true}
	for from := range types.ScenarioStatus_name {
		for to := range types.ScenarioStatus_name {
			c := change[types.ScenarioStatus]{types.ScenarioStatus(from), types.ScenarioStatus(to)}
			s := types.Scenario{Status: c.from}
			check(t, c, want[c], moveScenario(&s, c.to), s.Status)
		}
	}
}

// TestEveryProductMove tries each pair of statuses: five are legal.
func TestEveryProductMove(t *testing.T) {
	const none, registered, listed, delisted = types.PRODUCT_STATUS_UNSPECIFIED, types.PRODUCT_STATUS_REGISTERED, types.PRODUCT_STATUS_LISTED, types.PRODUCT_STATUS_DELISTED
	want := map[change[types.ProductStatus]]bool{
		{none, registered}: true, {registered, listed}: true, {listed, listed}: true, {listed, delisted}: true, {delisted, listed}: true,
	}
	for from := range types.ProductStatus_name {
		for to := range types.ProductStatus_name {
			c := change[types.ProductStatus]{types.ProductStatus(from), types.ProductStatus(to)}
			p := types.Product{Status: c.from}
			check(t, c, want[c], moveProduct(&p, c.to), p.Status)
		}
	}
}

// check is what a move must have done: changed the status, or refused and left it.
func check[S comparable](t *testing.T, c change[S], legal bool, err error, status S) {
	t.Helper()
	if legal {
		require.NoError(t, err, "%v", c)
		require.Equal(t, c.to, status, "%v", c)
		return
	}
	require.ErrorIs(t, err, types.ErrIllegalMove, "%v", c)
	require.Equal(t, c.from, status, "%v", c)
}
