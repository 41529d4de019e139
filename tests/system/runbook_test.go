//go:build system

package system_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cometbft/cometbft/privval"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
	"github.com/shugu-network/shugu/verify"
)

// secondStory rewrites a bundle of a chain of one validator so that its header tells
// another time, signed by the validator's own key: two headers of one height.
func secondStory(t *testing.T, c *testnet.Chain, folder, number string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, number+".json"))
	require.NoError(t, err)
	b, err := verify.Decode(raw)
	require.NoError(t, err)
	signed := cmtproto.SignedHeader{Header: new(cmtproto.Header), Commit: new(cmtproto.Commit)}
	require.NoError(t, signed.Header.Unmarshal(b.Signed.Header))
	require.NoError(t, signed.Commit.Unmarshal(b.Signed.Commit))
	signed.Header.Time = signed.Header.Time.Add(time.Nanosecond)
	header, err := cmttypes.HeaderFromProto(signed.Header)
	require.NoError(t, err)
	signed.Commit.BlockID.Hash = header.Hash()
	commit, err := cmttypes.CommitFromProto(signed.Commit)
	require.NoError(t, err)
	key := privval.LoadFilePVEmptyState(filepath.Join(c.Node(0).Home(), "config", "priv_validator_key.json"), "").Key.PrivKey
	commit.Signatures[0].Signature, err = key.Sign(commit.VoteSignBytes(c.ID(), 0))
	require.NoError(t, err)
	b.Signed.Header, err = signed.Header.Marshal()
	require.NoError(t, err)
	b.Signed.Commit, err = commit.ToProto().Marshal()
	require.NoError(t, err)
	out, err := b.Encode()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "second-story.json")
	require.NoError(t, os.WriteFile(path, out, 0o600))
	return path
}

// monitored looks once at one chain and returns what the monitor says.
func (d desk) monitored() (string, int) {
	d.t.Helper()
	config := d.file("monitor.yaml", fmt.Sprintf(`ends: [{chain_id: %s, rpc: ["tcp://127.0.0.1:1", "%s"]}]
every: 15s
client_fraction: 0.1
queue_length: 10
queue_age: 10m
relayer_silence: 15m
block_age: 2m
`, d.chain.ID(), d.chain.RPC()))
	return shugud(d.t, "monitor", "recognition", "--config", config, "--once", "--home", d.chain.Home())
}

