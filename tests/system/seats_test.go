//go:build system

package system_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/story"
	"github.com/shugu-network/shugu/tests/system/harness"
	"github.com/shugu-network/shugu/verify"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// rotationNotice is the chain's notice for a new key, in blocks.
const rotationNotice = 5

// A fifth exchange joins, a validator's key is changed without a gap, and a seat is revoked: by the very commands of
// docs/operators/validators.md. A court with a trust root from before them all can follow.
func TestSeatsByCommandLine(t *testing.T) {
	t.Parallel()
	cfg := harness.Config(t, 4, "hangzhou")
	cfg.Root, cfg.BlockTime = filepath.Join(cfg.Root, "network"), quick
	cfg.Chains[0].Members = append(cfg.Chains[0].Members, testnet.MemberSpec{
		Key: "exchange-5", Name: "宁波数据交易所(演示)", Roles: []consortium.Role{consortium.ROLE_EXCHANGE},
	})
	withParams(&cfg, func(p *consortium.Params) { p.RotationNotice = rotationNotice })
	n := harness.Up(t, cfg)
	c := council{desk{t, n.Chain(hangzhou), t.TempDir()}}
	voucher := sell(t, n)
	root := c.file("root.json", c.prints("query", "trust-root"))
	since, err := c.chain.Height(t.Context())
	require.NoError(t, err)

	changes := []int64{c.grantsSeat(), c.rotatesKey(), c.revokesSeat()}
	c.kept(since, changes)
	c.courtFollows(voucher, root, changes)
	c.joinsByStateSync(voucher, root, changes)
}

// sell makes a trade up to its voucher and returns the voucher's number.
func sell(t *testing.T, n *testnet.Network) string {
	t.Helper()
	data, err := story.DefaultData(t.Context())
	require.NoError(t, err)
	told, err := story.Run(t.Context(), story.Config{
		Network: n, Binary: harness.Binary(t, "shugud"), Origin: hangzhou, Steps: story.Trade,
		Data: data, Dir: t.TempDir(), Say: func(string, ...any) {},
	})
	require.NoError(t, err)
	return told.Origin.Voucher
}

// grantsSeat gives the fifth exchange a seat, and returns the last block of the set before.
func (c council) grantsSeat() int64 {
	c.t.Helper()
	joining := c.node("exchange-5", "ningbo-1")
	require.True(c.t, c.guard("--grant", "1").Safe)
	height := c.done(fmt.Sprintf("{type: grant-seat, member: %d, moniker: ningbo-1, consensus_key: %s}", c.number("exchange-5"), joining.key))

	address := joining.address(c.t).String()
	require.NotContains(c.t, c.set(height+1), address)
	require.Contains(c.t, c.set(height+2), address, "it signs two blocks later")
	c.signs(address, height+2)
	return height + 1
}

// rotatesKey changes the key of the fourth exchange while the third's validator stands still, so
// that every other one has to sign each block: a gap would stop the chain.
func (c council) rotatesKey() int64 {
	c.t.Helper()
	third, fourth := c.chain.Node(2), c.chain.Node(3)
	successor := c.node("exchange-4", "exchange-4-b")
	old := c.keyOf("exchange-4")
	require.NoError(c.t, third.Stop())
	member := c.number("exchange-4")
	require.True(c.t, c.guard("--rotate", fmt.Sprint(member)).Safe)
	at := c.orders(member, successor.key)

	address := successor.address(c.t).String()
	for height := at - 2; height <= at+4; height++ {
		signers := c.signers(height)
		require.Len(c.t, signers, 4, "height %d: all that run must sign", height)
		require.Equal(c.t, height <= at+1, slices.Contains(signers, old), "the old key, height %d, change at %d", height, at)
		require.Equal(c.t, height > at+1, slices.Contains(signers, address), "the new key, height %d, change at %d", height, at)
	}
	require.NoError(c.t, fourth.Stop(), "the old key is of no use any more")
	require.NoError(c.t, third.Start(c.t.Context()))
	require.NoError(c.t, c.chain.WaitBlocks(c.t.Context(), 2))
	return at + 1
}

