// Package harness starts real networks for the system tests, from the programs
// that `make build rly` puts into build/bin.
package harness

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/appgenesis"
)

// Repository returns the folder of the checkout.
func Repository(tb testing.TB) string {
	tb.Helper()
	folder, err := os.Getwd()
	require.NoError(tb, err)
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
	}
	tb.Fatal("no go.mod above the working folder")
	return ""
}

// Binary returns a program of build/bin.
func Binary(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(Repository(tb), "build", "bin", name)
	if _, err := os.Stat(path); err != nil {
		tb.Fatalf("%v: run make build rly first", err)
	}
	return path
}

// Folder returns an empty folder of the test's own below build/system, which
// stays for whoever wants to read the logs.
func Folder(tb testing.TB) string {
	tb.Helper()
	folder := filepath.Join(Repository(tb), "build", "system", strings.ReplaceAll(tb.Name(), "/", "_"))
	require.NoError(tb, os.MkdirAll(folder, 0o755))
	return folder
}

// Config is a network of the standard chains of cities with a relayer.
func Config(tb testing.TB, validators int, cities ...string) testnet.Config {
	tb.Helper()
	cfg := testnet.Config{
		Root: Folder(tb), Binary: Binary(tb, "shugud"), Genesis: appgenesis.Build, Logf: tb.Logf,
	}
	if len(cities) > 1 {
		cfg.Relayer = Binary(tb, "rly")
	}
	for _, city := range cities {
		spec, err := testnet.Standard(city, validators)
		require.NoError(tb, err)
		cfg.Chains = append(cfg.Chains, spec)
	}
	return cfg
}

// Up brings a network up, linked and with the relayer running when it has one,
// and takes it down when the test ends.
func Up(tb testing.TB, cfg testnet.Config) *testnet.Network {
	tb.Helper()
	n, err := testnet.New(cfg)
	require.NoError(tb, err)
	ctx := tb.Context()
	// The test's context has ended when clean-up runs; then nodes are on their way down already.
	tb.Cleanup(func() {
		require.NoError(tb, n.Down(ctx))
		booksHold(tb, n)
	})
	require.NoError(tb, n.Up(ctx))
	if n.HasRelayer() {
		_, err := n.Link(ctx)
		require.NoError(tb, err)
		require.NoError(tb, n.StartRelayer(ctx))
	}
	return n
}

// booksHold makes sure that no node's recount found an invariant broken.
func booksHold(tb testing.TB, n *testnet.Network) {
	tb.Helper()
	for _, chain := range n.Chains() {
		for _, node := range chain.Nodes() {
			text, err := os.ReadFile(node.Log())
			require.NoError(tb, err)
			require.NotContains(tb, string(text), "INVARIANT BROKEN", node.Log())
		}
	}
}
