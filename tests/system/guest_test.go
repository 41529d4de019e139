//go:build system

package system_test

import (
	"fmt"
	"net"
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

// place is where the guest runs and how nodes reach each other.
type place struct {
	// hosts is the validators' address for the guest, and guest the guest's for them.
	hosts, guest string
	// enter goes before a command that runs where the guest runs.
	enter []string
}

// newPlace makes a network namespace for the guest, joined to this one by a pair of virtual
// interfaces, or says that the machine does not allow it and takes the loopback interface.
func newPlace(t *testing.T) place {
	t.Helper()
	name := fmt.Sprintf("shugu-%d", os.Getpid())
	ours, theirs := fmt.Sprintf("sg%da", os.Getpid()%100_000), fmt.Sprintf("sg%db", os.Getpid()%100_000)
	subnet := fmt.Sprintf("10.%d.%d", 64+os.Getpid()%128, os.Getpid()/128%256)
	ip := func(args ...string) error {
		out, err := exec.CommandContext(t.Context(), "ip", args...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, out)
		}
		return nil
	}
	t.Cleanup(func() { _ = exec.Command("ip", "netns", "del", name).Run() }) // the interfaces go with it
	for _, args := range [][]string{
		{"netns", "add", name},
		{"link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name},
		{"addr", "add", subnet + ".1/24", "dev", ours},
		{"link", "set", ours, "up"},
		{"-n", name, "addr", "add", subnet + ".2/24", "dev", theirs},
		{"-n", name, "link", "set", theirs, "up"},
		{"-n", name, "link", "set", "lo", "up"},
	} {
		if err := ip(args...); err != nil {
			t.Logf("no network namespace, so the guest runs on the loopback interface: %v", err)
			return place{hosts: "127.0.0.1", guest: "127.0.0.1"}
		}
	}
	t.Logf("the guest runs in network namespace %s, at %s.2", name, subnet)
	return place{hosts: subnet + ".1", guest: subnet + ".2", enter: []string{"ip", "netns", "exec", name}}
}

// guest is a full node that is not of the genesis.
type guest struct {
	id      string
	address string // id@host:port
	log     string
	rpc     *rpchttp.HTTP
}

// listen makes a stopped node's peers reach it at the place's address, dial more peers and
// starts it again.
func (p place) listen(t *testing.T, node *testnet.Node, peers ...string) {
	t.Helper()
	file := filepath.Join(node.Home(), "config", "config.toml")
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	port := node.Ports().P2P
	text := strings.ReplaceAll(string(raw), fmt.Sprintf("tcp://127.0.0.1:%d", port), fmt.Sprintf("tcp://0.0.0.0:%d", port))
	const setting = `persistent_peers = "`
	require.Contains(t, text, setting)
	for _, peer := range peers {
		text = strings.Replace(text, setting, setting+peer+",", 1)
	}
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	require.NoError(t, node.Start(t.Context()))
}

// newGuest makes the guest's home.
func (p place) newGuest(t *testing.T, c *testnet.Chain) (home string, g guest) {
	t.Helper()
	return p.newNode(t, c, "guest")
}

// newNode makes the home of a node that is not of the genesis.
func (p place) newNode(t *testing.T, c *testnet.Chain, moniker string) (home string, g guest) {
	t.Helper()
	home = filepath.Join(harness.Folder(t), moniker)
	require.NoError(t, os.RemoveAll(home))
	out, code := shugud(t, "init", moniker, "--chain-id", c.ID(), "--home", home)
	require.Zero(t, code, out)
	genesis, err := os.ReadFile(filepath.Join(c.Home(), "genesis.json"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(home, "config", "genesis.json"), genesis, 0o600))
	file := filepath.Join(home, "config", "config.toml")
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	text := strings.NewReplacer("allow_duplicate_ip = false", "allow_duplicate_ip = true", "addr_book_strict = true", "addr_book_strict = false",
		`timeout_commit = "1s"`, timeoutCommit(t, c.Node(0))).Replace(string(raw))
	require.Contains(t, text, "filter_peers = true", "the network is private from the first start on")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))

	id, code := shugud(t, "comet", "show-node-id", "--home", home)
	require.Zero(t, code, id)
	ports, err := proc.FreePorts(2)
	require.NoError(t, err)
	g.id = strings.TrimSpace(id)
	g.address = fmt.Sprintf("%s@%s", g.id, net.JoinHostPort(p.guest, fmt.Sprint(ports[0])))
	g.log = filepath.Join(home, "node.log")
	g.rpc, err = rpchttp.New(fmt.Sprintf("tcp://%s:%d", p.guest, ports[1]), "/websocket")
	require.NoError(t, err)
	return home, g
}

// timeoutCommit is a node's line for the block time, so that others do not slow the chain down.
func timeoutCommit(t *testing.T, node *testnet.Node) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(node.Home(), "config", "config.toml"))
	require.NoError(t, err)
	return regexp.MustCompile(`timeout_commit = "[^"]*"`).FindString(string(raw))
}

// start starts the guest, with the validators as persistent peers.
func (p place) start(t *testing.T, home string, g guest, c *testnet.Chain) *proc.Process {
	t.Helper()
	var hosts []string
	for _, node := range c.Nodes() {
		hosts = append(hosts, fmt.Sprintf("%s@%s:%d", node.ID(), p.hosts, node.Ports().P2P))
	}
	_, listen, _ := strings.Cut(g.address, "@")
	args := append(p.enter[:len(p.enter):len(p.enter)], harness.Binary(t, "shugud"), "start", "--home", home, "--log_no_color",
		"--p2p.laddr", "tcp://"+listen, "--p2p.persistent_peers", strings.Join(hosts, ","), "--rpc.laddr", g.rpc.Remote(),
		"--rpc.pprof_laddr", "", "--grpc.enable=false", "--api.enable=false")
	path, err := exec.LookPath(args[0])
	require.NoError(t, err)
	process, err := proc.Start(t.Context(), proc.Spec{Name: filepath.Base(home), Path: path, Args: args[1:], Log: g.log})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, process.Stop(proc.Grace)) })
	return process
}

// says waits until a log holds every one of some texts in one line.
func says(t *testing.T, log string, texts ...string) {
	t.Helper()
	require.Eventually(t, func() bool {
		raw, err := os.ReadFile(log)
		require.NoError(t, err)
		for line := range strings.Lines(string(raw)) {
			found := true
			for _, text := range texts {
				found = found && strings.Contains(line, text)
			}
			if found {
				return true
			}
		}
		return false
	}, 2*time.Minute, 100*time.Millisecond, "%s must say %q", log, texts)
}