// orders has the council order a new key, further ahead when its votes took longer than the notice allows.
func (c council) orders(member uint32, key string) (at int64) {
	c.t.Helper()
	for ahead := int64(60); ahead < 1_000; ahead *= 2 {
		now, err := c.chain.Height(c.t.Context())
		require.NoError(c.t, err)
		at = now + ahead
		if _, status := c.decide(fmt.Sprintf("{type: rotate-key, member: %d, new_key: %s, at_height: %d}", member, key, at)); status == "RESOLUTION_STATUS_EXECUTED" {
			return at
		}
	}
	c.t.Fatal("no order was in time")
	return 0
}

// revokesSeat takes the second exchange's seat away, which is unsafe so soon: two of the first four are gone with it.
func (c council) revokesSeat() int64 {
	c.t.Helper()
	member, address := c.number("exchange-2"), c.keyOf("exchange-2")
	verdict := c.guard("--revoke", fmt.Sprint(member))
	require.False(c.t, verdict.Safe)
	require.NotEmpty(c.t, verdict.SafeAt, verdict.Message)
	_, status := c.decide(fmt.Sprintf("{type: revoke-seat, member: %d, reason: 退出联盟}", member))
	require.Equal(c.t, "RESOLUTION_STATUS_FAILED", status, "the guard refuses it")

	height := c.done(fmt.Sprintf("{type: revoke-seat, member: %d, reason: 退出联盟, accept_unsafe: true}", member))
	require.Equal(c.t, height+1, c.warned(height), "the header that every client has to take")
	require.Contains(c.t, c.set(height+1), address)
	require.NotContains(c.t, c.set(height+2), address)
	require.NoError(c.t, c.chain.WaitBlocks(c.t.Context(), 3), "the other four go on")
	return height + 1
}

// warned is the height that EventUpdateClients of a block names.
func (c council) warned(height int64) (named int64) {
	c.t.Helper()
	res, err := c.rpc().BlockResults(c.t.Context(), &height)
	require.NoError(c.t, err)
	for _, event := range res.FinalizeBlockEvents {
		if event.Type == "shugu.consortium.v1.EventUpdateClients" {
			named, err = strconv.ParseInt(strings.Trim(event.Attributes[0].Value, `"`), 10, 64)
			require.NoError(c.t, err)
		}
	}
	return named
}

// kept asserts that every node of the chain has each change in its side store.
func (c council) kept(since int64, changes []int64) {
	c.t.Helper()
	for _, node := range c.chain.Nodes() {
		if !node.Running() {
			continue // the fourth exchange's old one
		}
		rpc, err := rpchttp.New(node.RPC(), "/websocket")
		require.NoError(c.t, err)
		var kept []int64
		require.Eventually(c.t, func() bool {
			res, err := headers.Ask(c.t.Context(), rpc, since)
			require.NoError(c.t, err)
			kept = nil
			for _, change := range res.Changes {
				kept = append(kept, change.Height)
			}
			return len(kept) >= len(changes)
		}, time.Minute, 100*time.Millisecond, node.Name())
		require.Equal(c.t, changes, kept, node.Name())
	}
}

// courtFollows checks the voucher with the old trust root: the bundle leads along all changes, and along no fewer.
func (c council) courtFollows(voucher, root string, changes []int64) {
	c.t.Helper()
	raw, err := os.ReadFile(root)
	require.NoError(c.t, err)
	var trusted struct {
		Height int64 `json:"height"`
	}
	require.NoError(c.t, json.Unmarshal(raw, &trusted))
	require.Less(c.t, trusted.Height, changes[0])
	bundle := c.prints("query", "voucher", "proof", voucher, "--since", fmt.Sprint(trusted.Height))
	out, code := shugud(c.t, "verify", c.file("bundle.json", bundle), "--trust", root)
	require.Zero(c.t, code, out)
	c.t.Log("\n" + out)

	whole, err := verify.Decode([]byte(bundle))
	require.NoError(c.t, err)
	require.Len(c.t, whole.SetChanges, len(changes))
	for i := range changes {
		short := *whole
		short.SetChanges = slices.Delete(slices.Clone(whole.SetChanges), i, i+1)
		raw, err := short.Encode()
		require.NoError(c.t, err)
		out, code := shugud(c.t, "verify", c.file("short.json", string(raw)), "--trust", root)
		require.Equal(c.t, 1, code, "without change %d: %s", i, out)
		require.Contains(c.t, out, "INCONSISTENT")
	}
}
