package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

// genesis has an open resolution with one vote and a failed one.
func genesis() *types.GenesisState {
	g := types.DefaultGenesis()
	resolution := func(id uint64) types.Resolution {
		return types.Resolution{
			Id: id, Panel: types.Council, Proposer: 1, Title: "Change", Reason: "because",
			Messages: []*codectypes.Any{{TypeUrl: "/cosmos.upgrade.v1beta1.MsgCancelUpgrade"}},
			Seats:    []uint32{1, 2, 3}, Threshold: types.Threshold{Numerator: 2, Denominator: 3},
			Status: types.RESOLUTION_STATUS_OPEN, SubmittedHeight: 5, Deadline: 100,
		}
	}
	open, failed := resolution(1), resolution(2)
	failed.Status, failed.DecidedHeight, failed.EndedHeight = types.RESOLUTION_STATUS_FAILED, 6, 7
	failed.Failure = &types.Failure{Codespace: "sdk", Code: 4, Height: 7, Attempts: 2}
	ballot := func(member uint32, option types.VoteOption) types.Ballot {
		return types.Ballot{Member: member, Option: option, Height: 5}
	}
	const yes = types.VOTE_OPTION_YES
	g.Resolutions = []types.ResolutionRecord{
		{Resolution: open, Ballots: []types.Ballot{ballot(2, yes)}},
		{Resolution: failed, Ballots: []types.Ballot{ballot(1, yes), ballot(2, yes), ballot(3, yes)}},
	}
	return g
}

func TestGenesisFailsIf(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	require.NoError(t, genesis().Validate())
	first := func(change func(r *types.ResolutionRecord)) func(*types.GenesisState) {
		return func(g *types.GenesisState) { change(&g.Resolutions[0]) }
	}
	second := func(change func(r *types.Resolution)) func(*types.GenesisState) {
		return func(g *types.GenesisState) { change(&g.Resolutions[1].Resolution) }
	}
	for name, spoil := range map[string]func(*types.GenesisState){
		"the council is missing":              func(g *types.GenesisState) { g.Panels = append(g.Panels[:1:1], g.Panels[2]) },
		"the committee is missing":            func(g *types.GenesisState) { g.Panels = g.Panels[1:] },
		"the joint meeting is missing":        func(g *types.GenesisState) { g.Panels = g.Panels[:2] },
		"the committee came later":            func(g *types.GenesisState) { g.Panels[0].CreatedHeight, g.Panels[0].Members = 4, []uint32{1} },
		"panels are not in order":             func(g *types.GenesisState) { g.Panels[0], g.Panels[1] = g.Panels[1], g.Panels[0] },
		"a panel is malformed":                func(g *types.GenesisState) { g.Panels[0].Title = "" },
		"there are too many panels":           func(g *types.GenesisState) { g.Panels = make([]types.Panel, types.MaxPanels+1) },
		"the default deadline is too long":    func(g *types.GenesisState) { g.Params.DefaultDeadline = g.Params.MaxDeadline + 1 },
		"the least deadline is 0":             func(g *types.GenesisState) { g.Params.MinDeadline = 0 },
		"nothing may expire":                  func(g *types.GenesisState) { g.Params.MaxExpiriesPerBlock = 0 },
		"nothing may be run":                  func(g *types.GenesisState) { g.Params.MaxExecutionGas = 0 },
		"ids have a gap":                      second(func(r *types.Resolution) { r.Id = 3 }),
		"an id is 0":                          first(func(r *types.ResolutionRecord) { r.Resolution.Id = 0 }),
		"the panel is unknown":                first(func(r *types.ResolutionRecord) { r.Resolution.Panel = "senate" }),
		"the panel's name is bad":             first(func(r *types.ResolutionRecord) { r.Resolution.Panel = "S" }),
		"the proposer has no seat":            first(func(r *types.ResolutionRecord) { r.Resolution.Proposer = 4 }),
		"there are no seats":                  first(func(r *types.ResolutionRecord) { r.Resolution.Seats = nil }),
		"seats descend":                       first(func(r *types.ResolutionRecord) { r.Resolution.Seats = []uint32{2, 1} }),
		"it carries nothing":                  first(func(r *types.ResolutionRecord) { r.Resolution.Messages = nil }),
		"the threshold is impossible":         first(func(r *types.ResolutionRecord) { r.Resolution.Threshold.Numerator = 3 }),
		"a ballot is of no seat":              first(func(r *types.ResolutionRecord) { r.Ballots[0].Member = 4 }),
		"a ballot says nothing":               first(func(r *types.ResolutionRecord) { r.Ballots[0].Option = 0 }),
		"a ballot was cast before submission": first(func(r *types.ResolutionRecord) { r.Ballots[0].Height = 4 }),
		"a ballot stands twice":               first(func(r *types.ResolutionRecord) { r.Ballots = append(r.Ballots, r.Ballots[0]) }),
		"an open one has ended":               first(func(r *types.ResolutionRecord) { r.Resolution.EndedHeight = 6 }),
		"an open one is decided by its votes": func(g *types.GenesisState) { g.Resolutions[0].Ballots = g.Resolutions[1].Ballots },
		"the status is unknown":               first(func(r *types.ResolutionRecord) { r.Resolution.Status = 9 }),
		"it was executed without votes":       first(func(r *types.ResolutionRecord) { r.Resolution.Status = types.RESOLUTION_STATUS_EXECUTED }),
		"it was rejected by yes":              second(func(r *types.Resolution) { r.Status = types.RESOLUTION_STATUS_REJECTED }),
		"it failed without a failure":         second(func(r *types.Resolution) { r.Failure = nil }),
		"the failure is of no message":        second(func(r *types.Resolution) { r.Failure.Message = 1 }),
		"the failure has no code":             second(func(r *types.Resolution) { r.Failure.Code = 0 }),
		"the failure has no codespace":        second(func(r *types.Resolution) { r.Failure.Codespace = "" }),
		"it ended before it was decided":      second(func(r *types.Resolution) { r.EndedHeight = 5 }),
		"it was decided before submission":    second(func(r *types.Resolution) { r.DecidedHeight = 4 }),
		"it was withdrawn after the decision": second(func(r *types.Resolution) { r.Status = types.RESOLUTION_STATUS_WITHDRAWN }),
	} {
		g := genesis()
		spoil(g)
		require.ErrorIs(t, g.Validate(), valid.ErrInvalid, name)
	}
}

func TestExpiredAfterAFailureValidates(t *testing.T) {
	g := genesis()
	g.Resolutions[1].Resolution.Status = types.RESOLUTION_STATUS_EXPIRED
	require.NoError(t, g.Validate())
	g.Resolutions[1].Resolution.Failure = nil
	require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
}
