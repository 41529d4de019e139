package testnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cosmos/cosmos-sdk/crypto/keyring"

	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	relayerFolder = "relayer"
	// maxMessages of a relayer's transaction: with packets near their greatest
	// size, 128 KiB, it must stay under the mempool's max_tx_bytes, 1 MiB.
	maxMessages = "5"
	// relayerStart bounds the wait for the relayer to be in step with its chains.
	relayerStart = time.Minute
	// inStep is what the relayer logs once for each chain.
	inStep = "Chain is in sync"
)

// RelayerHome is the relayer's home folder.
func (n *Network) RelayerHome() string { return filepath.Join(n.cfg.Root, relayerFolder) }

// RelayerLog is the file with everything that the running relayer printed.
func (n *Network) RelayerLog() string { return filepath.Join(n.RelayerHome(), "relayer.log") }

// HasRelayer says whether the network was laid out with a relayer.
func (n *Network) HasRelayer() bool { return n.cfg.Relayer != "" }

// RelayerRunning says whether the relayer's process runs.
func (n *Network) RelayerRunning() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.relayer != nil && n.relayer.Alive()
}

// StartRelayer starts relaying on all links and returns when the relayer is in
// step with all chains.
func (n *Network) StartRelayer(ctx context.Context) error {
	links := n.Links()
	if len(links) == 0 {
		return errors.New("relayer: no links yet: call Link first")
	}
	if n.RelayerRunning() {
		return errors.New("relayer: runs already")
	}
	args := []string{"start"}
	for _, l := range links {
		args = append(args, l.Path)
	}
	args = append(args, "--flush-interval", n.cfg.FlushInterval.String(), "--max-msgs", maxMessages)
	wait := ctx
	if !n.cfg.Detach {
		ctx = n.life
	}
	p, err := n.runRelayer(ctx, "relayer", n.RelayerLog(), n.cfg.Detach, args...)
	if err != nil {
		return err
	}
	if err := n.recordRelayer(p); err != nil {
		return err
	}
	n.logf("relayer started")
	return n.waitRelayer(wait, p, 2*len(links))
}

// waitRelayer waits until the relayer has told count times that a chain is in step.
func (n *Network) waitRelayer(ctx context.Context, p *proc.Process, count int) error {
	ctx, cancel := context.WithTimeoutCause(ctx, relayerStart, fmt.Errorf("not in step within %s", relayerStart))
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		if err := p.Crashed(); err != nil {
			return err
		}
		log, err := os.ReadFile(p.Log)
		if err != nil {
			return err
		}
		if strings.Count(string(log[min(int64(len(log)), p.LogStart):]), inStep) >= count {
			return nil
		}
		select {
		case <-ctx.Done():
			return p.Explain(context.Cause(ctx).Error())
		case <-ticker.C:
		}
	}
}

// StopRelayer ends the relayer in an orderly way and returns when it is gone.
func (n *Network) StopRelayer() error {
	return n.endRelayer(func(p *proc.Process) error { return p.Stop(proc.Grace) })
}

// KillRelayer ends the relayer at once, as a crash would.
func (n *Network) KillRelayer() error { return n.endRelayer((*proc.Process).Kill) }

func (n *Network) endRelayer(how func(*proc.Process) error) error {
	n.mu.Lock()
	p := n.relayer
	n.mu.Unlock()
	if p == nil {
		return errors.New("relayer: does not run")
	}
	if err := how(p); err != nil {
		return err
	}
	return n.recordRelayer(nil)
}

func (n *Network) recordRelayer(p *proc.Process) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.setRelayer(p)
	return writeState(n.cfg.Root, n.st)
}

// setRelayer needs Network.mu.
func (n *Network) setRelayer(p *proc.Process) {
	n.relayer, n.st.RelayerProc = p, nil
	if p != nil {
		n.st.RelayerProc = &p.Handle
	}
}

// runRelayer starts the relayer program on its home.
func (n *Network) runRelayer(ctx context.Context, name, log string, detach bool, args ...string) (*proc.Process, error) {
	if n.cfg.Relayer == "" {
		return nil, errors.New("this network has no relayer")
	}
	return proc.Start(ctx, proc.Spec{
		Name: name, Path: n.cfg.Relayer, Log: log, Detach: detach,
		Args: append(args, "--home", n.RelayerHome(), "--log-format", "logfmt"),
	})
}

// layOutRelayer writes the relayer's configuration and its key for each chain.
func (n *Network) layOutRelayer() error {
	home := n.RelayerHome()
	chains := map[string]any{}
	for _, chain := range n.chains {
		account, err := chain.Account(RelayerKey)
		if err != nil {
			return err
		}
		// Where the relayer looks for it; the file format is the same as `rly keys restore` writes.
		ring, err := openKeyring(filepath.Join(home, "keys", chain.id))
		if err != nil {
			return err
		}
		if _, err := addKey(ring, RelayerKey, account.Mnemonic); err != nil {
			return fmt.Errorf("key for %s: %w", chain.id, err)
		}
		chains[chain.id] = relayerChain(chain)
	}
	paths := map[string]any{}
	for _, pair := range n.pairs() {
		paths[pathName(pair)] = map[string]any{
			"src":                map[string]string{"chain-id": pair[0].id},
			"dst":                map[string]string{"chain-id": pair[1].id},
			"src-channel-filter": map[string]any{"rule": "", "channel-list": []string{}},
		}
	}
	// JSON is YAML, too; the relayer rewrites the file in its own style.
	config, err := json.MarshalIndent(map[string]any{
		"global": map[string]any{
			"timeout": "10s", "memo": "", "light-cache-size": 20, "log-level": "info",
			"ics20-memo-limit": 0, "max-receiver-size": 150,
			"debug-listen-addr": "", "metrics-listen-addr": "",
		},
		"chains": chains, "paths": paths,
	}, "", "  ")
	if err != nil {
		return err
	}
	folder := filepath.Join(home, "config")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "config.yaml"), config, 0o600)
}

// relayerChain is the relayer's view of a chain: node0, and the other nodes
// when that does not answer.
func relayerChain(chain *Chain) map[string]any {
	backups := []string{}
	address := func(node *Node) string { return fmt.Sprintf("http://127.0.0.1:%d", node.st.Ports.RPC) }
	for _, node := range chain.nodes[1:] {
		backups = append(backups, address(node))
	}
	return map[string]any{"type": "cosmos", "value": map[string]any{
		"key": RelayerKey, "chain-id": chain.id, "rpc-addr": address(chain.nodes[0]), "backup-rpc-addrs": backups,
		"account-prefix": bech32Prefix, "keyring-backend": keyring.BackendTest, "coin-type": coinType,
		"gas-adjustment": 1.5, "gas-prices": "0fen", "timeout": "10s", "block-timeout": "10s",
		"output-format": "json", "sign-mode": "direct", "extra-codecs": []string{},
		"broadcast-mode": "batch", "min-loop-duration": "100ms",
	}}
}
