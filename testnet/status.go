package testnet

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// Status is what runs in a network, with all addresses.
type Status struct {
	Root    string        `json:"root"`
	Running bool          `json:"running"` // any process at all
	Chains  []ChainStatus `json:"chains"`
	Relayer *ProcStatus   `json:"relayer,omitempty"`
	Links   []Link        `json:"links"`
}

// ChainStatus is one chain of a Status.
type ChainStatus struct {
	ID     string       `json:"chain_id"`
	Region string       `json:"region"`
	Home   string       `json:"home"`
	Nodes  []NodeStatus `json:"nodes"`
}

// NodeStatus is one node of a Status.
type NodeStatus struct {
	ProcStatus
	Moniker string `json:"moniker"`
	NodeID  string `json:"node_id"`
	// Height is 0 when the node does not answer.
	Height int64  `json:"height"`
	RPC    string `json:"rpc"`
	GRPC   string `json:"grpc"`
	Ports  Ports  `json:"ports"`
}

// ProcStatus is one process of a Status.
type ProcStatus struct {
	Name    string `json:"name"`
	Running bool   `json:"running"`
	PID     int    `json:"pid,omitempty"`
	Log     string `json:"log"`
}

// Status looks at every process and asks every running node for its height.
func (n *Network) Status(ctx context.Context) Status {
	out := Status{Root: n.cfg.Root, Links: n.Links(), Chains: []ChainStatus{}}
	if out.Links == nil {
		out.Links = []Link{}
	}
	for _, chain := range n.chains {
		cs := ChainStatus{ID: chain.id, Region: chain.region, Home: chain.Home(), Nodes: []NodeStatus{}}
		for _, node := range chain.nodes {
			cs.Nodes = append(cs.Nodes, node.status(ctx))
			out.Running = out.Running || cs.Nodes[len(cs.Nodes)-1].Running
		}
		out.Chains = append(out.Chains, cs)
	}
	if n.cfg.Relayer != "" {
		r := ProcStatus{Name: relayerFolder, Running: n.RelayerRunning(), Log: n.RelayerLog()}
		n.mu.Lock()
		if r.Running && n.relayer != nil {
			r.PID = n.relayer.PID
		}
		n.mu.Unlock()
		out.Relayer = &r
		out.Running = out.Running || r.Running
	}
	return out
}

func (n *Node) status(ctx context.Context) NodeStatus {
	s := NodeStatus{
		ProcStatus: ProcStatus{Name: n.Name(), Running: n.Running(), Log: n.Log()},
		Moniker:    n.st.Moniker, NodeID: n.st.NodeID, RPC: n.RPC(), GRPC: n.GRPC(), Ports: n.st.Ports,
	}
	if p := n.process(); s.Running && p != nil {
		s.PID = p.PID
		// A node that does not answer is shown with height 0.
		s.Height, _ = n.Height(ctx)
	}
	return s
}

// LogFile returns the log of "shugu-hangzhou-1/node0", of "hangzhou/node0" or of
// "relayer"; "link" is the log of the relayer's handshakes.
func (n *Network) LogFile(name string) (string, error) {
	known := []string{}
	if n.cfg.Relayer != "" {
		switch name {
		case relayerFolder:
			return n.RelayerLog(), nil
		case "link":
			return n.linkLog(), nil
		}
		known = append(known, relayerFolder, "link")
	}
	for _, node := range n.nodes() {
		short := strings.Replace(strings.TrimPrefix(node.Name(), "shugu-"), "-1/", "/", 1)
		if name == node.Name() || name == short {
			return node.Log(), nil
		}
		known = append(known, node.Name())
	}
	return "", fmt.Errorf("no process %q; there are %s", name, strings.Join(known, ", "))
}

func (n *Network) linkLog() string { return filepath.Join(n.RelayerHome(), "link.log") }
