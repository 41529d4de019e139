package testnet

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet/proc"
)

func TestWholeLife(t *testing.T) {
	n := up(t, testConfig(t, 2))
	ctx := t.Context()
	chain := n.Chain("shugu-hangzhou-1")
	require.NotNil(t, chain)
	require.Nil(t, n.Chain("shugu-nowhere-1"))
	height, err := chain.Height(ctx)
	require.NoError(t, err)
	require.GreaterOrEqual(t, height, int64(2))
	require.NoError(t, chain.WaitHeight(ctx, height+3))

	require.ErrorContains(t, n.StartRelayer(ctx), "no links yet")
	links, err := n.Link(ctx)
	require.NoError(t, err)
	want := Link{
		Path:   "shugu-hangzhou-1_shugu-shanghai-1",
		ChainA: "shugu-hangzhou-1", ClientA: "07-tendermint-src", ConnectionA: "connection-src", ChannelA: "channel-7",
		ChainB: "shugu-shanghai-1", ClientB: "07-tendermint-dst", ConnectionB: "connection-dst", ChannelB: "channel-9",
	}
	require.Equal(t, []Link{want}, links)
	require.NoError(t, n.StartRelayer(ctx))
	require.ErrorContains(t, n.StartRelayer(ctx), "runs already")

	// Another process sees the same and can take part.
	other, err := Open(n.cfg.Root)
	require.NoError(t, err)
	mine, theirs := n.Status(ctx), other.Status(ctx)
	require.True(t, mine.Running)
	require.Equal(t, links, theirs.Links)
	require.Len(t, theirs.Chains, 2)
	require.Equal(t, mine.Relayer, theirs.Relayer)
	require.Equal(t, mine.Chains[1].Nodes[1].ProcStatus, theirs.Chains[1].Nodes[1].ProcStatus)
	require.Positive(t, theirs.Chains[1].Nodes[1].Height)
	again, err := other.Link(ctx)
	require.NoError(t, err)
	require.Equal(t, links, again, "what is linked is not linked again")

	require.NoError(t, n.KillRelayer())
	require.False(t, n.RelayerRunning())
	require.NoError(t, n.StartRelayer(ctx))
	require.NoError(t, n.StopRelayer())

	pids := pidsOf(n)
	require.Len(t, pids, 4)
	require.NoError(t, other.Down(ctx))
	require.NoError(t, n.Watch(ctx), "taken down from elsewhere is no crash")
	for _, pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
	}
	require.False(t, other.Status(ctx).Running)
	require.FileExists(t, chain.Node(0).Log(), "logs are kept")
}

func TestNodesDieAndComeBack(t *testing.T) {
	n := up(t, testConfig(t, 2))
	ctx := t.Context()
	chain := n.Chain("shugu-shanghai-1")
	for _, end := range []func() error{chain.Node(1).Kill, chain.Node(1).Stop} {
		require.ErrorContains(t, chain.Node(1).Start(ctx), "runs already")
		require.NoError(t, end())
		require.False(t, chain.Node(1).Running())
		require.NoError(t, chain.WaitBlocks(ctx, 2), "stopped nodes are not waited for")
		require.NoError(t, chain.Node(1).Start(ctx))
		require.NoError(t, chain.WaitHeight(ctx, 2))
	}
	require.NoError(t, chain.Node(0).Kill())
	require.Equal(t, chain.Node(1).RPC(), chain.RPC())
	require.NoError(t, chain.Node(1).Kill())
	_, err := chain.Height(ctx)
	require.ErrorContains(t, err, "no node runs")
	require.ErrorContains(t, chain.Node(1).Kill(), "does not run")
}

func TestResumeKeepsTheData(t *testing.T) {
	n := up(t, testConfig(t, 1))
	mark := filepath.Join(n.Chains()[0].Node(0).Home(), "data", "mark")
	require.NoError(t, os.WriteFile(mark, nil, 0o600))
	other, err := Open(n.cfg.Root)
	require.NoError(t, err)
	require.ErrorContains(t, other.Resume(t.Context(), false), "take it down first")
	down(t, n)
	require.NoError(t, other.Resume(t.Context(), false))
	require.FileExists(t, mark)
	require.True(t, other.Chains()[1].Node(0).Running())
	down(t, other)
}

