//go:build system

package system_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/story"
	"github.com/shugu-network/shugu/tests/system/harness"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// joined is two linked chains of one validator each, with a voucher of the first that the
// second recognised by packet.
type joined struct {
	t       *testing.T
	n       *testnet.Network
	summary story.Summary
	// here is where the voucher was issued, there the other chain.
	here, there desk
	// config of the monitor that follows both.
	config string
}

// patience of the monitor with what waits.
const patience = 5 * time.Second

func newJoined(t *testing.T) *joined {
	cfg := harness.Config(t, 1, "hangzhou", "shanghai")
	cfg.Root = filepath.Join(cfg.Root, "network")
	n := harness.Up(t, cfg)
	data, err := story.DefaultData(t.Context())
	require.NoError(t, err)
	dir := t.TempDir()
	summary, err := story.Run(t.Context(), story.Config{
		Network: n, Binary: harness.Binary(t, "shugud"), Origin: hangzhou, Destination: shanghai,
		Data: data, Dir: dir, Say: t.Logf, Steps: story.Until("recognition"),
	})
	require.NoError(t, err)
	j := &joined{t: t, n: n, summary: summary, here: desk{t, n.Chain(hangzhou), dir}, there: desk{t, n.Chain(shanghai), dir}}
	j.config = j.here.file("monitor.yaml", fmt.Sprintf(`ends:
  - {chain_id: %s, rpc: ["%s"]}
  - {chain_id: %s, rpc: ["%s"]}
every: 1s
client_fraction: 0.1
queue_length: 10
queue_age: %s
relayer_silence: %s
block_age: 2m
`, hangzhou, j.here.chain.RPC(), shanghai, j.there.chain.RPC(), patience, patience))
	return j
}

// runbook finds a command that docs/operators/recognition.md prints, by how it begins.
func (j *joined) runbook(beginning string) []string {
	j.t.Helper()
	raw, err := os.ReadFile(filepath.Join(harness.Repository(j.t), "docs", "operators", "recognition.md"))
	require.NoError(j.t, err)
	command := regexp.MustCompile("(?m)^" + regexp.QuoteMeta(beginning) + ".*$").FindString(string(raw))
	require.NotEmpty(j.t, command, "the runbook has no command %q", beginning)
	command, _, _ = strings.Cut(command, "  #")
	return strings.Fields(command)
}

// relayer runs a command of the relayer that the runbook prints, on the link's path.
func (j *joined) relayer(beginning string, replace ...string) {
	j.t.Helper()
	words := strings.NewReplacer(append(replace, "PATH", j.n.Links()[0].Path)...)
	var args []string
	for _, word := range j.runbook(beginning)[1:] {
		args = append(args, words.Replace(word))
	}
	out, err := exec.CommandContext(j.t.Context(), harness.Binary(j.t, "rly"), append(args, "--home", j.n.RelayerHome())...).CombinedOutput()
	require.NoError(j.t, err, "rly %s\n%s", strings.Join(args, " "), out)
}

// reverses takes fen of the voucher's first line back by consent.
func (j *joined) reverses(amount string) {
	j.t.Helper()
	number := j.summary.Origin.Voucher
	file := j.here.file("reversal.yaml", "voucher: "+number+"\nlines:\n  - line: 1\n    amount: "+amount+"\nreason: 质量问题，协商退还部分价款\n")
	j.here.must("buyer", "voucher", "reverse", "-f", file)
	j.here.must("seller", "voucher", "confirm", number, "-f", file)
}

// heard is what the other chain keeps of the voucher's status.
type heard struct {
	version             uint64
	channel             string
	asOf, height, value string
}

func (j *joined) heard() heard {
	j.t.Helper()
	out, code := shugud(j.t, "query", "recognition", "foreign-status", hangzhou, j.summary.Origin.Voucher,
		"--home", j.there.chain.Home(), "--node", j.there.chain.RPC(), "-o", "json")
	if code != 0 {
		require.Contains(j.t, out, "not found")
		return heard{}
	}
	var answer struct {
		Status struct {
			Value    string `json:"value"`
			Evidence struct {
				Channel string `json:"channel_id"`
				AsOf    string `json:"as_of_height"`
				Height  string `json:"height"`
			} `json:"evidence"`
		} `json:"status"`
	}
	require.NoError(j.t, json.Unmarshal([]byte(out), &answer), out)
	raw, err := base64.StdEncoding.DecodeString(answer.Status.Value)
	require.NoError(j.t, err)
	status, err := voucher.DecodeStatus(raw)
	require.NoError(j.t, err)
	e := answer.Status.Evidence
	return heard{status.Version, e.Channel, e.AsOf, e.Height, answer.Status.Value}
}

