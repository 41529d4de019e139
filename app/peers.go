package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/peers"
)

// PeerAuthority says which nodes make up the private network.
type PeerAuthority interface {
	// NodeStanding returns nil for a node, by its id of 20 bytes, that may connect at
	// a time, and for another an error that says why not.
	NodeStanding(ctx context.Context, id []byte, now time.Time) error
	// NodeIDs lists the ids of all nodes on record, of lapsed ones too.
	NodeIDs(ctx context.Context) ([][]byte, error)
}

// PeerTrust is what the operator of this node adds to the state's list while the
// node cannot know better.
type PeerTrust struct {
	// Persistent are the ids of the operator's persistent peers.
	Persistent map[string]bool
	// CatchingUp says whether the node's state is older than its peers'.
	CatchingUp func() bool
}

// peerFilter answers which nodes this node connects with.
type peerFilter struct {
	authority PeerAuthority
	refusals  []error
	// genesis holds the ids that are admitted at height 0, before the first commit.
	genesis atomic.Pointer[map[string]bool]
	trust   atomic.Pointer[PeerTrust]
}

// SetPeerAuthority makes the application refuse nodes that the authority does not
// admit, when CometBFT asks (filter_peers = true). Refusals are the errors by which it
// tells that; any other says that it cannot tell. It is called before the
// application opens its state.
func (app *App) SetPeerAuthority(authority PeerAuthority, refusals ...error) {
	app.peers.authority, app.peers.refusals = authority, refusals
	app.SetIDPeerFilter(app.filterPeer)
	app.SetAddrPeerFilter(func(string) *abci.ResponseQuery { return &abci.ResponseQuery{} })
}

// TrustPeers tells the application of the node around it, before the node connects.
func (app *App) TrustPeers(trust PeerTrust) { app.peers.trust.Store(&trust) }

// filterPeer answers CometBFT's question about a node that has shown its id. The log of
// the answer stands in this node's log; the other one sees a closed connection.
func (app *App) filterPeer(id string) *abci.ResponseQuery {
	err := app.PeerStanding(id)
	if err == nil {
		return &abci.ResponseQuery{}
	}
	return &abci.ResponseQuery{Code: sdkerrors.ErrUnauthorized.ABCICode(), Codespace: sdkerrors.ErrUnauthorized.Codespace(), Log: err.Error()}
}

// PeerStanding returns nil for a node, by its hexadecimal id, with which this node
// may be connected, by the last committed state and its time, or by genesis
// before there is one. While this node catches up, it takes its operator's persistent
// peers as well: its state may not know them yet. It wraps peers.ErrRefused
// for a node that is refused; another error says that the state cannot be read.
func (app *App) PeerStanding(id string) error {
	err := app.nodeStanding(id)
	if !errors.Is(err, peers.ErrRefused) {
		return err
	}
	if trust := app.peers.trust.Load(); trust != nil && trust.Persistent[id] && trust.CatchingUp() {
		return nil
	}
	return err
}

func (app *App) nodeStanding(id string) error {
	raw, err := hex.DecodeString(id)
	if err != nil {
		return fmt.Errorf("%w: expected a node id in hexadecimal, got %q", peers.ErrRefused, id)
	}
	height := app.LastBlockHeight()
	if height == 0 {
		if admitted := app.peers.genesis.Load(); admitted != nil && (*admitted)[string(raw)] {
			return nil
		}
		return fmt.Errorf("%w: node %s is not on the genesis file's list of nodes; once this node has caught up, the chain's own list counts", peers.ErrRefused, id)
	}
	// Without a look at the header: a node that has just started has none in memory. The time of
	// the block stands with its commit.
	ctx, err := app.CreateQueryContextWithCheckHeader(height, false, false)
	if err != nil {
		return fmt.Errorf("read who is admitted at height %d: %w", height, err)
	}
	err = app.peers.authority.NodeStanding(ctx, raw, ctx.BlockTime())
	if app.peers.refuses(err) {
		// As text: wrapped, it would bring the place in the code along.
		return fmt.Errorf("%w at height %d: %s; to admit it: shugud node admit %s --help", peers.ErrRefused, height, err.Error(), id)
	}
	return err
}

// refuses says whether the authority's error is a refusal.
func (f *peerFilter) refuses(err error) bool {
	return slices.ContainsFunc(f.refusals, func(refusal error) bool { return errors.Is(err, refusal) })
}

// rememberGenesisPeers notes whom the genesis admits, for the time until it is committed: a
// state in the making cannot be read while it is made.
func (app *App) rememberGenesisPeers(ctx sdk.Context) error {
	ids, err := app.peers.authority.NodeIDs(ctx)
	if err != nil {
		return err
	}
	admitted := make(map[string]bool, len(ids))
	for _, id := range ids {
		err := app.peers.authority.NodeStanding(ctx, id, ctx.BlockTime())
		if err == nil {
			admitted[string(id)] = true
		} else if !app.peers.refuses(err) {
			return err
		}
	}
	app.peers.genesis.Store(&admitted)
	return nil
}
