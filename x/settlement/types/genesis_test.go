package types_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func genesis() *types.GenesisState {
	second := record()
	second.Id = "261124-000123-000001"
	return &types.GenesisState{
		Records: []types.Record{record(), second},
		Escrows: []types.Escrow{
			{Id: "261124-000123-000002", Payer: 456, Amount: math.NewInt(10)}, {Id: "261124-000123-000003", Payer: 456, Amount: math.NewInt(20)},
		},
		Ledgers: []types.BankLedger{{Bank: 1, Outstanding: math.NewInt(100)}, {Bank: 2, Outstanding: math.ZeroInt()}},
		Withdrawals: []types.Withdrawal{
			{Id: "000123-000002", Member: 123, Bank: 1, Amount: math.NewInt(30), RequestedHeight: 5}, {Id: "000456-000001", Member: 456, Bank: 2, Amount: math.NewInt(5)},
		},
		Sequences: []types.WithdrawalSequence{{Member: 123, Last: 2}, {Member: 456, Last: 7}},
		Unpaid: []types.Unpaid{
			{Member: 77, Amount: math.NewInt(30), Error: "sdk/4: unauthorized", Since: 4, Attempts: 2, Due: 8},
			{Member: 5, Amount: math.NewInt(5), Error: "sdk/4: unauthorized", Since: 4, Attempts: 1, Due: 9},
		},
	}
}

func TestGenesisValid(t *testing.T) {
	require.NoError(t, genesis().Validate())
	require.NoError(t, types.DefaultGenesis().Validate())
}

func TestGenesisInvalid(t *testing.T) {
	huge := math.NewIntFromBigInt(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1)))
	for name, spoil := range map[string]func(g *types.GenesisState){
		"record invalid":       func(g *types.GenesisState) { g.Records[1].Voucher = "" },
		"records descending":   func(g *types.GenesisState) { slices.Reverse(g.Records) },
		"record twice":         func(g *types.GenesisState) { g.Records[1] = g.Records[0] },
		"escrow invalid":       func(g *types.GenesisState) { g.Escrows[0].Payer = 0 },
		"escrow of 0":          func(g *types.GenesisState) { g.Escrows[0].Amount = math.ZeroInt() },
		"escrow malformed id":  func(g *types.GenesisState) { g.Escrows[0].Id = "1" },
		"escrow twice":         func(g *types.GenesisState) { g.Escrows[1].Id = g.Escrows[0].Id },
		"escrow settled":       func(g *types.GenesisState) { g.Escrows[0].Id = g.Records[1].Id },
		"ledger of nobody":     func(g *types.GenesisState) { g.Ledgers[0].Bank = 0 },
		"ledger negative":      func(g *types.GenesisState) { g.Ledgers[1].Outstanding = math.NewInt(-1) },
		"ledger missing":       func(g *types.GenesisState) { g.Ledgers[1].Outstanding = math.Int{} },
		"ledger over 2^96":     func(g *types.GenesisState) { g.Ledgers[1].Outstanding = valid.MaxAmount().AddRaw(1) },
		"ledgers descending":   func(g *types.GenesisState) { slices.Reverse(g.Ledgers) },
		"sequence of nobody":   func(g *types.GenesisState) { g.Sequences[0].Member = 0 },
		"sequence 0":           func(g *types.GenesisState) { g.Sequences[1].Last = 0 },
		"sequence too big":     func(g *types.GenesisState) { g.Sequences[1].Last = 1_000_000 },
		"sequence twice":       func(g *types.GenesisState) { g.Sequences[0] = g.Sequences[1]; g.Withdrawals = nil },
		"withdrawal ahead":     func(g *types.GenesisState) { g.Sequences[0].Last = 1 },
		"withdrawal without":   func(g *types.GenesisState) { g.Sequences = g.Sequences[:1] },
		"withdrawal of other":  func(g *types.GenesisState) { g.Withdrawals[0].Member = 456 },
		"withdrawal of nobody": func(g *types.GenesisState) { g.Withdrawals[0].Id, g.Withdrawals[0].Member = "000000-000001", 0 },
		"withdrawal id":        func(g *types.GenesisState) { g.Withdrawals[0].Id = "123-2" },
		"withdrawal number 0":  func(g *types.GenesisState) { g.Withdrawals[0].Id = "000123-000000" },
		"withdrawal bank 0":    func(g *types.GenesisState) { g.Withdrawals[0].Bank = 0 },
		"withdrawal of 0":      func(g *types.GenesisState) { g.Withdrawals[0].Amount = math.ZeroInt() },
		"withdrawal height":    func(g *types.GenesisState) { g.Withdrawals[0].RequestedHeight = -1 },
		"withdrawal twice":     func(g *types.GenesisState) { g.Withdrawals[1] = g.Withdrawals[0] },
		"unpaid to nobody":     func(g *types.GenesisState) { g.Unpaid[0].Member = 0 },
		"unpaid of 0":          func(g *types.GenesisState) { g.Unpaid[0].Amount = math.ZeroInt() },
		"unpaid missing":       func(g *types.GenesisState) { g.Unpaid[0].Amount = math.Int{} },
		"unpaid never tried":   func(g *types.GenesisState) { g.Unpaid[0].Attempts = 0 },
		"unpaid due at once":   func(g *types.GenesisState) { g.Unpaid[0].Due = g.Unpaid[0].Since },
		"unpaid since 0":       func(g *types.GenesisState) { g.Unpaid[0].Since = 0 },
		"unpaid without error": func(g *types.GenesisState) { g.Unpaid[0].Error = "" },
		"unpaid long error":    func(g *types.GenesisState) { g.Unpaid[0].Error = strings.Repeat("x", 257) },
		"unpaid descending":    func(g *types.GenesisState) { slices.Reverse(g.Unpaid) },
		"unpaid twice":         func(g *types.GenesisState) { g.Unpaid[1].Due, g.Unpaid[1].Member = 8, 77 },
		"owed one too much":    func(g *types.GenesisState) { g.Escrows[0].Amount = math.NewInt(11) },
		"owed by nobody":       func(g *types.GenesisState) { g.Ledgers = nil },
		"sum overflows":        func(g *types.GenesisState) { g.Unpaid[0].Amount, g.Unpaid[1].Amount = huge, huge },
	} {
		t.Run(name, func(t *testing.T) {
			g := genesis()
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}
