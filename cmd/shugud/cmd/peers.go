package cmd

import (
	"context"
	"errors"
	"strings"
	"time"

	cmtconfig "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"golang.org/x/sync/errgroup"

	"github.com/cosmos/cosmos-sdk/server"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/peers"
)

const (
	// heightEvery is how often a node looks whether there is a new block.
	heightEvery = 200 * time.Millisecond
	// redialEvery is how long a persistent peer stays away before it is dialled again.
	redialEvery = 10 * time.Second
)

// checkP2P refuses settings with which the network would not be private, and turns the filter on.
func checkP2P(srv *server.Context) error {
	if srv.Config.P2P.LibP2PEnabled() {
		return errors.New("start: [p2p.libp2p] is enabled in config.toml; it does not ask which nodes are admitted: disable it")
	}
	if !srv.Config.FilterPeers {
		srv.Logger.Warn("filter_peers is false in config.toml; this network is private, so it is taken as true")
		srv.Config.FilterPeers = true
	}
	return nil
}

// watchPeers asks after each block whether the connected peers may stay (ADR 0020).
func watchPeers(ctx context.Context, group *errgroup.Group, srv *server.Context, comet *node.Node, application *app.App) {
	watcher := peers.Watcher{
		Switch: cometSwitch{comet.Switch()}, Logger: srv.Logger.With("module", "peers"),
		Standing: application.PeerStanding, Height: application.LastBlockHeight,
		Self: string(comet.NodeInfo().ID()), Persistent: persistentPeers(srv.Config.P2P),
		Every: heightEvery, RedialEvery: redialEvery,
	}
	group.Go(func() error {
		watcher.Run(ctx)
		return nil
	})
}

// cometSwitch is CometBFT's switch as the watcher uses it.
type cometSwitch struct{ p2p.Switcher }

// Connected implements peers.Switch.
func (s cometSwitch) Connected() []string {
	var ids []string
	s.Peers().ForEach(func(peer p2p.Peer) { ids = append(ids, string(peer.ID())) })
	return ids
}

// Drop implements peers.Switch.
func (s cometSwitch) Drop(id string) {
	if peer := s.Peers().Get(p2p.ID(id)); peer != nil {
		s.StopPeerGracefully(peer)
	}
}

// Dial implements peers.Switch.
func (s cometSwitch) Dial(address string) error { return s.DialPeersAsync([]string{address}) }

// persistentPeers lists the operator's persistent peers, each "id@host:port".
func persistentPeers(cfg *cmtconfig.P2PConfig) []string {
	return strings.FieldsFunc(cfg.PersistentPeers, func(r rune) bool { return r == ',' || r == ' ' })
}

// persistentIDs are the ids of the operator's persistent peers.
func persistentIDs(cfg *cmtconfig.P2PConfig) map[string]bool {
	ids := map[string]bool{}
	for _, address := range persistentPeers(cfg) {
		id, _, _ := strings.Cut(address, "@")
		ids[id] = true
	}
	return ids
}
