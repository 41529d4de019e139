package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

// genesis has two contracts, their counter and a failure of the first.
func genesis() *types.GenesisState {
	g := types.DefaultGenesis()
	one, two := contract(types.STATUS_FUNDED), contract(types.STATUS_SETTLED)
	two.Id = "261123-000002-000008"
	g.Contracts = []types.Contract{one, two}
	g.Counters = []types.Counter{{Seller: 2, Day: "261123", Next: 9}, {Seller: 3, Day: "261122", Next: 2}}
	g.Failures = []types.Failure{{Contract: one.Id, Codespace: "settlement", Code: 4, Error: "escrow not found", Height: 9, Attempts: 1, RetryAt: one.Deadline + 60}}
	return g
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	require.NoError(t, genesis().Validate())
	g := genesis()
	g.Counters[0] = types.Counter{Seller: 2, Day: "261124", Next: 2} // a later day
	require.NoError(t, g.Validate())
}

func TestGenesisValidateFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(g *types.GenesisState)
		want  error
	}{
		"no params":                   {func(g *types.GenesisState) { g.Params = types.Params{} }, valid.ErrInvalid},
		"a bad contract":              {func(g *types.GenesisState) { g.Contracts[1].Voucher = "" }, nil},
		"a contract twice":            {func(g *types.GenesisState) { g.Contracts[1].Id = g.Contracts[0].Id }, valid.ErrInvalid},
		"contracts out of order":      {func(g *types.GenesisState) { g.Contracts[0], g.Contracts[1] = g.Contracts[1], g.Contracts[0] }, valid.ErrInvalid},
		"no counter of a seller":      {func(g *types.GenesisState) { g.Counters = g.Counters[1:] }, types.ErrInconsistent},
		"a counter behind":            {func(g *types.GenesisState) { g.Counters[0].Next = 8 }, types.ErrInconsistent},
		"a counter of nobody":         {func(g *types.GenesisState) { g.Counters[0].Seller = 0 }, valid.ErrInvalid},
		"a counter twice":             {func(g *types.GenesisState) { g.Counters[1].Seller = 2 }, valid.ErrInvalid},
		"counters out of order":       {func(g *types.GenesisState) { g.Counters[0], g.Counters[1] = g.Counters[1], g.Counters[0] }, valid.ErrInvalid},
		"a counter without day":       {func(g *types.GenesisState) { g.Counters[1].Day = "" }, valid.ErrInvalid},
		"a day of letters":            {func(g *types.GenesisState) { g.Counters[1].Day = "26112x" }, valid.ErrInvalid},
		"a counter at its start":      {func(g *types.GenesisState) { g.Counters[1].Next = 1 }, valid.ErrInvalid},
		"a counter of seven digits":   {func(g *types.GenesisState) { g.Counters[1].Next = 1_000_001 }, valid.ErrInvalid},
		"a failure of nothing":        {func(g *types.GenesisState) { g.Failures[0].Contract = "261123-000002-000001" }, types.ErrInconsistent},
		"a failure of a final one":    {func(g *types.GenesisState) { g.Failures[0].Contract = g.Contracts[1].Id }, types.ErrInconsistent},
		"a failure before deadline":   {func(g *types.GenesisState) { g.Failures[0].RetryAt = g.Contracts[0].Deadline }, types.ErrInconsistent},
		"a failure twice":             {func(g *types.GenesisState) { g.Failures = append(g.Failures, g.Failures[0]) }, valid.ErrInvalid},
		"a failure with a bad id":     {func(g *types.GenesisState) { g.Failures[0].Contract = "" }, valid.ErrInvalid},
		"a failure without attempts":  {func(g *types.GenesisState) { g.Failures[0].Attempts = 0 }, valid.ErrInvalid},
		"a failure without error":     {func(g *types.GenesisState) { g.Failures[0].Error = "" }, valid.ErrInvalid},
		"a failure's error too long":  {func(g *types.GenesisState) { g.Failures[0].Error = strings.Repeat("x", 257) }, valid.ErrInvalid},
		"a failure without codespace": {func(g *types.GenesisState) { g.Failures[0].Codespace = "" }, valid.ErrInvalid},
		"a failure of height -1":      {func(g *types.GenesisState) { g.Failures[0].Height = -1 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			g := genesis()
			tc.spoil(g)
			err := g.Validate()
			require.Error(t, err)
			if tc.want != nil {
				require.ErrorIs(t, err, tc.want)
			}
		})
	}
}

func TestParamsValidateFails(t *testing.T) {
	for name, spoil := range map[string]func(p *types.Params){
		"no shortest time":                func(p *types.Params) { p.MinWithin = 0 },
		"shortest over longest":           func(p *types.Params) { p.MinWithin = p.MaxWithin + 1 },
		"longest over ten years":          func(p *types.Params) { p.MaxWithin = 3653*24*60*60 + 1 },
		"no validity":                     func(p *types.Params) { p.MaxQuoteValidity = 0 },
		"validity over ten years":         func(p *types.Params) { p.MaxQuoteValidity = 3653*24*60*60 + 1 },
		"no deadlines per block":          func(p *types.Params) { p.MaxDeadlinesPerBlock = 0 },
		"more deadlines than a block may": func(p *types.Params) { p.MaxDeadlinesPerBlock = 10_001 },
	} {
		t.Run(name, func(t *testing.T) {
			p := types.DefaultParams()
			require.NoError(t, p.Validate())
			spoil(&p)
			require.ErrorIs(t, p.Validate(), valid.ErrInvalid)
		})
	}
}
