package types_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestParamsValidate(t *testing.T) {
	for _, tc := range []struct {
		params types.Params
		ok     bool
	}{
		{types.DefaultParams(), true},
		{types.Params{Quorum: 1, MaxCommittee: 1}, true},
		{types.Params{Quorum: types.MaxCommittee, MaxCommittee: types.MaxCommittee}, true},
		{types.Params{}, false},
		{types.Params{Quorum: 0, MaxCommittee: 3}, false},
		{types.Params{Quorum: 4, MaxCommittee: 3}, false},
		{types.Params{Quorum: 2, MaxCommittee: types.MaxCommittee + 1}, false},
	} {
		if tc.ok {
			require.NoError(t, tc.params.Validate(), "%v", tc.params)
		} else {
			require.ErrorIs(t, tc.params.Validate(), valid.ErrInvalid, "%v", tc.params)
		}
	}
}

// round is one round of a version: returned, or pending.
func round(product string, version, number uint32, pending bool) types.Review {
	r := types.Review{
		Product: product, Version: version, Round: number, Requester: 2, SubjectDigest: digest,
		Quorum: 1, Committee: []uint32{3}, Status: types.REVIEW_STATUS_PENDING, RequestedHeight: 10,
	}
	if !pending {
		r.Status, r.DecidedHeight = types.REVIEW_STATUS_RETURNED, 11
		r.Opinions = []types.Opinion{{Member: 3, Verdict: types.VERDICT_RETURN, Reasons: "no", Height: 11}}
	}
	return r
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	good := func() types.GenesisState {
		return types.GenesisState{Params: types.DefaultParams(), Reviews: []types.Review{
			round("000002-000001", 1, 1, false), round("000002-000001", 1, 2, true),
			round("000002-000001", 2, 1, false), round("000002-000002", 1, 1, true),
		}}
	}
	g := good()
	require.NoError(t, g.Validate())
	for _, tc := range []spoil[types.GenesisState]{
		{"bad params", func(g *types.GenesisState) { g.Params.Quorum = 0 }},
		{"bad review", func(g *types.GenesisState) { g.Reviews[3].SubjectDigest = nil }},
		{"round twice", func(g *types.GenesisState) { g.Reviews[1].Round = 1 }},
		{"round left out", func(g *types.GenesisState) { g.Reviews[1].Round = 3 }},
		{"first round is 2", func(g *types.GenesisState) { g.Reviews[2].Round = 2 }},
		{"very first round is 2", func(g *types.GenesisState) { g.Reviews = g.Reviews[1:] }},
		{"products fall", func(g *types.GenesisState) { g.Reviews[2], g.Reviews[3] = g.Reviews[3], g.Reviews[2] }},
		{"versions fall", func(g *types.GenesisState) { g.Reviews[0], g.Reviews[2] = g.Reviews[2], g.Reviews[0] }},
		{"round after a pending one", func(g *types.GenesisState) { g.Reviews[0] = round("000002-000001", 1, 1, true) }},
		{"round after the same digest was cleared", func(g *types.GenesisState) {
			g.Reviews[0].Status, g.Reviews[0].Opinions[0].Verdict = types.REVIEW_STATUS_CLEARED, types.VERDICT_CLEAR
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := good()
			tc.spoil(&g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
	g.Reviews[0].Status, g.Reviews[0].Opinions[0].Verdict = types.REVIEW_STATUS_CLEARED, types.VERDICT_CLEAR
	g.Reviews[1].SubjectDigest = bytes.Repeat([]byte{8}, 32)
	require.NoError(t, g.Validate(), "another digest may be reviewed after one was cleared")
}