func (d desk) overview(chain string) string {
	d.t.Helper()
	out, code := shugud(d.t, "query", "recognition", "overview", chain, "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Zero(d.t, code, out)
	return out
}

// recovers has a new client stand in for the first, as the runbooks say.
func (d desk) recovers(origin *testnet.Chain, substitute string, trusting time.Duration) {
	d.t.Helper()
	out := d.must("relayer", "recognition", "open-client", origin.RPC(), "--like", "07-tendermint-0", "--trusting-period", trusting.String())
	require.Contains(d.t, out, "client_id: "+substitute)
	out, code := shugud(d.t, "council", "check-client", substitute, origin.RPC(), "--home", d.chain.Home(), "--node", d.chain.RPC())
	require.Zero(d.t, code, out)
	words := d.decides(d.file("recover.yaml", "title: 恢复轻客户端\nreason: 已核对\nmessages:\n  - {type: recover-client, client: 07-tendermint-0, substitute: "+substitute+"}\n"))
	require.Contains(d.t, words, "go on with the trusted state of "+substitute)
}

// The runbooks of docs/operators/recognition.md with real chains: a second story freezes
// the client and puts what rests on it in doubt; mark, recovery, reaffirmation; then the
// client expires for want of updates, and is recovered; the agreement ends, and is made anew.
func TestRunbooksOfLightClients(t *testing.T) {
	cfg := harness.Config(t, 1, "hangzhou", "shanghai")
	cfg.Relayer, cfg.Root = "", filepath.Join(cfg.Root, "network")
	n := harness.Up(t, cfg)
	dir := t.TempDir()
	origin, there := n.Chain(hangzhou), desk{t, n.Chain(shanghai), dir}
	number := sold(t, n, dir)
	usable := func() (string, int) {
		return shugud(t, "query", "recognition", "voucher", number, "--home", there.chain.Home(), "--node", there.chain.RPC())
	}
	there.must("relayer", "recognition", "open-client", origin.RPC())
	there.agrees("07-tendermint-0", 24*time.Hour)
	told := bundles(t, origin, filepath.Join(dir, "told"), number)
	there.must("bank", "recognize", told)
	out, code := there.monitored()
	require.Zero(t, code, out)

	out, code = there.as("bank", "recognize", secondStory(t, origin, told, number))
	require.Equal(t, 5, code, out)
	require.Contains(t, out, "EVIDENCE OF MISBEHAVIOUR")
	require.Contains(t, out, "frozen now, and nothing was recognised")
	out, code = usable()
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "SUSPECT")
	out, code = there.monitored()
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "client-frozen")
	require.Contains(t, out, "client-in-doubt")
	require.Contains(t, there.overview(hangzhou), "FROZEN 已冻结")
	out, code = there.as("bank", "recognize", bundles(t, origin, filepath.Join(dir, "later"), number))
	require.Equal(t, 1, code, out)
	require.Contains(t, out, `see "A client is frozen"`)

	there.decides(there.file("doubt.yaml", "title: 存疑\nreason: 不止一次\nmessages:\n  - {type: doubt-client, client: 07-tendermint-0, above_height: 1, reason: 不止一次}\n"))
	require.Contains(t, there.overview(hangzhou), "above their height 对方高度 1 以上")
	const short = 40 * time.Second
	there.recovers(origin, "07-tendermint-1", short)
	recovered := time.Now()
	out, code = usable()
	require.Equal(t, 1, code, "the client lives, and what rested on it is in doubt: "+out)
	there.must("bank", "recognize", bundles(t, origin, filepath.Join(dir, "again"), number), "--reaffirm")
	out, code = usable()
	require.Zero(t, code, out)

	require.Eventually(t, func() bool {
		out, code = there.monitored()
		return code == 1 && strings.Contains(out, "client-expired")
	}, 3*short, time.Second, "the client must expire")
	t.Logf("expired %s after its recovery", time.Since(recovered))
	out, code = there.as("bank", "recognize", bundles(t, origin, filepath.Join(dir, "expired"), number))
	require.Equal(t, 1, code, out)
	require.Contains(t, out, `see "A client has expired"`)
	there.recovers(origin, "07-tendermint-2", 14*24*time.Hour)
	there.must("bank", "recognize", bundles(t, origin, filepath.Join(dir, "alive"), number))
	out, code = usable()
	require.Zero(t, code, out)
	out, code = there.monitored()
	require.Zero(t, code, out)
	there.ends(bundles(t, origin, filepath.Join(dir, "ended"), number), usable)
}

// ends has the council end the agreement and make it anew.
func (d desk) ends(bundles string, usable func() (string, int)) {
	d.t.Helper()
	d.decides(d.file("end.yaml", "title: 终止协议\nreason: 演练\nmessages:\n  - {type: end-agreement, chain_id: "+hangzhou+", reason: 演练}\n"))
	out, code := usable()
	require.Equal(d.t, 1, code, out)
	require.Contains(d.t, out, "NO_AGREEMENT")
	out, code = d.as("bank", "recognize", bundles)
	require.Equal(d.t, 1, code, out)
	require.Contains(d.t, out, "the council ended it")
	require.Contains(d.t, d.overview(hangzhou), "ENDED 已终止")
	d.agrees("07-tendermint-0", 24*time.Hour)
	out, code = usable()
	require.Zero(d.t, code, "what was recognised stayed: "+out)
}
