//go:build system

package system_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/story"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// shugud runs the command line and returns all that it printed and its exit code.
func shugud(t *testing.T, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), harness.Binary(t, "shugud"), args...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// exitCodes walks the exit codes of DESIGN §9: 0 done, 1 not sent, 2 refused at
// the door, 3 failed in the block, 4 not seen in time or unknown.
func exitCodes(t *testing.T, n *testnet.Network, summary story.Summary) {
	t.Helper()
	c := n.Chain(hangzhou)
	as := func(key string, args ...string) (string, int) {
		return shugud(t, append(args, "--from", key, "--home", c.Home(), "--keyring-backend", "test", "--node", c.RPC())...)
	}
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	require.NoError(t, os.WriteFile(file, []byte("exchange: 2\ntitle: 试\ncolour: red\n"), 0o600))

	out, code := as("seller", "scenario", "submit", "-f", file)
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "line 3")
	require.Contains(t, out, "colour")

	out, code = as("buyer", "scenario", "decide", "S000012-000001", "--approve")
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "expected ROLE_EXCHANGE, got [ROLE_MERCHANT]", "a refusal must say what is missing")

	out, code = as("buyer", "trade", "fund", summary.Origin.Contract, "1200.00cny", "--gas", "300000")
	require.Equal(t, 3, code, out)
	require.Contains(t, out, "SETTLED")

	require.NoError(t, os.WriteFile(file, []byte("exchange: 2\ntitle: 试\ndescription: x\n"), 0o600))
	out, code = as("seller", "scenario", "submit", "-f", file, "--wait", "1ms")
	require.Equal(t, 4, code, out)
	require.Contains(t, out, "query tx")

	require.NoError(t, c.WaitBlocks(t.Context(), 2))
	out, code = as("seller", "scenario", "submit", "-f", file, "-o", "json")
	require.Equal(t, 0, code, out)
	var result struct {
		Height   int64 `json:"height"`
		Response struct {
			ID string `json:"id"`
		} `json:"response"`
	}
	require.NoError(t, json.Unmarshal([]byte(out), &result))
	require.Positive(t, result.Height)
	require.Equal(t, "S000012-000003", result.Response.ID)

	out, code = shugud(t, "keys", "add", "stranger", "--home", c.Home(), "--keyring-backend", "test")
	require.Equal(t, 0, code, out)
	out, code = as("stranger", "scenario", "submit", "-f", file)
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "member apply", "a stranger must be told how to become a member")
}
