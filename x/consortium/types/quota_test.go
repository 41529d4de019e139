package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestWindowsStartAtMultiples(t *testing.T) {
	p := types.Params{QuotaWindow: 20}
	for height, start := range map[uint64]uint64{0: 0, 1: 0, 19: 0, 20: 20, 39: 20, 40: 40} {
		require.Equal(t, start, p.WindowStart(height), "block %d", height)
	}
}

func TestGenesisQuotaValidateFailsIf(t *testing.T) {
	used := genesis()
	used.QuotaUses = []types.QuotaUse{{Member: 1, WindowStart: 20, Gas: 5}, {Member: 5, RelayedGas: 7}}
	require.NoError(t, used.Validate())
	for name, spoil := range map[string]func(g *types.GenesisState){
		"the window is empty":       func(g *types.GenesisState) { g.Params.QuotaWindow = 0 },
		"the window is too long":    func(g *types.GenesisState) { g.Params.QuotaWindow = types.MaxQuotaWindow + 1 },
		"a member may send nothing": func(g *types.GenesisState) { g.Params.QuotaGasMember = 0 },
		"a relayer may do nothing":  func(g *types.GenesisState) { g.Params.QuotaGasRelayer = 0 },
		"a stranger used a quota":   func(g *types.GenesisState) { g.QuotaUses = []types.QuotaUse{{Member: 4}} },
		"nobody used a quota":       func(g *types.GenesisState) { g.QuotaUses = []types.QuotaUse{{Member: 0}} },
		"uses are there twice":      func(g *types.GenesisState) { g.QuotaUses = []types.QuotaUse{{Member: 1}, {Member: 1}} },
		"uses descend":              func(g *types.GenesisState) { g.QuotaUses = []types.QuotaUse{{Member: 2}, {Member: 1}} },
	} {
		t.Run(name, func(t *testing.T) {
			g := genesis()
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}
