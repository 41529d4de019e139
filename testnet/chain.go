package testnet

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/shugu-network/shugu/testnet/proc"
)

// pollEvery is how often nodes are asked for their height while waiting.
const pollEvery = 50 * time.Millisecond

// Chain is one chain of a network.
type Chain struct {
	n      *Network
	id     string
	region string
	nodes  []*Node
}

// attachChains makes Chains and Nodes from the state.
func (n *Network) attachChains() {
	n.chains = nil
	for _, cs := range n.st.Chains {
		chain := &Chain{n: n, id: cs.ID, region: cs.Region}
		for i, ns := range cs.Nodes {
			node := &Node{chain: chain, index: i, st: ns}
			if ns.Proc != nil {
				node.proc = proc.Attach(*ns.Proc)
			}
			chain.nodes = append(chain.nodes, node)
		}
		n.chains = append(n.chains, chain)
	}
}

// Chains lists the chains in the order of the configuration.
func (n *Network) Chains() []*Chain { return n.chains }

// Chain returns the chain with an id, or nil.
func (n *Network) Chain(id string) *Chain {
	for _, c := range n.chains {
		if c.id == id {
			return c
		}
	}
	return nil
}

func (n *Network) nodes() []*Node {
	var all []*Node
	for _, c := range n.chains {
		all = append(all, c.nodes...)
	}
	return all
}

// ID is the chain id.
func (c *Chain) ID() string { return c.id }

// Region is the chain's region, 4 digits.
func (c *Chain) Region() string { return c.region }

// Home is the chain's folder. It serves the command line as --home and as
// --keyring-dir (with --keyring-backend test): its client.toml names node0.
func (c *Chain) Home() string { return filepath.Join(c.n.cfg.Root, c.id) }

// Nodes lists the chain's nodes; all are validators.
func (c *Chain) Nodes() []*Node { return c.nodes }

// Node returns node i, from 0.
func (c *Chain) Node(i int) *Node { return c.nodes[i] }

// RPC is the address of the first running node's RPC, of node0 when none runs,
// in the form of --node: "tcp://127.0.0.1:26657".
func (c *Chain) RPC() string {
	for _, node := range c.nodes {
		if node.Running() {
			return node.RPC()
		}
	}
	return c.nodes[0].RPC()
}

// Accounts lists the chain's test accounts.
func (c *Chain) Accounts() ([]Account, error) { return readAccounts(c.Home()) }

// Account returns the test account with a key name.
func (c *Chain) Account(key string) (Account, error) {
	accounts, err := c.Accounts()
	if err != nil {
		return Account{}, err
	}
	for _, a := range accounts {
		if a.Key == key {
			return a, nil
		}
	}
	return Account{}, fmt.Errorf("%s has no account %q", c.id, key)
}

// Height is the greatest height that a running node of the chain tells.
func (c *Chain) Height(ctx context.Context) (int64, error) {
	best := int64(-1)
	var errs []error
	running := c.running()
	if len(running) == 0 {
		return 0, fmt.Errorf("%s: no node runs", c.id)
	}
	for _, node := range running {
		h, err := node.Height(ctx)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		best = max(best, h)
	}
	if best < 0 {
		return 0, fmt.Errorf("%s: no node answers: %w", c.id, errors.Join(errs...))
	}
	return best, nil
}

// BlockTime is the time in the header of one of the chain's blocks, as the first
// running node tells it.
func (c *Chain) BlockTime(ctx context.Context, height int64) (time.Time, error) {
	running := c.running()
	if len(running) == 0 {
		return time.Time{}, fmt.Errorf("%s: no node runs", c.id)
	}
	return queryBlockTime(ctx, running[0].st.Ports.RPC, c.id, height)
}

// WaitHeight waits until every node that was not stopped has reached a height.
// It fails at once when one of them ends, with the tail of its log.
func (c *Chain) WaitHeight(ctx context.Context, height int64) error {
	return awaitHeight(ctx, c.running(), height)
}

// WaitBlocks waits until every node that was not stopped has seen that many
// blocks more than the chain has now; on a chain that starts, its first ones.
func (c *Chain) WaitBlocks(ctx context.Context, blocks int64) error {
	nodes := c.running()
	if err := awaitHeight(ctx, nodes, 0); err != nil {
		return err
	}
	height, err := c.Height(ctx)
	if err != nil {
		return err
	}
	return awaitHeight(ctx, nodes, height+blocks)
}

// running are the nodes that were started and not stopped; one that crashed
// still counts, so that who waits for it learns so.
func (c *Chain) running() []*Node {
	c.n.mu.Lock()
	defer c.n.mu.Unlock()
	var out []*Node
	for _, node := range c.nodes {
		if node.proc != nil {
			out = append(out, node)
		}
	}
	return out
}

// awaitHeight waits for nodes to reach a height; 0 means to answer at all.
func awaitHeight(ctx context.Context, nodes []*Node, height int64) error {
	if len(nodes) == 0 {
		return errors.New("no node runs")
	}
	last := map[*Node]string{}
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for waiting := nodes; ; {
		var still []*Node
		for _, node := range waiting {
			if err := node.crashed(); err != nil {
				return err
			}
			h, err := node.Height(ctx)
			switch {
			case err != nil:
				last[node] = "no answer: " + err.Error()
			case h < height:
				last[node] = fmt.Sprintf("height %d", h)
			default:
				continue
			}
			still = append(still, node)
		}
		if len(still) == 0 {
			return nil
		}
		waiting = still
		select {
		case <-ctx.Done():
			return waitError(ctx, still, last, height)
		case <-ticker.C:
		}
	}
}

func waitError(ctx context.Context, nodes []*Node, last map[*Node]string, height int64) error {
	var lines []string
	for _, node := range nodes {
		lines = append(lines, fmt.Sprintf("%s (%s)", node.Name(), last[node]))
	}
	what := fmt.Sprintf("height %d", height)
	if height == 0 {
		what = "an answer"
	}
	err := fmt.Errorf("waiting for %s of %s: %w", what, strings.Join(lines, ", "), context.Cause(ctx))
	if errors.Is(ctx.Err(), context.Canceled) {
		return err
	}
	return fmt.Errorf("%w\n%w", err, nodes[0].explain("did not get there"))
}
