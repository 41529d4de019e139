//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/story"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// freshness of the agreement: longer than it takes to carry a bundle, short enough to wait for its end.
const freshness = 40 * time.Second

// sold has a trade settled on a chain, and returns its voucher's number.
func sold(t *testing.T, n *testnet.Network, dir string) string {
	t.Helper()
	data, err := story.DefaultData(t.Context())
	require.NoError(t, err)
	summary, err := story.Run(t.Context(), story.Config{
		Network: n, Binary: harness.Binary(t, "shugud"), Origin: hangzhou, Destination: shanghai,
		Data: data, Dir: dir, Say: t.Logf, Steps: story.Trade,
	})
	require.NoError(t, err)
	return summary.Origin.Voucher
}

// agrees has the council of a chain of one validator agree with hangzhou by proofs alone.
func (d desk) agrees(client string, freshness time.Duration) {
	d.t.Helper()
	d.file("agreement.yaml", fmt.Sprintf(`title: 与杭州互认，仅凭证明
reason: 已与对方节点核对
messages:
  - type: set-agreement
    chain_id: %s
    client_id: %s
    kinds: [voucher, settlement, status]
    max_amount: 100000000.00cny
    begins: %s
    ends: 2036-01-01T00:00:00Z
    freshness: %s
`, hangzhou, client, time.Now().UTC().Add(-time.Hour).Format(time.RFC3339), freshness))
	d.decides(filepath.Join(d.dir, "agreement.yaml"))
}

// decides has the council of one seat carry a resolution out, and returns what it does in words.
func (d desk) decides(file string) string {
	d.t.Helper()
	var proposed struct {
		Response struct {
			ID string `json:"id"`
		} `json:"response"`
	}
	require.NoError(d.t, json.Unmarshal([]byte(d.must("exchange", "council", "propose", "-f", file, "-o", "json")), &proposed))
	words, code := shugud(d.t, "council", "show", proposed.Response.ID, "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Zero(d.t, code, words)
	out := d.must("exchange", "council", "vote", proposed.Response.ID, "yes")
	require.Contains(d.t, out, "executed 已执行")
	return words
}

// bundles has a node of a chain prove vouchers, and returns the folder.
func bundles(t *testing.T, c *testnet.Chain, dir string, numbers ...string) string {
	t.Helper()
	require.NoError(t, os.RemoveAll(dir))
	args := append([]string{"query", "voucher", "proof"}, numbers...)
	out, code := shugud(t, append(args, "-O", dir, "--home", c.Home(), "--node", c.RPC())...)
	require.Zero(t, code, out)
	return dir
}

// Two chains without channel and relayer: a client opened by hand, an agreement by proofs
// alone, a voucher recognised by its bundle, stale when nothing proves it anew, and usable
// again when its status is proven.
func TestRecognitionByBundleWithoutRelayer(t *testing.T) {
	cfg := harness.Config(t, 1, "hangzhou", "shanghai")
	cfg.Relayer, cfg.Root = "", filepath.Join(cfg.Root, "network")
	n := harness.Up(t, cfg)
	dir := t.TempDir()
	origin, there := n.Chain(hangzhou), desk{t, n.Chain(shanghai), dir}
	number := sold(t, n, dir)
	usable := func() (string, int) {
		return shugud(t, "query", "recognition", "voucher", number, "--home", there.chain.Home(), "--node", there.chain.RPC())
	}
	out, code := usable()
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "nothing is known here")
	old := bundles(t, origin, filepath.Join(dir, "old"), number)
	out, code = there.as("bank", "recognize", old)
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "has no agreement with "+hangzhou+"; it has none with any chain")

	out, code = there.as("bank", "recognition", "open-client", origin.RPC())
	require.Equal(t, 2, code, "opening a client takes the role relayer: "+out)
	out = there.must("relayer", "recognition", "open-client", origin.RPC())
	require.Contains(t, out, "client_id: 07-tendermint-0")
	out, code = shugud(t, "council", "check-client", "07-tendermint-0", origin.RPC(), "--home", there.chain.Home(), "--node", there.chain.RPC())
	require.Zero(t, code, out)
	there.agrees("07-tendermint-0", freshness)

	out, code = there.as("bank", "recognize", old)
	require.Equal(t, 1, code, "the client begins after this header: "+out)
	require.Contains(t, out, "take a newer bundle")
	out, code = desk{t, origin, dir}.as("bank", "recognize", old)
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "so is the node")

	fresh := bundles(t, origin, filepath.Join(dir, "fresh"), number)
	out = there.must("bank", "recognize", fresh)
	require.Contains(t, out, "Recognise from "+hangzhou)
	require.Contains(t, out, "承认 "+hangzhou)
	recognised := time.Now()
	out, code = usable()
	require.Zero(t, code, out)
	require.Contains(t, out, "USABLE 可用")
	require.Contains(t, out, "proof 证明 under header")
	out = there.must("court", "recognize", fresh)
	require.Contains(t, out, "has height", "the client knows the header: no update")

	require.Eventually(t, func() bool {
		out, code = usable()
		return code == 1
	}, 2*freshness, time.Second, "nothing proves the voucher anew")
	t.Logf("stale %s after it was recognised\n%s", time.Since(recognised), out)
	require.Contains(t, out, "STALE")
	out, code = there.as("bank", "recognize", fresh, "--status-only")
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "take a newer bundle")

	there.must("bank", "recognize", bundles(t, origin, filepath.Join(dir, "newer"), number), "--status-only")
	out, code = usable()
	require.Zero(t, code, out)
	require.Contains(t, out, "last proof of status")
	out, code = shugud(t, "query", "recognition", "overview", "--home", there.chain.Home(), "--node", there.chain.RPC())
	require.Zero(t, code, out)
	t.Log("\n" + out)
	require.Contains(t, out, "none, by proofs alone")
	require.Contains(t, out, "1 vouchers 凭证 (1 by proof 凭证明), 1 settlements 结算")
	there.doubts()
	out, code = usable()
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "SUSPECT")
	out, code = there.as("bank", "recognize", bundles(t, origin, filepath.Join(dir, "forgotten"), number), "--reaffirm")
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "the council recovers it")
	there.recovers(origin, "07-tendermint-1", 14*24*time.Hour)
	there.must("bank", "recognize", bundles(t, origin, filepath.Join(dir, "again"), number), "--reaffirm")
	out, code = usable()
	require.Zero(t, code, "what was in doubt is proven anew: "+out)
}

// doubts has the council put a living client in doubt, which then forgets all that it trusted.
func (d desk) doubts() {
	d.t.Helper()
	words := d.decides(d.file("doubt.yaml", "title: 存疑\nreason: 演练\nmessages:\n  - {type: doubt-client, client: 07-tendermint-0, above_height: 1, reason: 演练}\n"))
	require.Contains(d.t, words, "Put in doubt all that rests on the light client 07-tendermint-0 above height 1")
	out, code := shugud(d.t, "query", "recognition", "overview", hangzhou, "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Zero(d.t, code, out)
	require.Contains(d.t, out, "SUSPECT")
	require.Contains(d.t, out, "IN DOUBT")
}
