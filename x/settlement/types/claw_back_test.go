package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func payouts(fen ...int64) []types.Payout {
	out := make([]types.Payout, len(fen))
	for i, f := range fen {
		out[i] = types.Payout{Member: uint32(i + 1), Amount: math.NewInt(f)}
	}
	return out
}

func zeros(n int) []math.Int {
	out := make([]math.Int, n)
	for i := range out {
		out[i] = math.ZeroInt()
	}
	return out
}

func TestApportionIsExactWhenItCanBe(t *testing.T) {
	require.Equal(t, "[450 50]", show(types.Apportion(payouts(9000, 1000), zeros(2), math.NewInt(500))))
	require.Equal(t, "[0 1000 0]", show(types.Apportion(payouts(0, 1000, 0), zeros(3), math.NewInt(1000))))
	huge := []types.Payout{{Member: 1, Amount: valid.MaxAmount().SubRaw(1)}, {Member: 2, Amount: math.OneInt()}}
	require.Equal(t, show([]math.Int{huge[0].Amount, huge[1].Amount}), show(types.Apportion(huge, zeros(2), valid.MaxAmount())))
}

// A fen that rounding leaves comes from whoever is furthest behind the exact share,
// the earlier payout first; one payee cannot bear them all, since it got no more.
func TestApportionRoundsByTurns(t *testing.T) {
	p, given := payouts(1, 1, 1, 1), zeros(4)
	for _, want := range []string{"[1 0 0 0]", "[0 1 0 0]", "[0 0 1 0]", "[0 0 0 1]"} {
		parts := types.Apportion(p, given, math.OneInt())
		require.Equal(t, want, show(parts))
		add(given, parts)
	}
	// 70, 20 and 10 of 100 in steps of a fen: every payee gives as its share falls due.
	p, given = payouts(70, 20, 10), zeros(3)
	for range 10 {
		add(given, types.Apportion(p, given, math.OneInt()))
	}
	require.Equal(t, "[7 2 1]", show(given))
}

// Whatever the payouts and however small the steps: the parts sum to each step, none is
// negative, nobody gives more than it got or runs ahead of its exact share by a fen,
// and at the end everybody has given back exactly its payout.
func TestApportionProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		most := rapid.SampledFrom([]int64{3, 40, 100_000, 1 << 60}).Draw(rt, "most")
		p := payouts(rapid.SliceOfN(rapid.Int64Range(0, most), 1, 32).Draw(rt, "payouts")...)
		total := math.ZeroInt()
		for _, payout := range p {
			total = total.Add(payout.Amount)
		}
		given, reversed := zeros(len(p)), math.ZeroInt()
		for steps := 0; reversed.LT(total); steps++ {
			left := total.Sub(reversed)
			amount := left
			if steps < 200 {
				amount = math.MinInt(left, math.NewInt(rapid.Int64Range(1, max(1, most/8)).Draw(rt, "amount")))
			}
			parts := types.Apportion(p, given, amount)
			sum := math.ZeroInt()
			for i, part := range parts {
				require.False(rt, part.IsNegative())
				sum = sum.Add(part)
				given[i] = given[i].Add(part)
			}
			require.Equal(rt, amount.String(), sum.String())
			reversed = reversed.Add(amount)
			for i, payout := range p {
				require.True(rt, given[i].LTE(payout.Amount), "payee %d", i)
				ahead := given[i].Mul(total).Sub(payout.Amount.Mul(reversed))
				require.True(rt, ahead.LT(total), "payee %d is a fen ahead", i)
				require.True(rt, ahead.Neg().LT(total.MulRaw(int64(len(p)))), "payee %d is far behind", i)
			}
		}
		for i, payout := range p {
			require.Equal(rt, payout.Amount.String(), given[i].String())
		}
	})
}

func add(given, parts []math.Int) {
	for i := range given {
		given[i] = given[i].Add(parts[i])
	}
}

func show(list []math.Int) string {
	var text []string
	for _, n := range list {
		text = append(text, n.String())
	}
	return "[" + strings.Join(text, " ") + "]"
}

func TestDebtID(t *testing.T) {
	id := types.DebtID("330126112300012300004328", 77)
	require.Equal(t, "330126112300012300004328-000077", id)
	red, debtor, err := types.ParseDebtID("debt", id)
	require.NoError(t, err)
	require.Equal(t, "330126112300012300004328", red)
	require.EqualValues(t, 77, debtor)
	for _, bad := range []string{"", "330126112300012300004328", id + "0", id[1:], strings.Replace(id, "-", "0", 1), strings.Replace(id, "77", "7x", 1), id[:25] + "000000"} {
		_, _, err := types.ParseDebtID("debt", bad)
		require.ErrorIs(t, err, valid.ErrInvalid, bad)
	}
}

