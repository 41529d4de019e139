package keeper_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// charge counts gas on a member's quota in a block.
func (w *world) charge(height int64, member uint32, relayed bool, gas uint64) error {
	return w.k.ChargeQuota(w.Ctx.WithBlockHeight(height), member, relayed, gas)
}

func TestChargeQuotaFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		height  int64
		member  uint32
		relayed bool
		gas     uint64
		says    string
	}{
		"the member used its quota":       {19, seller, false, 41, "used 60 of 100 gas in blocks 10 to 19, and this transaction wants 41; send it again at height 20"},
		"the relayer used its allowance":  {12, ningbo, true, 1, "used 300 of 300 gas in blocks 10 to 19, and this transaction wants 1; send it again at height 20"},
		"one transaction wants too much":  {99, seller, false, 101, "above the whole quota of 100 in 10 blocks; split the transaction"},
		"one relays too much":             {99, ningbo, true, 301, "above the whole quota of 300"},
		"the gas is as great as can be":   {19, seller, false, math.MaxUint64, "above the whole quota"},
		"what is left is less by one gas": {10, seller, false, 41, "used 60 of 100"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			require.NoError(t, w.charge(10, seller, false, 60))
			require.NoError(t, w.charge(11, ningbo, true, 300))
			w.refused(types.ErrQuotaExceeded, func() error { return w.charge(c.height, c.member, c.relayed, c.gas) })
			require.ErrorContains(t, w.charge(c.height, c.member, c.relayed, c.gas), c.says)
		})
	}
}

// Windows, members and the two allowances are counted apart.
func TestChargeQuotaCountsApart(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.charge(19, ningbo, false, 100))
	require.NoError(t, w.charge(19, ningbo, true, 300), "the relayer's allowance is another one")
	require.NoError(t, w.charge(19, hangzhou, false, 100), "another member's quota is its own")
	require.ErrorIs(t, w.charge(19, ningbo, false, 1), types.ErrQuotaExceeded)
	require.NoError(t, w.charge(20, ningbo, false, 100), "a new window")
	require.ErrorIs(t, w.charge(29, ningbo, false, 1), types.ErrQuotaExceeded)
	require.NoError(t, w.charge(29, ningbo, true, 300), "both allowances begin anew")
	require.NoError(t, w.k.Check(w.Ctx))
}

// Parameters may change in the middle of a window; what was used in the window that now runs still counts.
func TestChargeQuotaAfterAChangeOfParameters(t *testing.T) {
	w := newWorld(t)
	params := worldGenesis().Params
	require.NoError(t, w.charge(15, seller, false, 90))

	params.QuotaGasMember = 50
	require.NoError(t, w.k.SetParams(w.Ctx, params))
	require.ErrorIs(t, w.charge(16, seller, false, 1), types.ErrQuotaExceeded, "used more than is allowed now")

	params.QuotaGasMember, params.QuotaWindow = 100, 5
	require.NoError(t, w.k.SetParams(w.Ctx, params))
	require.NoError(t, w.charge(16, seller, false, 100), "blocks 15 to 19 are a window that the use of blocks 10 to 19 is not counted in")
	params.QuotaWindow = 15
	require.NoError(t, w.k.SetParams(w.Ctx, params))
	require.ErrorIs(t, w.charge(17, seller, false, 1), types.ErrQuotaExceeded, "blocks 15 to 29 hold what was used in block 16")
}

func TestQuotaQuery(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.charge(18, ningbo, false, 60))
	require.NoError(t, w.charge(18, ningbo, true, 200))
	ask := func(height int64, member uint32) *types.QueryQuotaResponse {
		answer, err := w.query.Quota(w.Ctx.WithBlockHeight(height), &types.QueryQuotaRequest{Number: member})
		require.NoError(t, err)
		return answer
	}
	require.Equal(t, &types.QueryQuotaResponse{
		WindowStart: 10, NextWindow: 20, GasUsed: 60, GasAllowed: 100, RelayedGasUsed: 200, RelayedGasAllowed: 300,
	}, ask(18, ningbo))
	require.Equal(t, &types.QueryQuotaResponse{WindowStart: 20, NextWindow: 30, GasAllowed: 100, RelayedGasAllowed: 300}, ask(19, ningbo),
		"the next block is in the next window")
	require.Equal(t, &types.QueryQuotaResponse{WindowStart: 10, NextWindow: 20, GasAllowed: 100}, ask(18, seller), "a merchant does not relay")

	_, err := w.query.Quota(w.Ctx, &types.QueryQuotaRequest{Number: 99})
	require.ErrorIs(t, err, types.ErrMemberNotFound)
	_, err = w.query.Quota(w.Ctx, nil)
	require.ErrorContains(t, err, "empty request")
}

// Against a plain model: what is accepted in a window never exceeds the quota, and nothing that fits is refused.
func TestChargeQuotaModel(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(r *rapid.T) {
		type account struct {
			member  uint32
			relayed bool
		}
		ctx, _ := w.Ctx.CacheContext()
		used, window, height := map[account]uint64{}, int64(0), int64(1)
		for range rapid.IntRange(1, 60).Draw(r, "charges") {
			height += rapid.Int64Range(0, 4).Draw(r, "blocks")
			if height/10 != window {
				used, window = map[account]uint64{}, height/10
			}
			a := account{rapid.SampledFrom([]uint32{hangzhou, ningbo}).Draw(r, "member"), rapid.Bool().Draw(r, "relayed")}
			gas, allowed := rapid.Uint64Range(1, 120).Draw(r, "gas"), uint64(100)
			if a.relayed {
				allowed = 300
			}
			err := w.k.ChargeQuota(ctx.WithBlockHeight(height), a.member, a.relayed, gas)
			if used[a]+gas > allowed {
				require.ErrorIs(r, err, types.ErrQuotaExceeded)
				continue
			}
			require.NoError(r, err)
			used[a] += gas
		}
		exported, err := w.k.ExportGenesis(ctx)
		require.NoError(r, err)
		require.LessOrEqual(r, len(exported.QuotaUses), 2, "one record per member")
	})
}