// monitored looks once at both chains.
func (j *joined) monitored() (string, int) {
	j.t.Helper()
	return shugud(j.t, "monitor", "recognition", "--config", j.config, "--once", "--home", j.here.chain.Home())
}

// warns waits until the monitor says something, with exit code 1.
func (j *joined) warns(line string) {
	j.t.Helper()
	var out string
	var code int
	defer func() { j.t.Logf("expected %q; the monitor, with exit code %d:\n%s", line, code, out) }()
	require.Eventually(j.t, func() bool {
		out, code = j.monitored()
		return code == 1 && strings.Contains(out, line)
	}, 2*time.Minute, time.Second, "the monitor must warn")
}

// well waits until nothing is to be looked after, on either chain.
func (j *joined) well() {
	j.t.Helper()
	var out string
	var code int
	defer func() { j.t.Logf("the monitor, with exit code %d:\n%s", code, out) }()
	require.Eventually(j.t, func() bool {
		out, code = j.monitored()
		return code == 0
	}, 2*time.Minute, time.Second, "all must be well again")
	require.Contains(j.t, out, "nothing to look after")
}

// scraped asserts that a running monitor serves every series that alerts.yaml asks for.
func (j *joined) scraped() {
	j.t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(j.t, err)
	address := free.Addr().String()
	require.NoError(j.t, free.Close())
	ctx, stop := context.WithCancel(j.t.Context())
	monitor := exec.CommandContext(ctx, harness.Binary(j.t, "shugud"), "monitor", "recognition", "--config", j.config, "--metrics", address, "--home", j.here.chain.Home())
	require.NoError(j.t, monitor.Start())
	defer func() {
		stop()
		_ = monitor.Wait() // it was told to end
	}()
	var metrics string
	require.Eventually(j.t, func() bool {
		res, err := http.Get("http://" + address + "/metrics")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		metrics = string(body)
		return err == nil && res.StatusCode == http.StatusOK && strings.Contains(metrics, `shugu_recognition_warning{`)
	}, time.Minute, 200*time.Millisecond)
	alerts, err := os.ReadFile(filepath.Join(harness.Repository(j.t), "docs", "operators", "alerts.yaml"))
	require.NoError(j.t, err)
	series := regexp.MustCompile(`shugu_recognition_[a-z_]+`).FindAllString(string(alerts), -1)
	require.NotEmpty(j.t, series)
	for _, name := range series {
		for _, chain := range []string{hangzhou, shanghai} {
			if name == "shugu_recognition_warning" {
				chain = hangzhou // the only one that has something to warn of
			}
			require.Regexp(j.t, `(?m)^`+name+`\{[^}]*chain="`+chain+`"[^}]*\} `, metrics)
		}
	}
	age := regexp.MustCompile(`(?m)^shugu_recognition_pending_oldest_seconds\{chain="` + hangzhou + `".*\} (\S+)$`).FindStringSubmatch(metrics)
	require.Len(j.t, age, 2)
	seconds, err := strconv.ParseFloat(age[1], 64)
	require.NoError(j.t, err)
	require.GreaterOrEqual(j.t, seconds, patience.Seconds(), "what the warning is of")
}

// The runbooks "A relayer is lost" and "A channel is closed" of docs/operators/recognition.md
// with real chains and the real relayer, and the monitor over both ends.
func TestRunbooksOfRelayerAndChannel(t *testing.T) {
	j := newJoined(t)
	acknowledged(t, j.n)
	j.well()
	j.relayerIsLost()
	j.channelIsClosed()
}

// relayerIsLost has a bundle carried by hand while the relayer is away; it comes back to
// find done what it carries.
func (j *joined) relayerIsLost() {
	t, number := j.t, j.summary.Origin.Voucher
	require.NoError(t, j.n.KillRelayer())
	j.reverses("200.00cny")
	require.NoError(t, j.here.chain.WaitBlocks(t.Context(), 2))
	require.Equal(t, "PENDING", outbox(t, j.here.chain)["STATUS"])
	j.warns(hangzhou + " → " + shanghai + " relayer-silent: status 状态 " + number)
	j.scraped()
	require.Zero(t, j.heard(), "nobody has told the other chain")

	folder := bundles(t, j.here.chain, filepath.Join(t.TempDir(), "bundles"), number)
	j.there.must("bank", "recognize", folder, "--status-only")
	byHand := j.heard()
	require.EqualValues(t, 1, byHand.version)
	require.Empty(t, byHand.channel, "it stands on a proof")
	require.Equal(t, []string{"CAVEAT_PARTLY_REVERSED"}, caveats(t, j.there.chain, number))
	j.warns("relayer-silent")
	j.updatesByHand()

	require.NoError(t, j.n.StartRelayer(t.Context()))
	require.Eventually(t, func() bool { return outbox(t, j.here.chain)["STATUS"] == "RECOGNISED" }, 2*time.Minute, time.Second)
	require.Equal(t, byHand, j.heard(), "the packet says what is known already")
	recognisedOnce(t, j.n, j.summary)
	j.well()
}

