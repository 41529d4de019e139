//go:build system

package system_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/libs/protoio"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/p2p/conn"
	tmp2p "github.com/cometbft/cometbft/proto/tendermint/p2p"
	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testnet"
)

const (
	// strangers knock at the same time, with a new key for each connection.
	strangers = 8
	// refusals is how many of them are refused before anything is looked at.
	refusals = 100
	// silent connections are more than a node takes at once (max_num_inbound_peers, 40).
	silent = 100
)

// knock makes a whole handshake with a node under a new key, as CometBFT does, and says whether
// the node then ended the connection.
func knock(ctx context.Context, address string, like p2p.DefaultNodeInfo) (refused bool, err error) {
	c, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return false, err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return false, err
	}
	key := ed25519.GenPrivKey()
	secret, err := conn.MakeSecretConnection(c, key)
	if err != nil {
		return false, err
	}
	like.DefaultNodeID = p2p.PubKeyToID(key.PubKey())
	if _, err := protoio.NewDelimitedWriter(secret).WriteMsg(like.ToProto()); err != nil {
		return false, err
	}
	var theirs tmp2p.DefaultNodeInfo
	if _, err := protoio.NewDelimitedReader(secret, p2p.MaxNodeInfoSize()).ReadMsg(&theirs); err != nil {
		return false, err
	}
	_, err = secret.Read(make([]byte, 1))
	var timeout net.Error
	return err != nil && (!errors.As(err, &timeout) || !timeout.Timeout()), nil
}

// peersOf are the ids of a node's peers.
func peersOf(t *testing.T, node *testnet.Node) (ids []string) {
	t.Helper()
	rpc, err := rpchttp.New(node.RPC(), "/websocket")
	require.NoError(t, err)
	info, err := rpc.NetInfo(t.Context())
	require.NoError(t, err)
	for _, peer := range info.Peers {
		ids = append(ids, string(peer.NodeInfo.ID()))
	}
	return ids
}

// Strangers who dial a validator's p2p port without end, under ever new keys, are refused one and all,
// while blocks go on and an admitted node gets in among them. When they hold all of its connections open and say
// nothing, who is connected stays so.
func TestStrangersFloodAtP2P(t *testing.T) {
	t.Parallel()
	c := floodedChain(t)
	target := c.Node(0)
	address := fmt.Sprintf("127.0.0.1:%d", target.Ports().P2P)
	rpc, err := rpchttp.New(target.RPC(), "/websocket")
	require.NoError(t, err)
	status, err := rpc.Status(t.Context())
	require.NoError(t, err)

	ctx, stop := context.WithCancel(t.Context())
	var knocking sync.WaitGroup
	var refused, kept atomic.Int64
	defer knocking.Wait()
	defer stop()
	for range strangers {
		knocking.Go(func() {
			for ctx.Err() == nil {
				switch no, err := knock(ctx, address, status.NodeInfo); {
				case err != nil: // cut off before the handshake was done
				case no:
					refused.Add(1)
				default:
					kept.Add(1)
				}
			}
		})
	}
	require.Eventually(t, func() bool { return refused.Load() >= refusals }, 2*time.Minute, 50*time.Millisecond)
	p := place{hosts: "127.0.0.1", guest: "127.0.0.1"}
	home, g := p.newGuest(t, c)
	exchange(t, c, "node", "admit", g.id, "--purpose", "full")
	p.start(t, home, g, c)
	connected(t, c, g)
	require.NoError(t, c.WaitBlocks(t.Context(), 3))
	require.ElementsMatch(t, []string{c.Node(1).ID(), g.id}, peersOf(t, target), "nobody else is connected")
	stop()
	knocking.Wait()
	t.Logf("%d strangers were refused", refused.Load())
	require.Zero(t, kept.Load())
	says(t, target.Log(), "Ignoring inbound connection", "is not admitted")

	for range silent {
		stranger, err := net.DialTimeout("tcp", address, 10*time.Second)
		require.NoError(t, err)
		defer stranger.Close()
	}
	require.NoError(t, c.WaitBlocks(t.Context(), 5))
	require.ElementsMatch(t, []string{c.Node(1).ID(), g.id}, peersOf(t, target))
	height, err := c.Height(t.Context())
	require.NoError(t, err)
	goOnAt(t, g, height)

	starts(t, export(t, target))
}

// goOnAt waits until a guest has a block.
func goOnAt(t *testing.T, g guest, height int64) {
	t.Helper()
	require.Eventually(t, func() bool {
		status, err := g.rpc.Status(t.Context())
		return err == nil && status.SyncInfo.LatestBlockHeight >= height
	}, time.Minute, 100*time.Millisecond)
}
