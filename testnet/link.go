package testnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	// port and channelVersion of x/recognition.
	port           = "recognition"
	channelVersion = "recognition-1"
	// trustingPeriod of the light clients: two thirds of the unbonding period
	// that the application tells, three weeks.
	trustingPeriod = "336h"
)

// Link is a channel between two chains with the connection and the clients
// under it: ClientA, ConnectionA and ChannelA are ids on ChainA.
type Link struct {
	// Path is the relayer's name for the link.
	Path string `json:"path"`

	ChainA      string `json:"chain_a"`
	ClientA     string `json:"client_a"`
	ConnectionA string `json:"connection_a"`
	ChannelA    string `json:"channel_a"`

	ChainB      string `json:"chain_b"`
	ClientB     string `json:"client_b"`
	ConnectionB string `json:"connection_b"`
	ChannelB    string `json:"channel_b"`
}

// Links lists the links that Link has made.
func (n *Network) Links() []Link {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.st.Links)
}

// Link opens a recognition channel between every two chains of the network that
// are not linked yet, and returns all links. It takes some 40 blocks a pair.
func (n *Network) Link(ctx context.Context) ([]Link, error) {
	for _, pair := range n.pairs() {
		path := pathName(pair)
		if slices.ContainsFunc(n.Links(), func(l Link) bool { return l.Path == path }) {
			continue
		}
		n.logf("linking %s and %s", pair[0].id, pair[1].id)
		link, err := n.link(ctx, path)
		if err != nil {
			return nil, fmt.Errorf("linking %s and %s: %w", pair[0].id, pair[1].id, err)
		}
		if err := n.recordLink(link); err != nil {
			return nil, err
		}
		n.logf("linked: %s on %s, %s on %s", link.ChannelA, link.ChainA, link.ChannelB, link.ChainB)
	}
	return n.Links(), nil
}

func (n *Network) recordLink(link Link) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.st.Links = append(n.st.Links, link)
	return writeState(n.cfg.Root, n.st)
}

// pairs are every two chains of the network.
func (n *Network) pairs() [][2]*Chain {
	var out [][2]*Chain
	for i, a := range n.chains {
		for _, b := range n.chains[i+1:] {
			out = append(out, [2]*Chain{a, b})
		}
	}
	return out
}

func pathName(pair [2]*Chain) string { return pair[0].id + "_" + pair[1].id }

func (n *Network) link(ctx context.Context, path string) (Link, error) {
	p, err := n.runRelayer(ctx, "relayer", n.linkLog(), false,
		"transact", "link", path, "--src-port", port, "--dst-port", port,
		"--order", "unordered", "--version", channelVersion, "--client-tp", trustingPeriod)
	if err != nil {
		return Link{}, err
	}
	if err := p.Wait(); err != nil {
		return Link{}, errors.Join(ctx.Err(), err)
	}
	link, err := n.readPath(path)
	if err != nil {
		return Link{}, p.Explain(err.Error())
	}
	return n.findChannel(ctx, link, p)
}

// readPath reads what the relayer wrote about clients and connections.
func (n *Network) readPath(path string) (Link, error) {
	type end struct {
		Chain      string `yaml:"chain-id"`
		Client     string `yaml:"client-id"`
		Connection string `yaml:"connection-id"`
	}
	var config struct {
		Paths map[string]struct {
			Src end `yaml:"src"`
			Dst end `yaml:"dst"`
		} `yaml:"paths"`
	}
	b, err := os.ReadFile(filepath.Join(n.RelayerHome(), "config", "config.yaml"))
	if err != nil {
		return Link{}, err
	}
	if err := yaml.Unmarshal(b, &config); err != nil {
		return Link{}, err
	}
	a, z := config.Paths[path].Src, config.Paths[path].Dst
	if a.Connection == "" || z.Connection == "" {
		return Link{}, fmt.Errorf("made no connection on path %s", path)
	}
	return Link{
		Path:   path,
		ChainA: a.Chain, ClientA: a.Client, ConnectionA: a.Connection,
		ChainB: z.Chain, ClientB: z.Client, ConnectionB: z.Connection,
	}, nil
}

// findChannel fills in the open channel on the link's connection.
func (n *Network) findChannel(ctx context.Context, link Link, p *proc.Process) (Link, error) {
	out, err := n.queryRelayer(ctx, "query", "connection-channels", link.ChainA, link.ConnectionA)
	if err != nil {
		return Link{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for decoder.More() {
		var channel struct {
			State        string `json:"state"`
			Port         string `json:"port_id"`
			ID           string `json:"channel_id"`
			Counterparty struct {
				Channel string `json:"channel_id"`
			}
		}
		if err := decoder.Decode(&channel); err != nil {
			return Link{}, fmt.Errorf("channels of %s: %w", link.ChainA, err)
		}
		if channel.Port == port && channel.State == "STATE_OPEN" {
			link.ChannelA, link.ChannelB = channel.ID, channel.Counterparty.Channel
			return link, nil
		}
	}
	return Link{}, p.Explain(fmt.Sprintf("opened no channel on %s of %s", link.ConnectionA, link.ChainA))
}

// queryRelayer runs a short relayer command and returns what it printed.
func (n *Network) queryRelayer(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, n.cfg.Relayer, append(args, "--home", n.RelayerHome())...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("relayer %s: %w: %s", args[0], err, bytes.TrimSpace(stderr.Bytes()))
	}
	return out, nil
}
