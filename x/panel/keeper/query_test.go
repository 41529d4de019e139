package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkquery "github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/panel/types"
)

func TestQueryPanels(t *testing.T) {
	w := newWorld(t)
	list, err := w.query.Panels(w.Ctx, &types.QueryPanelsRequest{Pagination: &sdkquery.PageRequest{Limit: 2}})
	require.NoError(t, err)
	require.Len(t, list.Panels, 2)
	require.NotEmpty(t, list.Pagination.NextKey)

	council, err := w.query.Panel(w.Ctx, &types.QueryPanelRequest{Name: types.Council})
	require.NoError(t, err)
	require.Equal(t, []uint32{one, two, three, four}, council.Seats)
	require.EqualValues(t, 3, council.Needed)
	require.Equal(t, account(types.Council), council.Account)
	empty, err := w.query.Panel(w.Ctx, &types.QueryPanelRequest{Name: types.JointMeeting})
	require.NoError(t, err)
	require.Zero(t, empty.Needed)
	_, err = w.query.Panel(w.Ctx, &types.QueryPanelRequest{Name: "senate"})
	require.ErrorIs(t, err, types.ErrPanelNotFound)
	params, err := w.query.Params(w.Ctx, nil)
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), params.Params)
}

func TestQueryResolutions(t *testing.T) {
	w := newWorld(t)
	w.everyState()
	for _, c := range []struct {
		panel  string
		status types.ResolutionStatus
		want   []uint64
	}{
		{"", 0, []uint64{1, 2, 3, 4, 5, 6, 7, 8}},
		{"", executed, []uint64{3, 8}},
		{types.Council, 0, []uint64{1, 2, 3, 4, 5, 6, 8}},
		{types.Council, open, []uint64{2}},
		{types.Committee, 0, []uint64{7}},
		{types.Committee, open, nil},
		{"council-2", 0, nil},
	} {
		res, err := w.query.Resolutions(w.Ctx, &types.QueryResolutionsRequest{Panel: c.panel, Status: c.status})
		require.NoError(t, err)
		var got []uint64
		for _, r := range res.Resolutions {
			got = append(got, r.Id)
		}
		require.Equal(t, c.want, got, "%s %s", c.panel, c.status)
	}
}

func TestQueryResolutionSaysWhereItStands(t *testing.T) {
	w := newWorld(t)
	w.everyState()
	for id, want := range map[uint64][2]string{
		1: {"expired at 2026-11-23 10:01:00 UTC+8 undecided: 0 yes, 0 no, 1 abstain", "失效，未获决定"},
		2: {"open until 2026-11-30 10:02:00 UTC+8: 1 yes, 0 no, 0 abstain, 0 recused, 3 not voted; 3 yes of 4 approve it (more than 2/3), 2 more needed", "还需 2 票"},
		3: {"approved at height 2 and carried out at height 2", "执行"},
		4: {"message 1 failed (undefined code 1; attempts: 1); nothing had effect; any seat may try again", "第 1 条消息执行失败"},
		5: {"rejected at height 2", "否决"},
		6: {"withdrawn by its proposer at height 2", "撤回"},
		7: {"without a quorum: 2 of 3 seats are recused", "3 席中 2 席回避"},
	} {
		res, err := w.query.Resolution(w.Ctx, &types.QueryResolutionRequest{Id: id})
		require.NoError(t, err)
		require.Contains(t, res.Words, want[0])
		require.Contains(t, res.WordsZh, want[1])
	}
	res, err := w.query.Resolution(w.Ctx, &types.QueryResolutionRequest{Id: 2})
	require.NoError(t, err)
	require.Equal(t, types.Tally{Seats: 4, Yes: 1, Needed: 3, Waiting: []uint32{two, three, four}}, res.Tally)
	require.Len(t, res.Ballots, 1)
	_, err = w.query.Resolution(w.Ctx, &types.QueryResolutionRequest{Id: 99})
	require.ErrorIs(t, err, types.ErrResolutionNotFound)
}

func TestQueriesRefuseNothing(t *testing.T) {
	w := newWorld(t)
	_, err := w.query.Panels(w.Ctx, nil)
	require.Error(t, err)
	_, err = w.query.Panel(w.Ctx, nil)
	require.Error(t, err)
	_, err = w.query.Resolutions(w.Ctx, nil)
	require.Error(t, err)
	_, err = w.query.Resolution(w.Ctx, nil)
	require.Error(t, err)
}
