package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// asking is world with an open request of the first voucher, and one of the last whose end failed.
func asking(t *testing.T) types.GenesisState {
	g := world(t)
	for _, i := range []int{firstOf123, otherOf123} {
		g.Requests = append(g.Requests, types.ReversalRequest{
			Number: g.Vouchers[i].Number, Requester: g.Vouchers[i].Buyer.Member, ReasonDigest: digest("reason"), Height: 5, ExpiresAt: 1_795_000_000,
			Lines: []types.ReversedLine{{Line: 0, Amount: math.NewInt(5)}},
		})
	}
	g.Failures = []types.ExpiryFailure{{
		Number: g.Vouchers[otherOf123].Number, Codespace: "voucher", Code: 19, Error: "panic", Attempts: 1, Height: 9, RetryAt: 1_795_000_060,
	}}
	return g
}

func TestGenesisWithRequestsValidates(t *testing.T) {
	require.NoError(t, asking(t).Validate())
	g := asking(t) // of the first voucher nothing remains: a ruling came between
	g.Requests[0].Lines[0].Amount = g.Vouchers[firstOf123].Lines[0].Amount
	require.NoError(t, g.Validate())
}

func TestGenesisRefusesRequests(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(g *types.GenesisState)
		want  error
	}{
		"no parameters":         {func(g *types.GenesisState) { g.Params = types.Params{} }, valid.ErrInvalid},
		"a window too short":    {func(g *types.GenesisState) { g.Params.ReversalWindow = 59 }, valid.ErrInvalid},
		"a window too long":     {func(g *types.GenesisState) { g.Params.ReversalWindow = 90*24*60*60 + 1 }, valid.ErrInvalid},
		"no work in a block":    {func(g *types.GenesisState) { g.Params.MaxExpiriesPerBlock = 0 }, valid.ErrInvalid},
		"unbounded work":        {func(g *types.GenesisState) { g.Params.MaxExpiriesPerBlock = 10_001 }, valid.ErrInvalid},
		"requests out of order": {func(g *types.GenesisState) { g.Requests[0], g.Requests[1] = g.Requests[1], g.Requests[0] }, types.ErrInconsistent},
		"a request twice":       {func(g *types.GenesisState) { g.Requests[1] = g.Requests[0] }, types.ErrInconsistent},
		"of no voucher":         {func(g *types.GenesisState) { g.Requests[1].Number = types.Number("3302", "261123", 123, 9) }, types.ErrInconsistent},
		"of a red voucher":      {func(g *types.GenesisState) { g.Requests[0].Number = g.Vouchers[partOf123].Number }, types.ErrRedVoucher},
		"of no number":          {func(g *types.GenesisState) { g.Requests[0].Number = "" }, types.ErrNumber},
		"by nobody":             {func(g *types.GenesisState) { g.Requests[0].Requester = 0 }, valid.ErrInvalid},
		"by no party":           {func(g *types.GenesisState) { g.Requests[0].Requester = 999 }, types.ErrNotParty},
		"of no line":            {func(g *types.GenesisState) { g.Requests[0].Lines = nil }, valid.ErrInvalid},
		"of a line too many":    {func(g *types.GenesisState) { g.Requests[0].Lines[0].Line = 2 }, types.ErrNoSuchLine},
		"of more than the line": {func(g *types.GenesisState) { g.Requests[0].Lines[0].Amount = math.NewInt(1_000_001) }, types.ErrExceedsRemaining},
		"without a reason":      {func(g *types.GenesisState) { g.Requests[0].ReasonDigest = nil }, valid.ErrInvalid},
		"without a height":      {func(g *types.GenesisState) { g.Requests[0].Height = 0 }, valid.ErrInvalid},
		"without an end":        {func(g *types.GenesisState) { g.Requests[0].ExpiresAt = 0 }, valid.ErrInvalid},
		"with an end too far":   {func(g *types.GenesisState) { g.Requests[0].ExpiresAt = 253402300800 }, valid.ErrInvalid},
		"a failure of nothing":  {func(g *types.GenesisState) { g.Requests = g.Requests[:1] }, types.ErrInconsistent},
		"a failure twice":       {func(g *types.GenesisState) { g.Failures = append(g.Failures, g.Failures[0]) }, types.ErrInconsistent},
		"a failure too early":   {func(g *types.GenesisState) { g.Failures[0].RetryAt = 1_795_000_000 }, types.ErrInconsistent},
		"a failure of number":   {func(g *types.GenesisState) { g.Failures[0].Number = "1" }, types.ErrNumber},
		"a failure unnamed":     {func(g *types.GenesisState) { g.Failures[0].Codespace = "" }, valid.ErrInvalid},
		"a failure untold":      {func(g *types.GenesisState) { g.Failures[0].Error = "" }, valid.ErrInvalid},
		"a failure never tried": {func(g *types.GenesisState) { g.Failures[0].Attempts = 0 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			g := asking(t)
			c.spoil(&g)
			require.ErrorIs(t, g.Validate(), c.want)
		})
	}
}
