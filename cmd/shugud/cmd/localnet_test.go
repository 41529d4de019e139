package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
)

// buffer can be read while another goroutine writes to it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestLogShowsTheLastLinesAndFollows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "node.log")
	require.NoError(t, os.WriteFile(path, []byte("one\ntwo\nthree\n"), 0o600))
	var out buffer
	require.NoError(t, showLog(t.Context(), &out, path, 2, false))
	require.Equal(t, "two\nthree\n", out.String())
	require.ErrorContains(t, showLog(t.Context(), &out, path+"x", 2, false), "log: open")

	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	var followed buffer
	go func() { done <- showLog(ctx, &followed, path, 1, true) }()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString("four\n")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Eventually(t, func() bool { return bytes.HasSuffix([]byte(followed.String()), []byte("four\n")) }, 10*time.Second, 10*time.Millisecond)
	cancel()
	require.NoError(t, <-done)
}

func TestLocalnetStatusAsTextAndJSON(t *testing.T) {
	s := testnet.Status{
		Root: "/r", Running: true, Links: []testnet.Link{{ChainA: "a-1", ChannelA: "channel-0", ChainB: "b-1", ChannelB: "channel-3"}},
		Chains: []testnet.ChainStatus{{ID: "a-1", Home: "/r/a-1", Nodes: []testnet.NodeStatus{
			{ProcStatus: testnet.ProcStatus{Name: "a-1/node0", Running: true, PID: 7}, Moniker: "exchange", Height: 9, RPC: "tcp://127.0.0.1:1"},
			{ProcStatus: testnet.ProcStatus{Name: "a-1/node1"}, Moniker: "exchange-2"},
		}}},
		Relayer: &testnet.ProcStatus{Name: "relayer"},
	}
	show := func(format string) string {
		var out bytes.Buffer
		c := &cobra.Command{}
		c.Flags().String("output", format, "")
		c.SetOut(&out)
		require.NoError(t, printLocalnet(c, s))
		return out.String()
	}
	text := show("text")
	require.Contains(t, text, "a-1/node0  exchange    running (process 7)  height 9  rpc tcp://127.0.0.1:1")
	require.Contains(t, text, "a-1/node1  exchange-2  stopped\n")
	require.Contains(t, text, "a-1 channel-0")
	require.Contains(t, text, "shugud --home /r/a-1 query")
	var back testnet.Status
	require.NoError(t, json.Unmarshal([]byte(show("json")), &back))
	require.Equal(t, s, back)
}

func TestLocalnetErrorsNameTheNextStep(t *testing.T) {
	run := func(args ...string) error {
		c := NewLocalnetCmd()
		c.SilenceErrors, c.SilenceUsage = true, true
		c.SetOut(&bytes.Buffer{})
		c.SetErr(&bytes.Buffer{})
		c.SetArgs(append(args, "--dir", t.TempDir()))
		return c.ExecuteContext(t.Context())
	}
	for _, verb := range [][]string{{"status"}, {"down"}, {"logs", "relayer"}, {"up", "--resume"}} {
		require.ErrorContains(t, run(verb...), "no local network here: start one with shugud localnet up")
	}
	require.ErrorContains(t, run("up", "--chains", "atlantis"), `--chains: city "atlantis" is not known; known are hangzhou`)
	require.ErrorContains(t, run("up", "--chains", "hangzhou", "--validators", "0"), "at least 1 validator")
}
