//go:build system

package system_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/proc"
	"github.com/shugu-network/shugu/tests/system/harness"
)

// party is an exchange at a genesis ceremony, on a machine of its own.
type party struct {
	t               *testing.T
	home, documents string
	p2p, rpc        int
}

// run runs a command on the party's machine and returns its standard output.
func (p party) run(args ...string) string {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), harness.Binary(p.t, "shugud"), append(args, "--home", p.home)...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(p.t, err, stderr.String())
	return string(out)
}

// write puts a file into the party's folder of documents and returns its path.
func (p party) write(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.documents, name)
	require.NoError(p.t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// propose makes the party's keys and its seat proposal.
func (p party) propose(i int) string {
	require.NoError(p.t, os.RemoveAll(p.home))
	moniker := fmt.Sprintf("exchange-%d", i+1)
	p.run("init", moniker, "--chain-id", hangzhou)
	p.run("keys", "add", "exchange", "--keyring-backend", "test", "--output", "json")
	input := p.write("application.yaml", fmt.Sprintf(`name: 数据交易所%d
credit_code: %s
region: "3301"
roles: [exchange]
documents_digest: "%064d"
admitting_member: 0
valid_days: 30
`, i+1, testnet.CreditCode("330100", i+1), i+1))
	signs := []string{"--from", "exchange", "--keyring-backend", "test"}
	application := p.write("application.txt", p.run(append([]string{"member", "apply", "-f", input, "--chain-id", hangzhou}, signs...)...))
	return p.run(append([]string{
		"genesis", "propose-seat", "--application", application, "--moniker", moniker, "--address", fmt.Sprintf("127.0.0.1:%d", p.p2p),
	}, signs...)...)
}

var peerLine = regexp.MustCompile(`[0-9a-f]{40}@127\.0\.0\.1:\d+`)

// Three exchanges with folders of their own make one genesis from each other's documents, compare the hash, and start.
// Who has got another genesis is told so before it starts.
func TestGenesisCeremony(t *testing.T) {
	const exchanges = 3
	ports, err := proc.FreePorts(2 * exchanges)
	require.NoError(t, err)
	var parties []party
	var proposals []string
	for i := range exchanges {
		p := party{t, filepath.Join(harness.Folder(t), fmt.Sprintf("home-%d", i)), t.TempDir(), ports[2*i], ports[2*i+1]}
		parties = append(parties, p)
		proposals = append(proposals, p.propose(i))
	}
	plan := fmt.Sprintf("chain_id: %s\ngenesis_time: %s\ncommittee: []\njoint_meeting: []\n", hangzhou, time.Now().UTC().Truncate(time.Second).Format(time.RFC3339))
	hash := ""
	var peers []string
	for i, p := range parties {
		for j := range proposals { // in another order on each machine
			p.write(fmt.Sprintf("%d.json", (i+j)%exchanges), proposals[j])
		}
		agreed, genesis := p.write("plan.yaml", plan), filepath.Join(t.TempDir(), "genesis.json")
		told := p.run("genesis", "collect", "-f", agreed, p.documents, "-O", genesis)
		lines := strings.Split(strings.TrimSpace(told), "\n")
		mine := strings.TrimSpace(lines[len(lines)-1])
		if hash == "" {
			hash, peers = mine, peerLine.FindAllString(told, -1)
		}
		require.Equal(t, hash, mine, "everybody makes the same bytes")
		require.Len(t, peers, exchanges)
		require.Equal(t, told, p.run("genesis", "check", genesis, p.documents, "-f", agreed, "--hash", hash))

		raw, err := os.ReadFile(genesis)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(p.home, "config", "genesis.json"), raw, 0o600))
		wrong := p.write("wrong.txt", strings.Replace(string(raw), `"1"`, `"2"`, 1))
		out, code := shugud(t, "genesis", "check", wrong, "--hash", hash)
		require.Equal(t, 1, code, out)
		require.Contains(t, out, "do not start with it")
	}
	for _, p := range parties {
		p.start(peers)
	}
	for _, p := range parties {
		node, err := rpchttp.New(fmt.Sprintf("tcp://127.0.0.1:%d", p.rpc), "/websocket")
		require.NoError(t, err)
		require.Eventually(t, func() bool {
			status, err := node.Status(t.Context())
			return err == nil && status.SyncInfo.LatestBlockHeight >= 3
		}, 2*time.Minute, 200*time.Millisecond, "log: %s", filepath.Join(p.home, "node.log"))
	}
}

// start starts the party's validator.
func (p party) start(peers []string) {
	p.t.Helper()
	file := filepath.Join(p.home, "config", "config.toml")
	raw, err := os.ReadFile(file)
	require.NoError(p.t, err)
	text := strings.NewReplacer("allow_duplicate_ip = false", "allow_duplicate_ip = true", "addr_book_strict = true", "addr_book_strict = false").Replace(string(raw))
	require.NoError(p.t, os.WriteFile(file, []byte(text), 0o600))
	process, err := proc.Start(p.t.Context(), proc.Spec{
		Name: filepath.Base(p.home), Path: harness.Binary(p.t, "shugud"), Log: filepath.Join(p.home, "node.log"),
		Args: []string{
			"start", "--home", p.home, "--log_no_color", "--p2p.laddr", fmt.Sprintf("tcp://127.0.0.1:%d", p.p2p), "--p2p.persistent_peers", strings.Join(peers, ","),
			"--rpc.laddr", fmt.Sprintf("tcp://127.0.0.1:%d", p.rpc), "--rpc.pprof_laddr", "", "--grpc.enable=false", "--api.enable=false",
		},
	})
	require.NoError(p.t, err)
	p.t.Cleanup(func() { require.NoError(p.t, process.Stop(proc.Grace)) })
}
