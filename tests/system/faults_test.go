//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/proc"
	"github.com/shugu-network/shugu/tests/system/harness"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// long names the variable of the environment that asks for faults in full length.
const long = "SHUGU_LONG"

// four is a chain of four validators whose blocks come fast, with its own parameters.
func four(t *testing.T, change func(*testnet.Config)) council {
	t.Helper()
	cfg := harness.Config(t, 4, "hangzhou")
	cfg.BlockTime = quick
	change(&cfg)
	return council{desk{t, harness.Up(t, cfg).Chain(hangzhou), t.TempDir()}}
}

// seat is what `shugud seat show` tells of a seat.
func (c council) seat(key string) *consortium.QuerySeatResponse {
	c.t.Helper()
	var res consortium.QuerySeatResponse
	require.NoError(c.t, application().Codec.UnmarshalJSON([]byte(c.prints("seat", "show", fmt.Sprint(c.number(key)), "-o", "json")), &res))
	return &res
}

// goOn waits until some nodes have seen that many blocks more, whatever others do.
func goOn(t *testing.T, nodes []*testnet.Node, blocks int64) {
	t.Helper()
	before, err := nodes[0].Height(t.Context())
	require.NoError(t, err)
	for _, node := range nodes {
		require.Eventually(t, func() bool {
			height, err := node.Height(t.Context())
			return err == nil && height >= before+blocks
		}, 2*time.Minute, 50*time.Millisecond, node.Log())
	}
}

// A validator that was away too long has lost its seat, and brings it back by one command when it has caught up.
func TestKilledValidatorIsSuspendedAndRejoins(t *testing.T) {
	t.Parallel()
	c := four(t, func(cfg *testnet.Config) {
		withParams(cfg, func(p *consortium.Params) { p.DowntimeWindow, p.RejoinWait = 30, 10 })
	})
	address, last := c.keyOf("exchange-4"), c.chain.Node(3)
	require.NoError(t, last.Kill())
	require.Eventually(t, func() bool {
		return c.seat("exchange-4").Seat.Status == consortium.SEAT_STATUS_SUSPENDED_DOWNTIME
	}, 2*time.Minute, 200*time.Millisecond)
	suspended := c.seat("exchange-4")
	require.NotContains(t, c.set(suspended.Seat.Since+2), address)

	starts(t, export(t, c.chain.Node(2))) // without it the other two stand still
	require.NoError(t, c.chain.Node(2).Start(t.Context()))
	goOn(t, c.chain.Nodes()[:3], 2)

	require.NoError(t, last.Start(t.Context()))
	require.NoError(t, c.chain.WaitHeight(t.Context(), suspended.RejoinHeight))
	done := sends(t, c.chain, "exchange-4", "seat", "rejoin")
	c.signs(address, done+2)
	require.Equal(t, consortium.SEAT_STATUS_ACTIVE, c.seat("exchange-4").Seat.Status)
}

// With the parameters of a new chain a validator may be away for ten minutes: it catches up, and its seat was never in
// question. It takes as long, so it runs only with SHUGU_LONG=1 in the environment.
func TestValidatorIsAwayForTenMinutes(t *testing.T) {
	if os.Getenv(long) == "" {
		t.Skip(long + "=1 runs it")
	}
	t.Parallel()
	c := four(t, func(cfg *testnet.Config) { cfg.BlockTime = time.Second })
	address, last := c.keyOf("exchange-4"), c.chain.Node(3)
	require.NoError(t, last.Kill())
	killed := time.Now()
	require.Eventually(t, func() bool {
		status, err := c.rpc().Status(t.Context())
		return err == nil && status.SyncInfo.LatestBlockTime.Sub(killed) > 10*time.Minute
	}, 15*time.Minute, time.Second)
	away := c.seat("exchange-4")
	t.Logf("missed %d blocks, %d are allowed", away.Missed, away.MaxMissed)
	require.Equal(t, consortium.SEAT_STATUS_ACTIVE, away.Seat.Status)
	require.Greater(t, away.Missed, uint32(200))
	require.NoError(t, last.Start(t.Context()))
	require.NoError(t, c.chain.WaitBlocks(t.Context(), 2))
	height, err := c.chain.Height(t.Context())
	require.NoError(t, err)
	c.signs(address, height)
}

var halfVotes = regexp.MustCompile(`^BA\{4:[x_]{4}\} 20/40 `)

// stuck says whether a node waits for votes that half of the validators cannot give, and at which height.
func stuck(t *testing.T, node *testnet.Node) (height string, yes bool) {
	t.Helper()
	rpc, err := rpchttp.New(node.RPC(), "/websocket")
	require.NoError(t, err)
	res, err := rpc.ConsensusState(t.Context())
	require.NoError(t, err)
	var state struct {
		At    string `json:"height/round/step"`
		Votes []struct {
			Prevotes   string `json:"prevotes_bit_array"`
			Precommits string `json:"precommits_bit_array"`
		} `json:"height_vote_set"`
	}
	require.NoError(t, json.Unmarshal(res.RoundState, &state))
	const prevote, precommit = "4", "6" // CometBFT's numbers of steps in which a node waits for votes
	at, round := strings.Split(state.At, "/"), 0
	_, err = fmt.Sscan(at[1], &round)
	require.NoError(t, err)
	if round >= len(state.Votes) {
		return at[0], false
	}
	votes := state.Votes[round]
	return at[0], at[2] == prevote && halfVotes.MatchString(votes.Prevotes) || at[2] == precommit && halfVotes.MatchString(votes.Precommits)
}

