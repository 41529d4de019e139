package testnet

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fakeMode says in the environment how the fake programs are to misbehave.
const fakeMode = "TESTNET_FAKE_MODE"

// TestMain lets the test binary play the node and the relayer that the tests
// start.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 {
		switch os.Args[1] {
		case "start":
			if os.Args[2] == "--home" {
				fakeNode(os.Args[3])
			} else {
				fakeRelayer()
			}
			return
		case "transact":
			fakeLink(os.Args[3])
			return
		case "query":
			fmt.Printf(`{"state":"STATE_OPEN","port_id":"transfer","channel_id":"channel-6","counterparty":{"channel_id":"channel-8"}}` + "\n" +
				`{"state":"STATE_OPEN","port_id":"recognition","channel_id":"channel-7","counterparty":{"channel_id":"channel-9"}}` + "\n")
			return
		}
	}
	os.Exit(m.Run())
}

var loopback = regexp.MustCompile(`(?m)^laddr = "tcp://(127\.0\.0\.1:\d+)"`)

// fakeNode listens where its config.toml says, as a node does, and tells a
// height that grows by one every 10 ms.
func fakeNode(home string) {
	chain, name := filepath.Base(filepath.Dir(home)), filepath.Base(home)
	fmt.Println("fake node of", chain)
	config, err := os.ReadFile(filepath.Join(home, "config", "config.toml"))
	if err != nil {
		panic(err)
	}
	addresses := loopback.FindAllSubmatch(config, 2)
	switch mode := os.Getenv(fakeMode); mode {
	case "crash " + name:
		fmt.Println("panic: no genesis")
		os.Exit(2)
	case "deaf " + name:
		select {}
	}
	peers, err := net.Listen("tcp", string(addresses[1][1]))
	if err != nil {
		panic(err)
	}
	defer peers.Close()
	begin := time.Now()
	http.HandleFunc("/status", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"result":{"node_info":{"network":%q},"sync_info":{"latest_block_height":"%d"}}}`,
			chain, time.Since(begin)/(10*time.Millisecond))
	})
	http.HandleFunc("/crash", func(http.ResponseWriter, *http.Request) {
		fmt.Println("panic: app hash differs")
		os.Exit(2)
	})
	go func() { panic(http.ListenAndServe(string(addresses[0][1]), nil)) }()
	awaitTerm()
}

func fakeRelayer() {
	for range 2 * (len(os.Args) - 7) / 2 {
		fmt.Println("info Chain is in sync")
		fmt.Println("info Chain is in sync")
	}
	awaitTerm()
}

// fakeLink does to config.yaml what `rly transact link` does.
func fakeLink(path string) {
	if os.Getenv(fakeMode) == "no link" {
		fmt.Println("error: channel handshake refused")
		os.Exit(1)
	}
	home := os.Args[len(os.Args)-3]
	file := filepath.Join(home, "config", "config.yaml")
	b, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	for _, end := range []string{"src", "dst"} {
		b = regexp.MustCompile(`("`+end+`": \{\n\s+"chain-id": "[^"]*")`).
			ReplaceAll(b, []byte(`$1, "client-id": "07-tendermint-`+end+`", "connection-id": "connection-`+end+`"`))
	}
	if !json.Valid(b) || !strings.Contains(string(b), path) {
		panic("config.yaml is not what it was")
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		panic(err)
	}
}

func awaitTerm() {
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	<-term
}

// testConfig is a network of fake programs: two chains, a relayer.
func testConfig(t *testing.T, validators int) Config {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cfg := Config{
		Root: filepath.Join(t.TempDir(), "net"), Binary: self, Relayer: self, Logf: t.Logf,
		StartTimeout: 30 * time.Second,
		Genesis: func(in GenesisInput) ([]byte, error) {
			return json.Marshal(in)
		},
	}
	for _, name := range []string{"hangzhou", "shanghai"} {
		spec, err := Standard(name, validators)
		require.NoError(t, err)
		cfg.Chains = append(cfg.Chains, spec)
	}
	return cfg
}

// up brings a network up and takes it down when the test ends.
func up(t *testing.T, cfg Config) *Network {
	t.Helper()
	n, err := New(cfg)
	require.NoError(t, err)
	require.NoError(t, n.Up(t.Context()))
	t.Cleanup(func() { down(t, n) })
	return n
}

// down takes a network down and makes sure that no process of it is left.
func down(t *testing.T, n *Network) {
	t.Helper()
	pids := pidsOf(n)
	require.NoError(t, n.Down(t.Context()))
	for _, pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "process %d survived", pid)
	}
}

// pidsOf lists the processes that the network knows of.
func pidsOf(n *Network) []int {
	var pids []int
	for _, node := range n.nodes() {
		if p := node.process(); p != nil {
			pids = append(pids, p.PID)
		}
	}
	if n.relayer != nil {
		pids = append(pids, n.relayer.PID)
	}
	return pids
}