func TestUpClearsAwayAnEarlierNetworkOnly(t *testing.T) {
	cfg := testConfig(t, 1)
	n := up(t, cfg)
	second, err := New(cfg)
	require.NoError(t, err)
	require.ErrorContains(t, second.Up(t.Context()), "take it down first")
	require.NoError(t, second.Down(t.Context()))
	require.True(t, n.Status(t.Context()).Running, "the network that runs was left alone")
	down(t, n)

	mark := filepath.Join(n.Chains()[0].Home(), "mark")
	require.NoError(t, os.WriteFile(mark, nil, 0o600))
	mine := filepath.Join(cfg.Root, "notes.txt")
	require.NoError(t, os.WriteFile(mine, nil, 0o600))
	require.NoError(t, second.Up(t.Context()))
	require.NoFileExists(t, mark)
	require.FileExists(t, mine)
	down(t, second)

	cfg.Root = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(cfg.Root, "relayer"), 0o700))
	third, err := New(cfg)
	require.NoError(t, err)
	require.ErrorContains(t, third.Up(t.Context()), "no local network put it there")
}

func TestPortInUseNamesNodeAndPort(t *testing.T) {
	var free []int
	var err error
	for len(free) == 0 || free[1] != free[0]+1 {
		free, err = proc.FreePorts(2)
		require.NoError(t, err)
	}
	taken := free[1]
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", taken))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	cfg := testConfig(t, 1)
	cfg.BasePort = free[0]
	n, err := New(cfg)
	require.NoError(t, err)
	err = n.Up(t.Context())
	require.ErrorContains(t, err, fmt.Sprintf("shugu-hangzhou-1/node0: rpc port: 127.0.0.1:%d is in use", taken))
	require.Empty(t, pidsOf(n))
}

func TestMissingProgramsAreNamedBeforeAnythingStarts(t *testing.T) {
	cfg := testConfig(t, 1)
	cfg.Binary = "build/bin/no-shugud"
	_, err := New(cfg)
	require.ErrorContains(t, err, "build/bin/no-shugud is missing")
	cfg = testConfig(t, 1)
	cfg.Relayer = "build/bin/no-rly"
	_, err = New(cfg)
	require.ErrorContains(t, err, "build/bin/no-rly is missing")
	require.NoDirExists(t, cfg.Root)
}

func TestCrashAtStartTellsTheLogAndStopsTheRest(t *testing.T) {
	t.Setenv(fakeMode, "crash node1")
	n, err := New(testConfig(t, 2))
	require.NoError(t, err)
	begin := time.Now()
	err = n.Up(t.Context())
	require.ErrorContains(t, err, "shugu-hangzhou-1/node1 ended: exit status 2")
	require.ErrorContains(t, err, "panic: no genesis")
	require.Less(t, time.Since(begin), n.cfg.StartTimeout/2)
	require.Empty(t, pidsOf(n))
	require.False(t, n.Status(t.Context()).Running)
}

func TestNodeThatNeverAnswersIsNamed(t *testing.T) {
	t.Setenv(fakeMode, "deaf node0")
	cfg := testConfig(t, 2)
	cfg.StartTimeout = 300 * time.Millisecond
	n, err := New(cfg)
	require.NoError(t, err)
	err = n.Up(t.Context())
	require.ErrorContains(t, err, "shugu-hangzhou-1/node0 (no answer")
	require.ErrorContains(t, err, "not up within 300ms")
	require.ErrorContains(t, err, "did not get there; the end of its log "+n.Chains()[0].Node(0).Log())
	require.False(t, n.Status(t.Context()).Running)
}

func TestWatchTellsOfACrash(t *testing.T) {
	n := up(t, testConfig(t, 1))
	node := n.Chains()[1].Node(0)
	resp, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/crash", node.Ports().RPC))
	if err == nil {
		require.NoError(t, resp.Body.Close())
	}
	err = n.Watch(t.Context())
	require.ErrorContains(t, err, "shugu-shanghai-1/node0 ended: exit status 2")
	require.ErrorContains(t, err, "panic: app hash differs")
	require.ErrorContains(t, n.Chains()[1].WaitHeight(t.Context(), 1_000_000), "app hash differs")
}

func TestCancelStopsEverything(t *testing.T) {
	n, err := New(testConfig(t, 1))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, n.Up(ctx))
	pids := pidsOf(n)
	cancel()
	require.NoError(t, n.Watch(ctx))
	require.NoError(t, n.Down(t.Context()))
	for _, pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
	}

	cancelled, err := New(testConfig(t, 1))
	require.NoError(t, err)
	require.ErrorIs(t, cancelled.Up(ctx), context.Canceled)
	require.False(t, cancelled.Status(t.Context()).Running)
}

func TestLinkFailureTellsTheRelayersLog(t *testing.T) {
	t.Setenv(fakeMode, "no link")
	n := up(t, testConfig(t, 1))
	_, err := n.Link(t.Context())
	require.ErrorContains(t, err, "linking shugu-hangzhou-1 and shugu-shanghai-1")
	require.ErrorContains(t, err, "channel handshake refused")
	require.Empty(t, n.Links())
}
