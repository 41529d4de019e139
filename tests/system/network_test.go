//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// dropWithin is how many blocks after a revocation a node may still be connected.
const dropWithin = 10

// exchange sends a command of the exchange's and returns the height of its block.
func exchange(t *testing.T, c *testnet.Chain, args ...string) int64 {
	t.Helper()
	return sends(t, c, "exchange", args...)
}

// sends sends a party's command and returns the height of its block.
func sends(t *testing.T, c *testnet.Chain, party string, args ...string) int64 {
	t.Helper()
	out, code := shugud(t, append(args, "--from", party, "--home", c.Home(), "--keyring-backend", "test", "--node", c.RPC(), "-o", "json")...)
	require.Zero(t, code, out)
	var done struct {
		Height int64 `json:"height"`
	}
	require.NoError(t, json.Unmarshal([]byte(out[firstBrace(out):]), &done))
	return done.Height
}

func firstBrace(s string) int {
	for i := range s {
		if s[i] == '{' {
			return i
		}
	}
	return 0
}

// hosts is how many validators are connected with a node.
func hosts(t *testing.T, c *testnet.Chain, id string) (count int) {
	t.Helper()
	for _, node := range c.Nodes() {
		rpc, err := rpchttp.New(node.RPC(), "/websocket")
		require.NoError(t, err)
		info, err := rpc.NetInfo(t.Context())
		require.NoError(t, err)
		for _, peer := range info.Peers {
			if string(peer.NodeInfo.ID()) == id {
				count++
			}
		}
	}
	return count
}

// dropped waits until both validators have dropped a node, and asserts that they did so
// soon after a height, by what their logs say.
func dropped(t *testing.T, c *testnet.Chain, id string, after int64) {
	t.Helper()
	line := regexp.MustCompile(`dropped a peer .*height=(\d+).*peer=` + id)
	for _, node := range c.Nodes() {
		var height int64
		require.Eventually(t, func() bool {
			raw, err := os.ReadFile(node.Log())
			require.NoError(t, err)
			if all := line.FindAllSubmatch(raw, -1); len(all) > 0 {
				height, err = strconv.ParseInt(string(all[len(all)-1][1]), 10, 64)
				require.NoError(t, err)
			}
			return height >= after
		}, 2*time.Minute, 50*time.Millisecond, "%s must drop the guest", node.Name())
		t.Logf("%s dropped the guest %d blocks after height %d", node.Name(), height-after, after)
		require.LessOrEqual(t, height-after, int64(dropWithin))
	}
	require.Eventually(t, func() bool { return hosts(t, c, id) == 0 }, time.Minute, 100*time.Millisecond)
}

// connected waits until both validators are connected with the guest, and it has their blocks.
func connected(t *testing.T, c *testnet.Chain, g guest) {
	t.Helper()
	require.Eventually(t, func() bool { return hosts(t, c, g.id) == len(c.Nodes()) }, 2*time.Minute, 200*time.Millisecond)
	height, err := c.Height(t.Context())
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		status, err := g.rpc.Status(t.Context())
		return err == nil && status.SyncInfo.LatestBlockHeight >= height
	}, 2*time.Minute, 200*time.Millisecond)
}

// A node that is not admitted is refused when it dials and when it is dialled; admitted, it is
// let in without anybody's doing; revoked or lapsed, it is dropped within some blocks.
func TestPrivateNetworkAdmitsAndDrops(t *testing.T) {
	p := newPlace(t)
	c := harness.Up(t, harness.Config(t, 2, "hangzhou")).Chain(hangzhou)
	home, g := p.newGuest(t, c)
	require.NoError(t, c.Node(0).Stop())
	require.NoError(t, c.Node(1).Stop())
	p.listen(t, c.Node(0))
	p.listen(t, c.Node(1), g.address) // dials the guest
	require.NoError(t, c.WaitBlocks(t.Context(), 2))
	p.start(t, home, g, c)

	says(t, c.Node(0).Log(), "Ignoring inbound connection", g.id, "is not admitted")
	says(t, c.Node(1).Log(), "Error reconnecting to peer", g.address, "is not admitted") // it dialled, and the guest took the connection
	says(t, g.log, "this node is not admitted", g.id)
	require.NoError(t, c.WaitBlocks(t.Context(), 3))
	require.Zero(t, hosts(t, c, g.id))
	status, err := g.rpc.Status(t.Context())
	require.NoError(t, err)
	require.Zero(t, status.SyncInfo.LatestBlockHeight, "no block has reached the guest")

	exchange(t, c, "node", "admit", g.id, "--purpose", "full")
	connected(t, c, g)
	dropped(t, c, g.id, exchange(t, c, "node", "revoke", g.id, "--reason", "decommissioned"))

	lapse := time.Now().Add(45 * time.Second).UTC()
	exchange(t, c, "node", "admit", g.id, "--purpose", "full", "--expires", lapse.Format(time.RFC3339))
	connected(t, c, g)
	dropped(t, c, g.id, lapsedAt(t, c, lapse))
}

// lapsedAt waits for the first block whose time is after a second, and returns its height.
func lapsedAt(t *testing.T, c *testnet.Chain, second time.Time) (height int64) {
	t.Helper()
	rpc, err := rpchttp.New(c.RPC(), "/websocket")
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		status, err := rpc.Status(t.Context())
		require.NoError(t, err)
		height = status.SyncInfo.LatestBlockHeight
		return status.SyncInfo.LatestBlockTime.Unix() > second.Unix()
	}, 2*time.Minute, 50*time.Millisecond)
	for ; ; height-- {
		before := height - 1
		block, err := rpc.Header(t.Context(), &before)
		require.NoError(t, err, fmt.Sprint("header ", before))
		if block.Header.Time.Unix() <= second.Unix() {
			return height
		}
	}
}