// updatesByHand has a member keep the light client alive of a chain that has no voucher to prove.
func (j *joined) updatesByHand() {
	j.t.Helper()
	height := regexp.MustCompile(`at their height 对方高度 (\d+)`)
	before := height.FindStringSubmatch(j.here.overview(shanghai))
	out := j.here.must("bank", "recognition", "update-client", j.there.chain.RPC())
	require.Contains(j.t, out, "Update our light client of "+shanghai)
	require.Contains(j.t, out, "轻客户端 07-tendermint-0: height 高度 "+before[1]+" → ")
	after := height.FindStringSubmatch(j.here.overview(shanghai))
	require.NotEqual(j.t, before, after)
	out, code := j.here.as("bank", "recognition", "update-client", j.here.chain.RPC())
	require.Equal(j.t, 1, code, out)
	require.Contains(j.t, out, "so is the node")
}

// channelIsClosed loses the channel with a reversal on its way. The councils name another
// one after each other; until the second has, what is sent returns to the queue.
func (j *joined) channelIsClosed() {
	t, number := j.t, j.summary.Origin.Voucher
	before, link := j.heard(), j.n.Links()[0]
	require.NoError(t, j.n.StopRelayer())
	j.reverses("100.00cny")
	require.NoError(t, j.here.chain.WaitBlocks(t.Context(), 2))
	require.Equal(t, "PENDING", outbox(t, j.here.chain)["STATUS"], "sent over the lost channel")

	j.relayer("rly transact channel PATH")
	newHere, newThere := j.opened(j.here, link.ConnectionA, link.ChannelA), j.opened(j.there, link.ConnectionB, link.ChannelB)
	// A chain of ours never closes a channel: here it is lost because nobody carries for it.
	j.relayer("rly paths update PATH", "CHANNEL", newHere)
	require.NoError(t, j.n.StartRelayer(t.Context()))

	j.revises(j.here, shanghai, newHere)
	j.warns(hangzhou + " → " + shanghai + " queue-old")
	require.Equal(t, before, j.heard())
	out, _ := j.monitored()
	require.Contains(t, out, "terms-differ")

	j.revises(j.there, hangzhou, newThere)
	require.Eventually(t, func() bool { return outbox(t, j.here.chain)["STATUS"] == "RECOGNISED" }, 2*time.Minute, time.Second)
	now := j.heard()
	require.EqualValues(t, 2, now.version)
	require.Equal(t, newThere, now.channel, "it came over the new channel")
	require.Equal(t, []string{"CAVEAT_PARTLY_REVERSED"}, caveats(t, j.there.chain, number))
	recognisedOnce(t, j.n, j.summary)
	j.well()
	t.Log("\n" + j.here.overview(shanghai))
}

// opened is the channel of a connection that is not the old one, by the runbook's query.
func (j *joined) opened(d desk, connection, old string) string {
	j.t.Helper()
	args := append(j.runbook("shugud query ibc channel connections")[1:], "--home", d.chain.Home(), "--node", d.chain.RPC(), "-o", "json")
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "CONNECTION", connection)
	}
	out, code := shugud(j.t, args...)
	require.Zero(j.t, code, out)
	var answer struct {
		Channels []struct {
			ID    string `json:"channel_id"`
			State string `json:"state"`
		} `json:"channels"`
	}
	require.NoError(j.t, json.Unmarshal([]byte(out), &answer), out)
	var found []string
	for _, c := range answer.Channels {
		if c.ID != old {
			require.Equal(j.t, "STATE_OPEN", c.State)
			found = append(found, c.ID)
		}
	}
	require.Len(j.t, found, 1, out)
	return found[0]
}

// revises has a council name another channel in the example's agreement, whose other terms
// are the old ones.
func (j *joined) revises(d desk, chain, channel string) {
	j.t.Helper()
	args := append(j.runbook("shugud query recognition agreement CHAIN")[1:4], chain, "--home", d.chain.Home(), "--node", d.chain.RPC())
	out, code := shugud(j.t, args...)
	require.Zero(j.t, code, out)
	require.Contains(j.t, out, "way 通道: channel-0")
	example, code := shugud(j.t, "example", "agreement")
	require.Zero(j.t, code, example)
	text := strings.NewReplacer("chain_id: shugu-shanghai-1", "chain_id: "+chain, "channel_id: channel-0", "channel_id: "+channel).Replace(example)
	require.Contains(j.t, text, "channel_id: "+channel)
	d.decides(d.file("agreement.yaml", text))
}
