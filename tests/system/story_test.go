//go:build system

// Package system_test runs the node, the relayer and the command line as real
// processes. The networks' files stay below build/system.
package system_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/story"
	"github.com/shugu-network/shugu/tests/system/harness"
)

const (
	hangzhou = "shugu-hangzhou-1"
	shanghai = "shugu-shanghai-1"
)

// tell runs the demo's story on a network.
func tell(t *testing.T, n *testnet.Network, after func(ctx context.Context, step string) error) story.Summary {
	t.Helper()
	dir := filepath.Join(harness.Folder(t), "story")
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.MkdirAll(dir, 0o755))
	data, err := story.DefaultData(t.Context())
	require.NoError(t, err)
	summary, err := story.Run(t.Context(), story.Config{
		Network: n, Binary: harness.Binary(t, "shugud"), Origin: hangzhou, Destination: shanghai,
		Data: data, Dir: dir, Say: t.Logf, After: after, Steps: story.Until("court"),
	})
	require.NoError(t, err)
	return summary
}

// network starts two chains with a relayer; its files lie beside the story's.
func network(t *testing.T) *testnet.Network {
	t.Helper()
	cfg := harness.Config(t, 4, "hangzhou", "shanghai")
	cfg.Root = filepath.Join(cfg.Root, "network")
	return harness.Up(t, cfg)
}

// acknowledged waits until the origin knows that both records were recognised.
func acknowledged(t *testing.T, n *testnet.Network) {
	t.Helper()
	origin := n.Chain(hangzhou)
	require.Eventually(t, func() bool {
		entries := outbox(t, origin)
		return entries["VOUCHER"] == "RECOGNISED" && entries["SETTLEMENT"] == "RECOGNISED"
	}, 2*time.Minute, time.Second, "voucher and settlement record must stand as recognised on the origin")
}

// outbox is how the origin's records stand at the destination, one of each kind.
func outbox(t *testing.T, origin *testnet.Chain) map[string]string {
	t.Helper()
	var answer struct {
		Entries []struct {
			Kind   string `json:"kind"`
			Status string `json:"status"`
		} `json:"entries"`
	}
	query(t, origin, &answer, "recognition", "outbox", shanghai)
	entries := map[string]string{}
	for _, e := range answer.Entries {
		kind := strings.TrimPrefix(e.Kind, "RECORD_KIND_")
		require.NotContains(t, entries, kind)
		entries[kind] = strings.TrimPrefix(e.Status, "OUTBOX_STATUS_")
	}
	return entries
}

// recognisedOnce asserts that exactly the voucher and its settlement record stand on the destination.
func recognisedOnce(t *testing.T, n *testnet.Network, summary story.Summary) {
	t.Helper()
	var list struct {
		Recognised []struct {
			ID string `json:"id"`
		} `json:"recognised"`
	}
	query(t, n.Chain(shanghai), &list, "recognition", "recognised-list", hangzhou)
	var ids []string
	for _, r := range list.Recognised {
		ids = append(ids, r.ID)
	}
	require.ElementsMatch(t, []string{summary.Origin.Voucher, summary.Origin.Settlement}, ids)
}

func query(t *testing.T, c *testnet.Chain, answer any, args ...string) {
	t.Helper()
	out, code := shugud(t, append(append([]string{"query"}, args...), "--home", c.Home(), "--node", c.RPC(), "-o", "json")...)
	require.Zero(t, code, "%s", out)
	require.NoError(t, json.Unmarshal([]byte(out), answer))
}

// The demo's story, and on the same network what the command line answers when things go wrong.
func TestStory(t *testing.T) {
	n := network(t)
	summary := tell(t, n, nil)
	require.True(t, summary.TamperedBundleRefused)
	require.Equal(t, "RECOGNISED", summary.Destination.VoucherStatus)
	require.Equal(t, "RECOGNISED", summary.Destination.SettlementStatus)
	acknowledged(t, n)
	recognisedOnce(t, n, summary)
	exitCodes(t, n, summary)
	reversedWithoutRelayer(t, n, summary)
	councilDecides(t, n)
	recounted(t, n.Chain(hangzhou).Node(0))
}

