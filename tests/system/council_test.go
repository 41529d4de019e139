//go:build system

package system_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
)

// councilDecides drives a resolution that fails, and refusals of the panels.
func councilDecides(t *testing.T, n *testnet.Network) {
	t.Helper()
	c := n.Chain(hangzhou)
	as := func(key string, args ...string) (string, int) {
		return shugud(t, append(append([]string{"council"}, args...), "--from", key, "--home", c.Home(), "--keyring-backend", "test", "--node", c.RPC())...)
	}
	file := filepath.Join(t.TempDir(), "change.yaml")
	require.NoError(t, os.WriteFile(file, []byte("title: 试\nreason: a test\nmessages:\n  - {type: dissolve-panel, name: council}\n"), 0o600))

	out, code := as("bank", "propose", "-f", file)
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "no seat")
	out, code = as("exchange", "propose", "-f", file)
	require.Equal(t, 0, code, out)
	require.Contains(t, out, "id: 2", "the story's agreement was the first")
	for _, voter := range []string{"exchange", "exchange-2", "exchange-3"} {
		out, code = as(voter, "vote", "2", "yes", "--reason", "核对无误")
		require.Equal(t, 0, code, out)
	}
	require.Contains(t, out, "failed 执行失败", "no council dissolves itself")
	out, code = shugud(t, "council", "show", "2", "--home", c.Home(), "--node", c.RPC())
	require.Equal(t, 0, code, out)
	require.Contains(t, out, "message 1 failed (panel code 19; attempts: 1)")
	out, code = as("exchange-4", "execute", "2")
	require.Equal(t, 0, code, out)
	require.Contains(t, out, "failed 执行失败")
	out, code = as("exchange", "withdraw", "2")
	require.Equal(t, 2, code, out)

	link := n.Links()[0]
	out, code = shugud(t, "council", "check-client", link.ClientA, c.RPC(), "--home", c.Home(), "--node", c.RPC())
	require.Equal(t, 1, code, "our own node is not the other chain's: "+out)
	require.Contains(t, out, "DOES NOT MATCH")
	out, code = shugud(t, "council", "check-client", link.ClientA, n.Chain(shanghai).RPC(), "--home", c.Home(), "--node", c.RPC())
	require.Equal(t, 0, code, out)
}
