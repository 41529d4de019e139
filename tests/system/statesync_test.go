//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/verify"
)

// joinsByStateSync has a full node start from a snapshot of the state, by the settings of
// docs/operators/joining.md. It has none of the blocks before, and yet it proves the voucher
// to a court whose trust root is older than all set changes: it fetched and verified these.
func (c council) joinsByStateSync(voucher, root string, changes []int64) {
	t := c.t
	t.Helper()
	p := place{hosts: "127.0.0.1", guest: "127.0.0.1"}
	home, g := p.newNode(t, c.chain, "newcomer")
	exchange(t, c.chain, "node", "admit", g.id, "--purpose", "full")
	last := changes[len(changes)-1]
	snapshot := c.snapshotAfter(last)

	servers := []*testnet.Node{c.chain.Node(0), c.chain.Node(2)}
	trusted := snapshot - 1
	commit, err := c.rpc().Commit(t.Context(), &trusted)
	require.NoError(t, err)
	syncs(t, home, map[string]string{
		"enable": "true", "trust_height": fmt.Sprint(trusted), "trust_hash": `"` + commit.Hash().String() + `"`,
		"rpc_servers": `"` + servers[0].RPC() + "," + servers[1].RPC() + `"`, "discovery_time": `"5s"`,
	})
	p.start(t, home, g, c.chain)
	height, err := c.chain.Height(t.Context())
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		status, err := g.rpc.Status(t.Context())
		return err == nil && status.SyncInfo.LatestBlockHeight >= height && !status.SyncInfo.CatchingUp
	}, 2*time.Minute, 200*time.Millisecond)
	status, err := g.rpc.Status(t.Context())
	require.NoError(t, err)
	require.Greater(t, status.SyncInfo.EarliestBlockHeight, last, "it came by the snapshot, not by blocks")
	out, code := shugud(t, "node", "status", "--home", c.chain.Home(), "--node", g.rpc.Remote())
	require.Zero(t, code, out)

	raw, err := os.ReadFile(root)
	require.NoError(t, err)
	var pinned struct {
		Height int64 `json:"height"`
	}
	require.NoError(t, json.Unmarshal(raw, &pinned))
	var bundle string
	require.Eventually(t, func() bool {
		out, code := shugud(t, "query", "voucher", "proof", voucher, "--since", fmt.Sprint(pinned.Height), "--home", c.chain.Home(), "--node", g.rpc.Remote())
		bundle = out
		return code == 0
	}, time.Minute, time.Second, "its side store must reach back to the trust root")
	whole, err := verify.Decode([]byte(bundle))
	require.NoError(t, err)
	require.Len(t, whole.SetChanges, len(changes))
	out, code = shugud(t, "verify", c.file("newcomer.json", bundle), "--trust", root)
	require.Zero(t, code, out)
}

// snapshotAfter waits until a snapshot of the state after a height has been taken, and returns its height.
func (c council) snapshotAfter(height int64) (taken int64) {
	c.t.Helper()
	require.Eventually(c.t, func() bool {
		folders, err := os.ReadDir(filepath.Join(c.chain.Node(0).Home(), "data", "snapshots"))
		require.NoError(c.t, err)
		for _, folder := range folders {
			var h int64
			if _, err := fmt.Sscan(folder.Name(), &h); err == nil && h > height+1 {
				taken = h
			}
		}
		return taken > 0
	}, 2*time.Minute, 500*time.Millisecond)
	// The light client asks for the two headers after it as well.
	require.NoError(c.t, c.chain.WaitHeight(c.t.Context(), taken+3))
	return taken
}

// syncs sets what [statesync] of a home's config.toml says.
func syncs(t require.TestingT, home string, settings map[string]string) {
	file := filepath.Join(home, "config", "config.toml")
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	before, section, found := strings.Cut(string(raw), "\n[statesync]\n")
	require.True(t, found)
	lines := strings.Split(section, "\n")
	set := 0
	for i, line := range lines {
		if strings.HasPrefix(line, "[") {
			break
		}
		name, _, _ := strings.Cut(line, " = ")
		if value, ok := settings[name]; ok {
			lines[i] = name + " = " + value
			set++
		}
	}
	require.Equal(t, len(settings), set)
	require.NoError(t, os.WriteFile(file, []byte(before+"\n[statesync]\n"+strings.Join(lines, "\n")), 0o600))
}