// recounted asserts that a node recounts its books while it runs, and that its operator can when it is stopped.
func recounted(t *testing.T, node *testnet.Node) {
	t.Helper()
	text, err := os.ReadFile(node.Log())
	require.NoError(t, err)
	require.Contains(t, string(text), "all invariants hold")
	out, code := shugud(t, "invariants", "--home", node.Home())
	require.Equal(t, 1, code, "a running node keeps its database for itself: %s", out)
	require.NoError(t, node.Stop())
	out, code = shugud(t, "invariants", "--home", node.Home())
	require.Zero(t, code, "%s", out)
	require.Contains(t, out, "账目相符")
	out, code = shugud(t, "invariants", "--home", node.Home(), "--height", "1000000")
	require.Equal(t, 1, code)
	require.Contains(t, out, "the state cannot be read")
}

// reversedWithoutRelayer takes a part of the voucher back by consent while the relayer is
// away: the other chain hears of it when the relayer is back, though nobody asks for it.
func reversedWithoutRelayer(t *testing.T, n *testnet.Network, summary story.Summary) {
	t.Helper()
	origin, destination := n.Chain(hangzhou), n.Chain(shanghai)
	require.NoError(t, n.KillRelayer())
	file := filepath.Join(t.TempDir(), "reversal.yaml")
	require.NoError(t, os.WriteFile(file, []byte("voucher: "+summary.Origin.Voucher+"\nlines:\n  - line: 1\n    amount: 200.00cny\nreason: 质量问题，协商退还部分价款\n"), 0o600))
	as := func(key string, args ...string) {
		t.Helper()
		out, code := shugud(t, append(args, "--from", key, "--home", origin.Home(), "--keyring-backend", "test", "--node", origin.RPC())...)
		require.Zero(t, code, "%s", out)
	}
	as("buyer", "voucher", "reverse", "-f", file)
	as("seller", "voucher", "confirm", summary.Origin.Voucher, "-f", file)
	require.NoError(t, origin.WaitBlocks(t.Context(), 2))
	require.Equal(t, "PENDING", outbox(t, origin)["STATUS"])
	require.NoError(t, destination.WaitBlocks(t.Context(), 3))
	require.Empty(t, caveats(t, destination, summary.Origin.Voucher), "nobody has told the other chain")

	require.NoError(t, n.StartRelayer(t.Context()))
	require.Eventually(t, func() bool {
		return slices.Equal([]string{"CAVEAT_PARTLY_REVERSED"}, caveats(t, destination, summary.Origin.Voucher)) && outbox(t, origin)["STATUS"] == "RECOGNISED"
	}, 2*time.Minute, time.Second, "the reversal must become a fact on the other chain")
}

// caveats of a voucher of the origin on the destination.
func caveats(t *testing.T, destination *testnet.Chain, number string) []string {
	t.Helper()
	var answer struct {
		Standings []struct {
			Caveats []string `json:"caveats"`
		} `json:"standings"`
	}
	query(t, destination, &answer, "recognition", "standing", number)
	require.Len(t, answer.Standings, 1)
	return answer.Standings[0].Caveats
}

// The relayer and a validator are killed half way, then all validators of one
// chain at one height (SECURITY-RULES 19); the story still ends recognised, once each.
func TestRule19StorySurvivesKills(t *testing.T) {
	n := network(t)
	summary := tell(t, n, func(ctx context.Context, step string) error {
		switch step {
		case "settlement":
			if err := n.KillRelayer(); err != nil {
				return err
			}
			return n.Chain(hangzhou).Node(3).Kill()
		case "presented":
			for _, node := range n.Chain(shanghai).Nodes() {
				if err := node.Kill(); err != nil {
					return err
				}
			}
			for _, node := range append(n.Chain(shanghai).Nodes(), n.Chain(hangzhou).Node(3)) {
				if err := node.Start(ctx); err != nil {
					return err
				}
			}
			if err := n.Chain(shanghai).WaitBlocks(ctx, 2); err != nil {
				return err
			}
			return n.StartRelayer(ctx)
		}
		return nil
	})
	acknowledged(t, n)
	recognisedOnce(t, n, summary)
	require.NoError(t, n.Chain(hangzhou).WaitBlocks(t.Context(), 2), "all four validators must make blocks again")
}
