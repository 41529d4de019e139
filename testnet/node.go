package testnet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/shugu-network/shugu/testnet/proc"
)

// Node is one node of a chain, a validator.
type Node struct {
	chain *Chain
	index int
	st    *nodeState
	proc  *proc.Process // guarded by Network.mu; nil when not started or stopped
}

// Name is what messages call the node: "shugu-hangzhou-1/node0".
func (n *Node) Name() string { return n.chain.id + "/node" + strconv.Itoa(n.index) }

// Home is the node's home folder.
func (n *Node) Home() string { return nodeHome(n.chain.Home(), n.index) }

// Log is the file with everything that the node printed.
func (n *Node) Log() string { return filepath.Join(n.Home(), "node.log") }

// ID is the node's CometBFT id, 40 hex digits.
func (n *Node) ID() string { return n.st.NodeID }

// Ports are the node's TCP ports on 127.0.0.1.
func (n *Node) Ports() Ports { return n.st.Ports }

// RPC is the node's RPC address, "tcp://127.0.0.1:26657".
func (n *Node) RPC() string { return fmt.Sprintf("tcp://127.0.0.1:%d", n.st.Ports.RPC) }

// GRPC is the node's gRPC address, "127.0.0.1:9090".
func (n *Node) GRPC() string { return fmt.Sprintf("127.0.0.1:%d", n.st.Ports.GRPC) }

// Running says whether the node's process runs.
func (n *Node) Running() bool {
	p := n.process()
	return p != nil && p.Alive()
}

// Height asks the node for its height.
func (n *Node) Height(ctx context.Context) (int64, error) {
	return queryHeight(ctx, n.st.Ports.RPC, n.chain.id)
}

// Start starts a node that is stopped and returns when its RPC answers. It does
// not wait for blocks: a chain whose other nodes are stopped makes none.
func (n *Node) Start(ctx context.Context) error { return n.StartAs(ctx, n.chain.n.cfg.Binary) }

// StartAs is Start with another program than the network's, and with variables
// ("NAME=value") besides its environment, for one life of the node.
func (n *Node) StartAs(ctx context.Context, binary string, env ...string) error {
	if n.Running() {
		return fmt.Errorf("%s runs already", n.Name())
	}
	if err := n.checkPorts(); err != nil {
		return err
	}
	if err := n.launch(ctx, binary, env...); err != nil {
		return err
	}
	net := n.chain.n
	ctx, cancel := context.WithTimeoutCause(ctx, net.cfg.StartTimeout, fmt.Errorf("not up within %s", net.cfg.StartTimeout))
	defer cancel()
	return awaitHeight(ctx, []*Node{n}, 0)
}

// Stop ends the node in an orderly way and returns when it is gone.
func (n *Node) Stop() error { return n.end(func(p *proc.Process) error { return p.Stop(proc.Grace) }) }

// Kill ends the node at once, as a crash would, and returns when it is gone.
func (n *Node) Kill() error { return n.end((*proc.Process).Kill) }

func (n *Node) end(how func(*proc.Process) error) error {
	p := n.process()
	if p == nil {
		return fmt.Errorf("%s does not run", n.Name())
	}
	if err := how(p); err != nil {
		return err
	}
	return n.record(nil)
}

// launch starts the node's process.
func (n *Node) launch(ctx context.Context, binary string, env ...string) error {
	net := n.chain.n
	if !net.cfg.Detach {
		ctx = net.life
	}
	p, err := proc.Start(ctx, proc.Spec{
		Name: n.Name(),
		Path: binary,
		Args: []string{"start", "--home", n.Home(), "--log_no_color"},
		Env:  append(nodeEnv(), env...),
		Log:  n.Log(), Detach: net.cfg.Detach,
	})
	if err != nil {
		return err
	}
	return n.record(p)
}

// record remembers the node's process, here and in state.json.
func (n *Node) record(p *proc.Process) error {
	net := n.chain.n
	net.mu.Lock()
	defer net.mu.Unlock()
	n.setProc(p)
	return writeState(net.cfg.Root, net.st)
}

// setProc needs Network.mu.
func (n *Node) setProc(p *proc.Process) {
	n.proc, n.st.Proc = p, nil
	if p != nil {
		n.st.Proc = &p.Handle
	}
}

func (n *Node) process() *proc.Process {
	n.chain.n.mu.Lock()
	defer n.chain.n.mu.Unlock()
	return n.proc
}

// checkPorts returns an error that names the first of the node's ports that is
// taken.
func (n *Node) checkPorts() error {
	for _, p := range []struct {
		use  string
		port int
	}{
		{"p2p", n.st.Ports.P2P}, {"rpc", n.st.Ports.RPC}, {"grpc", n.st.Ports.GRPC}, {"pprof", n.st.Ports.PProf},
	} {
		if err := proc.InUse(p.port); err != nil {
			return fmt.Errorf("%s: %s port: %w", n.Name(), p.use, err)
		}
	}
	return nil
}

// crashed returns an error when the node ended by itself.
func (n *Node) crashed() error {
	p := n.process()
	if p == nil {
		return fmt.Errorf("%s was stopped", n.Name())
	}
	return p.Crashed()
}

// explain makes an error about the node with the tail of its log.
func (n *Node) explain(what string) error {
	if p := n.process(); p != nil {
		return p.Explain(what)
	}
	return fmt.Errorf("%s %s", n.Name(), what)
}

// nodeEnv is our environment without what would override a node's own
// configuration.
func nodeEnv() []string {
	env := []string{}
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "SHUGUD_") {
			env = append(env, kv)
		}
	}
	return env
}
