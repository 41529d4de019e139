package testnet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"

	"github.com/shugu-network/shugu/invariants"
)

// nodeFiles is what a node's home is written from.
type nodeFiles struct {
	home      string
	moniker   string
	ports     Ports
	peers     []string // "id@127.0.0.1:port"
	blockTime time.Duration
	genesis   []byte
}

// write writes config.toml, app.toml and genesis.json.
func (f nodeFiles) write() error {
	config := filepath.Join(f.home, "config")
	if err := os.MkdirAll(config, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(config, "genesis.json"), f.genesis, 0o600); err != nil {
		return err
	}
	return guard(func() {
		cmtconfig.WriteConfigFile(filepath.Join(config, "config.toml"), f.comet())
		serverconfig.SetConfigTemplate(serverconfig.DefaultConfigTemplate + invariants.ConfigTemplate)
		serverconfig.WriteConfigFile(filepath.Join(config, "app.toml"), f.server())
	})
}

// comet is the node's config.toml: everything on the loopback interface, where
// peers share one address.
func (f nodeFiles) comet() *cmtconfig.Config {
	cfg := cmtconfig.DefaultConfig()
	cfg.Moniker = f.moniker
	cfg.RPC.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", f.ports.RPC)
	cfg.RPC.PprofListenAddress = fmt.Sprintf("127.0.0.1:%d", f.ports.PProf)
	cfg.P2P.ListenAddress = fmt.Sprintf("tcp://127.0.0.1:%d", f.ports.P2P)
	cfg.P2P.PersistentPeers = strings.Join(f.peers, ",")
	cfg.P2P.AllowDuplicateIP = true
	cfg.P2P.AddrBookStrict = false
	cfg.P2P.PexReactor = false
	cfg.P2P.FlushThrottleTimeout = 10 * time.Millisecond
	cfg.FilterPeers = true
	cfg.Consensus.TimeoutCommit = f.blockTime
	// The default of 100 ms costs four local validators a fifth of their speed.
	cfg.Consensus.PeerGossipSleepDuration = 10 * time.Millisecond
	// Above 0 a chain whose nodes all stopped at one height could not go on:
	// each finds its own signature in the last commits (SECURITY-RULES 19).
	cfg.Consensus.DoubleSignCheckHeight = 0
	// The relayer searches transactions and blocks.
	cfg.TxIndex.Indexer = "kv"
	return cfg
}

// appConfig is a node's app.toml.
type appConfig struct {
	serverconfig.Config
	Invariants invariants.Config
}

// recountEvery is how many blocks a local chain's state goes without a recount: it is small.
const recountEvery = 25

// snapshotEvery is how many blocks lie between two snapshots, from which new nodes start.
const snapshotEvery = 50

// server is the node's app.toml.
func (f nodeFiles) server() appConfig {
	cfg := appConfig{Config: *serverconfig.DefaultConfig(), Invariants: invariants.Config{Every: recountEvery}}
	cfg.MinGasPrices = "0fen"
	cfg.QueryGasLimit = 50_000_000
	cfg.IAVLCacheSize = 100_000
	cfg.API.Enable = false
	cfg.GRPC.Enable = true
	cfg.GRPC.Address = fmt.Sprintf("127.0.0.1:%d", f.ports.GRPC)
	cfg.GRPCWeb.Enable = false
	cfg.StateSync.SnapshotInterval = snapshotEvery
	return cfg
}

// writeClientConfig makes folder the home of a command line that speaks to a
// node of the chain with the keys of its test keyring.
func writeClientConfig(folder, chainID string, rpc int) error {
	config := filepath.Join(folder, "config")
	if err := os.MkdirAll(config, 0o755); err != nil {
		return err
	}
	text := fmt.Sprintf(`# Written by the local network for: shugud --home <this folder>
chain-id = %q
keyring-backend = "test"
keyring-default-keyname = ""
output = "text"
node = "tcp://127.0.0.1:%d"
broadcast-mode = "sync"
`, chainID, rpc)
	return os.WriteFile(filepath.Join(config, "client.toml"), []byte(text), 0o600)
}

// makeNodeKeys writes the node key and the validator's key and returns the
// node's id and the validator's public key, 32 bytes.
func makeNodeKeys(home, seed, chainID, node string) (p2p.ID, []byte, error) {
	for _, folder := range []string{"config", "data"} {
		if err := os.MkdirAll(filepath.Join(home, folder), 0o755); err != nil {
			return "", nil, err
		}
	}
	nodeSecret, err := secret(seed, chainID, "node", node)
	if err != nil {
		return "", nil, err
	}
	validatorSecret, err := secret(seed, chainID, "validator", node)
	if err != nil {
		return "", nil, err
	}
	key := &p2p.NodeKey{PrivKey: ed25519.GenPrivKeyFromSecret(nodeSecret)}
	if err := key.SaveAs(filepath.Join(home, "config", "node_key.json")); err != nil {
		return "", nil, err
	}
	validator := ed25519.GenPrivKeyFromSecret(validatorSecret)
	err = guard(privval.NewFilePV(validator,
		filepath.Join(home, "config", "priv_validator_key.json"),
		filepath.Join(home, "data", "priv_validator_state.json")).Save)
	return key.ID(), validator.PubKey().Bytes(), err
}

// guard turns the panics with which CometBFT and the SDK report that a file
// could not be written into errors.
func guard(write func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("writing configuration: %v", r)
		}
	}()
	write()
	return nil
}
