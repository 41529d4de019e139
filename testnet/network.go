package testnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/shugu-network/shugu/testnet/proc"
)

// Network is a local network. Its methods may be called from several goroutines.
type Network struct {
	cfg Config
	// life ends the processes that are not detached; nil in an attached network.
	life   context.Context
	chains []*Chain

	mu      sync.Mutex // guards st, Node.proc and relayer
	st      state
	relayer *proc.Process
}

// New checks a configuration. Nothing is written before Up.
func New(cfg Config) (*Network, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	return &Network{cfg: cfg}, nil
}

// Open attaches to the network in a folder, running or not, that this or
// another process started. What Node.Start and StartRelayer start in it is
// detached: it belongs to the network, not to this process.
func Open(root string) (*Network, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	st, err := readState(root)
	if err != nil {
		return nil, err
	}
	flush, err := time.ParseDuration(st.FlushInterval)
	if err != nil {
		return nil, fmt.Errorf("%s: flush_interval: %w", filepath.Join(root, stateFile), err)
	}
	n := &Network{st: st, cfg: Config{
		Root: root, Binary: st.Binary, Relayer: st.Relayer, Detach: true,
		FlushInterval: flush, StartTimeout: DefaultStartTimeout,
	}}
	n.attachChains()
	if st.RelayerProc != nil {
		n.relayer = proc.Attach(*st.RelayerProc)
	}
	return n, nil
}

// Up lays the network out afresh, starts all nodes and returns when every node
// has made two blocks. When it fails, nothing is left running. Unless the
// network is detached, it lives no longer than ctx.
func (n *Network) Up(ctx context.Context) error {
	if err := os.MkdirAll(n.cfg.Root, 0o755); err != nil {
		return err
	}
	unlock, err := lock(n.cfg.Root)
	if err != nil {
		return err
	}
	defer unlock()
	if err := n.clearRoot(); err != nil {
		return err
	}
	n.life = ctx
	n.st = state{
		Version: stateVersion, Detached: n.cfg.Detach, Binary: n.cfg.Binary, Relayer: n.cfg.Relayer,
		FlushInterval: n.cfg.FlushInterval.String(),
	}
	for _, spec := range n.cfg.Chains {
		// Named before they are laid out, so that the next Up clears away half a layout.
		n.st.Chains = append(n.st.Chains, &chainState{ID: spec.ID, Region: spec.Region})
	}
	if err := writeState(n.cfg.Root, n.st); err != nil {
		return err
	}
	n.st.Chains = nil
	n.logf("laying out %s", n.cfg.Root)
	if err := n.layOut(); err != nil {
		return err
	}
	return n.start(ctx)
}

// Resume starts all nodes of a network that is down, with the data that they
// have, and returns when every node makes blocks again. Unless it is detached,
// the network lives no longer than ctx.
func (n *Network) Resume(ctx context.Context, detach bool) error {
	unlock, err := lock(n.cfg.Root)
	if err != nil {
		return err
	}
	defer unlock()
	if err := n.refuseRunning(); err != nil {
		return err
	}
	n.st.Down, n.st.Detached = false, detach
	n.cfg.Detach, n.life = detach, ctx
	return n.start(ctx)
}

// start starts all nodes and waits for their blocks; on failure all are stopped.
func (n *Network) start(ctx context.Context) error {
	err := n.startNodes(ctx)
	if err == nil {
		return nil
	}
	return errors.Join(err, n.Down(context.WithoutCancel(ctx)))
}

func (n *Network) startNodes(ctx context.Context) error {
	nodes := n.nodes()
	for _, node := range nodes {
		if err := node.checkPorts(); err != nil {
			return err
		}
	}
	for _, chain := range n.chains {
		n.logf("starting %s: %d validators", chain.id, len(chain.nodes))
		for _, node := range chain.nodes {
			if err := node.launch(ctx, n.cfg.Binary); err != nil {
				return err
			}
		}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, n.cfg.StartTimeout, fmt.Errorf("not up within %s", n.cfg.StartTimeout))
	defer cancel()
	for _, chain := range n.chains {
		if err := chain.WaitBlocks(ctx, 2); err != nil {
			return err
		}
		n.logf("%s makes blocks; RPC %s", chain.id, chain.nodes[0].RPC())
	}
	return nil
}

// Down stops every process of the network, the relayer first, and returns when
// none is left. The files stay. It may be called from any process and again. A
// deadline of ctx shortens the time that processes get to end in an orderly way;
// a ctx that has ended does not keep Down from its work.
func (n *Network) Down(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.st.Version == 0 {
		return nil // never came to lay anything out; the folder may be another network's
	}
	n.st.Down = true
	if err := writeState(n.cfg.Root, n.st); err != nil {
		return err
	}
	grace := proc.Grace
	if deadline, ok := ctx.Deadline(); ok {
		grace = min(grace, max(0, time.Until(deadline)))
	}
	var errs []error
	if n.relayer != nil {
		errs = append(errs, n.relayer.Stop(grace))
	}
	var running []*proc.Process
	for _, node := range n.nodes() {
		if node.proc != nil {
			running = append(running, node.proc)
		}
	}
	errs = append(errs, proc.StopAll(running, grace))
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("taking %s down: %w", n.cfg.Root, err)
	}
	n.setRelayer(nil)
	for _, node := range n.nodes() {
		node.setProc(nil)
	}
	return writeState(n.cfg.Root, n.st)
}

// Watch waits until ctx ends or another process takes the network down, and
// returns nil; or until a process of the network ends by itself, and returns an
// error that names it, with the tail of its log.
func (n *Network) Watch(ctx context.Context) error {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		crash := n.crash()
		if ctx.Err() != nil || n.takenDown() {
			return nil
		}
		if crash != nil {
			return crash
		}
	}
}

// crash returns the error of the first process that ended by itself.
func (n *Network) crash() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.relayer != nil {
		if err := n.relayer.Crashed(); err != nil {
			return err
		}
	}
	for _, node := range n.nodes() {
		if node.proc == nil {
			continue
		}
		if err := node.proc.Crashed(); err != nil {
			return err
		}
	}
	return nil
}

// takenDown says whether some process has taken the network down.
func (n *Network) takenDown() bool {
	st, err := readState(n.cfg.Root)
	return err == nil && st.Down
}

func (n *Network) logf(format string, args ...any) {
	if n.cfg.Logf != nil {
		n.cfg.Logf(format, args...)
	}
}
