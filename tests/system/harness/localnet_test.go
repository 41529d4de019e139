//go:build system

package harness_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// shugud runs the real command line and returns its standard output.
func shugud(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), harness.Binary(t, "shugud"), args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	require.NoError(t, cmd.Run(), errs.String())
	return out.String()
}

func status(t *testing.T, dir string) testnet.Status {
	t.Helper()
	var s testnet.Status
	require.NoError(t, json.Unmarshal([]byte(shugud(t, "localnet", "status", "--dir", dir, "-o", "json")), &s))
	return s
}

func pids(s testnet.Status) []int {
	var out []int
	for _, chain := range s.Chains {
		for _, node := range chain.Nodes {
			out = append(out, node.PID)
		}
	}
	if s.Relayer != nil && s.Relayer.PID != 0 {
		out = append(out, s.Relayer.PID)
	}
	return out
}

// requireGone wants no process to run. What has ended may stay as a zombie until
// its parent, which for detached processes is process 1, looks after it.
func requireGone(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			continue
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if !errors.Is(err, os.ErrNotExist) {
			require.NoError(t, err)
			require.Contains(t, string(stat), ") Z ", "process %d survived", pid)
		}
	}
}

func TestDetachedNetworkOfTwoLinkedChains(t *testing.T) {
	dir := harness.Folder(t)
	shugud(t, "localnet", "up", "--dir", dir, "--detach", "--validators", "2")
	t.Cleanup(func() {
		n, err := testnet.Open(dir)
		require.NoError(t, err)
		require.NoError(t, n.Down(context.Background()))
	})
	up := status(t, dir)
	require.True(t, up.Running)
	require.Len(t, up.Links, 1)
	require.NotEmpty(t, up.Links[0].ChannelB)
	require.True(t, up.Relayer.Running)
	require.Len(t, pids(up), 5)
	require.Positive(t, up.Chains[1].Nodes[1].Height)
	require.NotEmpty(t, shugud(t, "localnet", "logs", "--dir", dir, "shanghai/node1"))

	// All validators of a chain die at one height; the chain goes on.
	n, err := testnet.Open(dir)
	require.NoError(t, err)
	chain := n.Chain("shugu-hangzhou-1")
	for _, node := range chain.Nodes() {
		require.NoError(t, node.Kill())
	}
	for _, node := range chain.Nodes() {
		require.NoError(t, node.Start(t.Context()))
	}
	require.NoError(t, chain.WaitBlocks(t.Context(), 3))

	running := pids(status(t, dir))
	shugud(t, "localnet", "down", "--dir", dir)
	requireGone(t, running)
	require.False(t, status(t, dir).Running)
}

func TestInterruptLeavesNothingBehind(t *testing.T) {
	dir := harness.Folder(t)
	cmd := exec.Command(harness.Binary(t, "shugud"), "localnet", "up", "--dir", dir, "--chains", "hangzhou", "--validators", "1")
	require.NoError(t, cmd.Start())
	var running []int
	require.Eventually(t, func() bool {
		n, err := testnet.Open(dir)
		if err != nil {
			return false
		}
		running = pids(n.Status(t.Context()))
		return len(running) == 1 && running[0] != 0
	}, time.Minute, 50*time.Millisecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.NoError(t, ignoreExit(cmd.Wait()))
	requireGone(t, running)
}

// ignoreExit drops the exit code: an interrupt while the network starts is an
// error, one while it runs is not.
func ignoreExit(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}
