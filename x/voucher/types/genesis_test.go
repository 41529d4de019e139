package types_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// at is blue with another seller, time and sequence.
func at(v types.Voucher, region string, seller uint32, when time.Time, seq uint32) types.Voucher {
	v.Seller.Member = seller
	v.Number = types.Number(region, ids.Day(when), seller, seq)
	v.IssuedAt = when.Unix()
	return v
}

// world is a valid state: two sellers, two regions, two days, and a voucher that two red
// ones take back, the first in part, the second, with a day between, the rest.
func world(t testing.TB) types.GenesisState {
	t.Helper()
	tomorrow := issuedAt.AddDate(0, 0, 1)
	first := at(blue(), "3301", 123, issuedAt, 1)
	part := at(red(), "3301", 123, issuedAt.Add(time.Hour), 2)
	rest := at(red(), "3301", 123, tomorrow, 1)
	part.Reverses, rest.Reverses = first.Number, first.Number
	rest.Total = math.NewInt(900_000)
	rest.ReversedLines = []types.ReversedLine{{Line: 0, Amount: rest.Total}}

	one := detail()
	one.Number, one.RedNumber = first.Number, part.Number
	encoded, err := types.EncodeStatusDetail(one)
	require.NoError(t, err)
	two := one
	two.Version, two.RedNumber, two.Height = 2, rest.Number, 99
	two.Remaining = []math.Int{math.ZeroInt(), math.ZeroInt()}
	two.Flags, two.PreviousDigest = types.FlagReversed, digest(string(encoded))

	g := types.GenesisState{
		Vouchers: []types.Voucher{
			first, part, rest,
			at(blue(), "3302", 123, issuedAt.Add(2*time.Hour), 3), // another region, the same sequence
			at(blue(), "3301", 124, issuedAt, 1),
		},
		Details:  []types.StatusDetail{one, two},
		Params:   types.DefaultParams(),
		Counters: []types.Counter{{Seller: 123, Day: "261124", Next: 2}, {Seller: 124, Day: "261123", Next: 2}},
	}
	slices.SortFunc(g.Vouchers, func(a, b types.Voucher) int { return cmp.Compare(a.Number, b.Number) })
	encoded, err = types.EncodeStatusDetail(two)
	require.NoError(t, err)
	g.Statuses = []types.NumberedStatus{{Number: first.Number, Status: types.Status{
		Version: 2, FirstHeight: 77, Height: 99, Flags: types.FlagReversed, DetailDigest: digest(string(encoded)),
	}}}
	return g
}

// Positions in world's vouchers, by number.
const (
	firstOf123 = iota // 3301-261123-000123-000001, blue
	partOf123         // 3301-261123-000123-000002, red
	firstOf124        // 3301-261123-000124-000001, blue
	restOf123         // 3301-261124-000123-000001, red
	otherOf123        // 3302-261123-000123-000003, blue
)

func TestGenesisValidates(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	require.NoError(t, world(t).Validate())
}

func TestGenesisRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(g *types.GenesisState)
		want  error
	}{
		"an invalid voucher":    {func(g *types.GenesisState) { g.Vouchers[firstOf123].Total = math.OneInt() }, types.ErrTotal},
		"vouchers out of order": {func(g *types.GenesisState) { slices.Reverse(g.Vouchers) }, types.ErrInconsistent},
		"a voucher twice": {func(g *types.GenesisState) {
			g.Vouchers = slices.Insert(g.Vouchers, 0, g.Vouchers[0])
		}, types.ErrInconsistent},
		"a red voucher of nothing": {func(g *types.GenesisState) {
			g.Vouchers[restOf123].Reverses = blueNumber
		}, types.ErrInconsistent},
		"a red voucher of a red one": {func(g *types.GenesisState) {
			g.Vouchers[restOf123].Reverses = g.Vouchers[partOf123].Number
		}, types.ErrInconsistent},
		"a red voucher of another buyer": {func(g *types.GenesisState) {
			g.Vouchers[restOf123].Buyer.Member++
		}, types.ErrInconsistent},
		"a red voucher that takes back too much": {func(g *types.GenesisState) {
			v := &g.Vouchers[partOf123]
			v.ReversedLines[0].Amount = math.NewInt(1_000_001)
			v.Total = math.NewInt(1_345_679)
		}, types.ErrExceedsRemaining},
		"a red voucher of a line that is not there": {func(g *types.GenesisState) {
			g.Vouchers[partOf123].ReversedLines[1].Line = 2
		}, types.ErrNoSuchLine},
		"a red voucher without a detail": {func(g *types.GenesisState) { g.Details, g.Statuses = nil, nil }, types.ErrInconsistent},
		"an invalid detail":              {func(g *types.GenesisState) { g.Details[0].Flags = 16 }, valid.ErrInvalid},
		"details out of order":           {func(g *types.GenesisState) { slices.Reverse(g.Details) }, types.ErrInconsistent},
		"details of a red voucher": {func(g *types.GenesisState) {
			g.Details[0].Number = g.Vouchers[partOf123].Number
		}, types.ErrInconsistent},
		"details of no voucher":          {func(g *types.GenesisState) { g.Details[0].Number = blueNumber }, types.ErrInconsistent},
		"a gap in versions":              {func(g *types.GenesisState) { g.Details[1].Version = 3 }, types.ErrInconsistent},
		"a broken chain of details":      {func(g *types.GenesisState) { g.Details[1].PreviousDigest[31] ^= 1 }, types.ErrInconsistent},
		"a changed earlier detail":       {func(g *types.GenesisState) { g.Details[0].ReasonDigest[0] ^= 1 }, types.ErrInconsistent},
		"heights that go back":           {func(g *types.GenesisState) { g.Details[1].Height = 76 }, types.ErrInconsistent},
		"a detail that names no voucher": {func(g *types.GenesisState) { g.Details[0].RedNumber = redNumber }, types.ErrInconsistent},
		"a detail that names a blue one": {func(g *types.GenesisState) {
			g.Details[0].RedNumber = g.Vouchers[firstOf124].Number
		}, types.ErrInconsistent},
		"two details of one red voucher": {func(g *types.GenesisState) {
			g.Details[1].RedNumber = g.Details[0].RedNumber
		}, types.ErrInconsistent},
		"another remainder":             {func(g *types.GenesisState) { g.Details[1].Remaining[0] = math.OneInt() }, types.ErrInconsistent},
		"a remainder of fewer lines":    {func(g *types.GenesisState) { g.Details[1].Remaining = g.Details[1].Remaining[:1] }, types.ErrInconsistent},
		"a reversal without its flag":   {func(g *types.GenesisState) { g.Details[1].Flags = 0 }, types.ErrInconsistent},
		"no status":                     {func(g *types.GenesisState) { g.Statuses = nil }, types.ErrInconsistent},
		"an invalid status":             {func(g *types.GenesisState) { g.Statuses[0].Status.Version = 0 }, valid.ErrInvalid},
		"a status of another voucher":   {func(g *types.GenesisState) { g.Statuses[0].Number = g.Vouchers[firstOf124].Number }, types.ErrInconsistent},
		"a status of the detail before": {func(g *types.GenesisState) { g.Statuses[0].Status.Version = 1 }, types.ErrInconsistent},
		"a status of other bytes":       {func(g *types.GenesisState) { g.Statuses[0].Status.DetailDigest[0] ^= 1 }, types.ErrInconsistent},
		"a status of another first height": {func(g *types.GenesisState) {
			g.Statuses[0].Status.FirstHeight = 78
		}, types.ErrInconsistent},
		"a gap in a sequence": {func(g *types.GenesisState) {
			g.Vouchers[otherOf123] = at(blue(), "3302", 123, issuedAt.Add(2*time.Hour), 4)
		}, types.ErrInconsistent},
		"a sequence from 2": {func(g *types.GenesisState) {
			g.Vouchers[firstOf124] = at(blue(), "3301", 124, issuedAt, 2)
		}, types.ErrInconsistent},
		"a sequence twice in two regions": {func(g *types.GenesisState) {
			g.Vouchers[otherOf123] = at(blue(), "3302", 123, issuedAt.Add(2*time.Hour), 2)
		}, types.ErrInconsistent},
		"sequences against time": {func(g *types.GenesisState) {
			g.Vouchers[otherOf123] = at(blue(), "3302", 123, issuedAt.Add(-time.Hour), 3)
		}, types.ErrInconsistent},
		"no counter": {func(g *types.GenesisState) { g.Counters = g.Counters[:1] }, types.ErrInconsistent},
		"a counter of no voucher": {func(g *types.GenesisState) {
			g.Counters = append(g.Counters, types.Counter{Seller: 125, Day: "261123", Next: 2})
		}, types.ErrInconsistent},
		"a counter too low":           {func(g *types.GenesisState) { g.Counters[0].Next = 1 }, types.ErrInconsistent},
		"a counter too high":          {func(g *types.GenesisState) { g.Counters[0].Next = 3 }, types.ErrInconsistent},
		"a counter of the day before": {func(g *types.GenesisState) { g.Counters[0] = types.Counter{Seller: 123, Day: "261123", Next: 4} }, types.ErrInconsistent},
		"counters out of order":       {func(g *types.GenesisState) { slices.Reverse(g.Counters) }, types.ErrInconsistent},
	} {
		t.Run(name, func(t *testing.T) {
			g := world(t)
			c.spoil(&g)
			require.ErrorIs(t, g.Validate(), c.want)
		})
	}
}
