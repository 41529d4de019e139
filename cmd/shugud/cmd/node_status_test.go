package cmd

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNodeStatusNamesWhatIsWrong(t *testing.T) {
	now := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		spoil func(*nodeStatus)
		want  []string
	}{
		"well":                         {func(*nodeStatus) {}, []string{}},
		"catching up":                  {func(s *nodeStatus) { s.CatchingUp, s.BlockTime = true, now.Add(-time.Hour) }, []string{"catching-up"}},
		"its last block is old":        {func(s *nodeStatus) { s.BlockTime = now.Add(-61 * time.Second) }, []string{"block-old"}},
		"cut off":                      {func(s *nodeStatus) { s.BlockTime, s.Peers = now.Add(-time.Hour), 0 }, []string{"block-old", "no-peers"}},
		"alone, and signs every block": {func(s *nodeStatus) { s.Peers, s.Seats, s.ValidatorPower = 0, 1, 10 }, []string{}},
		"alone, and signs none":        {func(s *nodeStatus) { s.Peers, s.Seats = 0, 1 }, []string{"no-peers"}},
		"lapsed":                       {func(s *nodeStatus) { s.Admitted = false }, []string{"not-admitted"}},
		"before its first block":       {func(s *nodeStatus) { *s = nodeStatus{CatchingUp: true, Peers: 1, Problems: []string{}} }, []string{"catching-up"}},
	} {
		s := &nodeStatus{Height: 120, BlockTime: now.Add(-60 * time.Second), Peers: 3, Seats: 4, Admitted: true, Problems: []string{}}
		tc.spoil(s)
		s.judge(now, time.Minute)
		require.Equal(t, tc.want, s.Problems, name)
		for _, problem := range s.Problems {
			require.NotEmpty(t, nodeProblems[problem], problem)
		}
	}
}

func TestNodeStatusInWordsAndJSON(t *testing.T) {
	s := &nodeStatus{
		ChainID: "shugu-hangzhou-1", NodeID: "3f2a", Moniker: "hangzhou-1", Version: "v1", Height: 120, BlockTime: time.Unix(1_795_451_719, 0).UTC(),
		EarliestHeight: 100, Peers: 3, Admitted: true, ValidatorPower: 10, Seats: 4, Upgrade: "v2", UpgradeHeight: 150, Problems: []string{},
	}
	s.judge(s.BlockTime.Add(time.Second), time.Minute)
	var text, document bytes.Buffer
	require.NoError(t, s.write(&text, false))
	require.Equal(t, `shugu-hangzhou-1  hangzhou-1  3f2a  shugud v1
  height 高度: 120, 2026-11-24 00:35 UTC+8, 1 s ago 秒前; blocks since 最早区块 100
  admitted 准入: yes 是
  signs blocks 参与出块: yes 是, one of 共 4 席
  peers 对等节点: 3
  upgrade 升级: "v2" at height 于高度 150, in 余 30 blocks 个区块
  well 正常
`, text.String())
	require.NoError(t, s.write(&document, true))
	var fields map[string]any
	require.NoError(t, json.Unmarshal(document.Bytes(), &fields))
	require.Equal(t, map[string]any{
		"chain_id": "shugu-hangzhou-1", "node_id": "3f2a", "moniker": "hangzhou-1", "version": "v1", "height": 120.0, "block_time": "2026-11-23T16:35:19Z",
		"block_age_seconds": 1.0, "earliest_height": 100.0, "catching_up": false, "peers": 3.0, "admitted": true, "validator_power": 10.0, "seats": 4.0,
		"upgrade": "v2", "upgrade_height": 150.0, "problems": []any{},
	}, fields)
}