// stands waits until nodes wait for votes that nobody gives, at one height.
func stands(t *testing.T, nodes []*testnet.Node) {
	t.Helper()
	require.Eventually(t, func() bool {
		heights := map[string]bool{}
		for _, node := range nodes {
			height, yes := stuck(t, node)
			if !yes {
				return false
			}
			heights[height] = true
		}
		return len(heights) == 1
	}, time.Minute, 50*time.Millisecond)
}

// Without half of its validators the chain stands, and goes on by itself when one is back. It starts again from an export of
// the state in which it stood.
func TestChainStandsWithoutHalfItsValidators(t *testing.T) {
	t.Parallel()
	c := four(t, func(*testnet.Config) {})
	nodes := c.chain.Nodes()
	half := func() {
		require.NoError(t, nodes[2].Kill())
		require.NoError(t, nodes[3].Kill())
		stands(t, nodes[:2])
	}
	half()
	require.NoError(t, nodes[2].Start(t.Context()))
	goOn(t, nodes[:3], 3)
	require.NoError(t, nodes[3].Start(t.Context()))
	require.NoError(t, c.chain.WaitBlocks(t.Context(), 2))

	half()
	restart(t, c.chain, nodes[0])
}

// A validator whose genesis is not the others' gets no further than its first blocks and says so; the others
// go on. With the right file it catches up.
func TestValidatorWithAWrongGenesis(t *testing.T) {
	t.Parallel()
	c := four(t, func(*testnet.Config) {})
	nodes := c.chain.Nodes()
	genesis := filepath.Join(nodes[3].Home(), "config", "genesis.json")
	right, err := os.ReadFile(genesis)
	require.NoError(t, err)
	wrongName, err := editState(right, func(state *consortium.GenesisState) { state.Members[0].Name = "另一家机构" })
	require.NoError(t, err)
	require.NoError(t, nodes[3].Stop())
	for _, tc := range []struct {
		genesis []byte
		says    []string
	}{
		{wrongName, []string{"Error in validation", "AppHash"}},
		{[]byte(strings.Replace(string(right), `"`+hangzhou+`"`, `"shugu-hangzhou-2"`, 1)), []string{"shugu-hangzhou-2", "different network"}},
	} {
		forget(t, nodes[3])
		require.NoError(t, os.WriteFile(genesis, tc.genesis, 0o600))
		process, err := proc.Start(t.Context(), proc.Spec{
			Name: "mistaken", Path: harness.Binary(t, "shugud"), Args: []string{"start", "--home", nodes[3].Home(), "--log_no_color"}, Log: nodes[3].Log(),
		})
		require.NoError(t, err)
		says(t, nodes[3].Log(), tc.says...)
		goOn(t, nodes[:3], 3)
		require.NoError(t, process.Stop(proc.Grace))
	}
	forget(t, nodes[3])
	require.NoError(t, os.WriteFile(genesis, right, 0o600))
	require.NoError(t, nodes[3].Start(t.Context()))
	require.NoError(t, c.chain.WaitBlocks(t.Context(), 2))
	require.NoError(t, nodes[3].Stop())
	starts(t, export(t, nodes[3]))
}

// forget removes a stopped node's blocks and state, but not its record of what it signed.
func forget(t *testing.T, node *testnet.Node) {
	t.Helper()
	data := filepath.Join(node.Home(), "data")
	entries, err := os.ReadDir(data)
	require.NoError(t, err)
	for _, entry := range entries {
		if entry.Name() != "priv_validator_state.json" {
			require.NoError(t, os.RemoveAll(filepath.Join(data, entry.Name())))
		}
	}
}

// An admission lapses while its node hears nothing. When it is back it does not know, and is refused.
func TestAdmissionLapsesDuringAPartition(t *testing.T) {
	t.Parallel()
	c := harness.Up(t, harness.Config(t, 2, "hangzhou")).Chain(hangzhou)
	p := place{hosts: "127.0.0.1", guest: "127.0.0.1"}
	home, g := p.newGuest(t, c)
	lapse := time.Now().Add(45 * time.Second).UTC()
	exchange(t, c, "node", "admit", g.id, "--purpose", "full", "--expires", lapse.Format(time.RFC3339))
	process := p.start(t, home, g, c)
	connected(t, c, g)

	cut(t, process)
	at := lapsedAt(t, c, lapse)
	dropped(t, c, g.id, at)
	require.NoError(t, syscall.Kill(-process.PID, syscall.SIGCONT))
	says(t, c.Node(0).Log(), "Ignoring inbound connection", g.id, "has lapsed")
	require.NoError(t, c.WaitBlocks(t.Context(), 3))
	require.Zero(t, hosts(t, c, g.id))
	status, err := g.rpc.Status(t.Context())
	require.NoError(t, err)
	require.Less(t, status.SyncInfo.LatestBlockHeight, at, "no block after its admission has reached it")

	require.NoError(t, c.Node(0).Stop())
	starts(t, export(t, c.Node(0)))
}

// cut stops a process without ending it: it neither hears nor says anything.
func cut(t *testing.T, process *proc.Process) {
	t.Helper()
	require.NoError(t, syscall.Kill(-process.PID, syscall.SIGSTOP))
	t.Cleanup(func() { _ = syscall.Kill(-process.PID, syscall.SIGCONT) }) // it may run already, or be gone
}