func TestPayDebtValidate(t *testing.T) {
	good := types.MsgPayDebt{Debt: types.DebtID("330126112300012300004328", 77), Amount: math.NewInt(1)}
	require.NoError(t, good.Validate())
	for _, m := range []types.MsgPayDebt{{Amount: good.Amount}, {Debt: good.Debt}, {Debt: good.Debt, Amount: math.ZeroInt()}, {Debt: good.Debt, Amount: math.NewInt(-1)}} {
		require.ErrorIs(t, m.Validate(), valid.ErrInvalid)
	}
}

func TestGenesisClawBacksInvalid(t *testing.T) {
	for name, spoil := range map[string]func(g *types.GenesisState){
		"of no record":          func(g *types.GenesisState) { g.ClawBacks[0].Settlement = "261130-000123-000001" },
		"twice":                 func(g *types.GenesisState) { g.ClawBacks = append(g.ClawBacks, g.ClawBacks[0]) },
		"payee missing":         func(g *types.GenesisState) { g.ClawBacks[0].Parts = g.ClawBacks[0].Parts[1:] },
		"other payee":           func(g *types.GenesisState) { g.ClawBacks[0].Parts[0].Member = 99 },
		"reversed 0":            func(g *types.GenesisState) { g.ClawBacks[0].Reversed = math.ZeroInt() },
		"reversed missing":      func(g *types.GenesisState) { g.ClawBacks[0].Reversed = math.Int{} },
		"does not sum up":       func(g *types.GenesisState) { g.ClawBacks[0].Reversed = math.NewInt(101) },
		"paid missing":          func(g *types.GenesisState) { g.ClawBacks[0].Parts[0].Paid = math.Int{} },
		"owed negative":         func(g *types.GenesisState) { g.ClawBacks[0].Parts[0].Owed = math.NewInt(-1) },
		"more than the payout":  func(g *types.GenesisState) { g.ClawBacks[0].Parts[0].Paid = g.Records[0].Amount },
		"debt missing":          func(g *types.GenesisState) { g.Debts = nil },
		"debt of another sum":   func(g *types.GenesisState) { g.Debts[0].Amount = math.NewInt(41) },
		"debt twice":            func(g *types.GenesisState) { g.Debts = append(g.Debts, g.Debts[0]) },
		"debt without claw":     func(g *types.GenesisState) { g.ClawBacks = nil },
		"debt of no record":     func(g *types.GenesisState) { g.Debts[0].Settlement = "261130-000123-000001" },
		"debt malformed record": func(g *types.GenesisState) { g.Debts[0].Settlement = "1" },
		"debt to another":       func(g *types.GenesisState) { g.Debts[0].Creditor = 5 },
		"debt to nobody":        func(g *types.GenesisState) { g.Debts[0].Creditor = 0 },
		"debt id":               func(g *types.GenesisState) { g.Debts[0].Id = "x" },
		"debt of another":       func(g *types.GenesisState) { g.Debts[0].Debtor = 5 },
		"debt of another red":   func(g *types.GenesisState) { g.Debts[0].RedNumber = strings.Repeat("1", 24) },
		"debt height":           func(g *types.GenesisState) { g.Debts[0].Height = 0 },
		"debt of 0":             func(g *types.GenesisState) { g.Debts[0].Amount = math.ZeroInt() },
		"debt overpaid":         func(g *types.GenesisState) { g.Debts[0].Paid = math.NewInt(41) },
		"debt paid missing":     func(g *types.GenesisState) { g.Debts[0].Paid = math.Int{} },
	} {
		t.Run(name, func(t *testing.T) {
			g := clawedBack()
			require.NoError(t, g.Validate())
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}

// The buyer is a payee of its own trade: its part comes back without moving, and is never a debt.
func TestGenesisBuyerOwesItselfNothing(t *testing.T) {
	g := clawedBack()
	g.Records[0].Payouts[0].Member, g.ClawBacks[0].Parts[0].Member = g.Records[0].Buyer, g.Records[0].Buyer
	g.Debts[0].Debtor, g.Debts[0].Creditor = g.Records[0].Buyer, g.Records[0].Buyer
	g.Debts[0].Id = types.DebtID(g.Debts[0].RedNumber, g.Records[0].Buyer)
	require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
	g.Debts = nil
	require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
}

// clawedBack is a genesis in which 100 fen of the first record were taken back, 40 of them as a debt of the first payee.
func clawedBack() *types.GenesisState {
	g := genesis()
	c := types.NewClawBack(g.Records[0])
	c.Reversed = math.NewInt(100)
	c.Parts[0].Paid, c.Parts[0].Owed = math.NewInt(60), math.NewInt(40)
	g.ClawBacks = []types.ClawBack{c}
	red, debtor := "330126112400012300000155", g.Records[0].Payouts[0].Member
	g.Debts = []types.Debt{{
		Id: types.DebtID(red, debtor), Debtor: debtor, Creditor: g.Records[0].Buyer, Amount: math.NewInt(40), Paid: math.NewInt(3),
		RedNumber: red, Settlement: c.Settlement, Height: 9,
	}}
	return g
}
