//go:build system

package system_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/tests/system/harness"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

const (
	// floodGas is the gas limit of each transaction of a flood: 15 fill a block, 30 a member's quota.
	floodGas = app.MaxBlockGas / 15
	// ownGas is what the member under flood asks for.
	ownGas = 1_000_000
	// promptly is how many blocks a member's transaction takes at most while another
	// floods: the two blocks that a quota fills, the one being made when it was sent, and
	// its own. Without quotas, burst blocks would be before it.
	promptly = 4
	// burst is how many blocks' worth of gas the flood tries to send before the first
	// transaction of the other member.
	burst = 10
)

// idle is a message that any member may send; it fails in its block.
func idle(w *wallet) sdk.Msg {
	return &product.MsgDelist{Signer: w.account.Address, Product: "none", Reason: "flood"}
}

// flood sends until the context ends; tried is closed after the burst. It returns how many
// transactions were taken and how many the quota refused.
func flood(ctx context.Context, w *wallet, tried chan<- struct{}) (taken, overQuota int, err error) {
	for n := 0; ctx.Err() == nil; n++ {
		if n == 15*burst {
			close(tried)
		}
		res, err := w.send(ctx, w.sign(floodGas, idle(w)))
		switch {
		case ctx.Err() != nil:
		case err != nil:
			return taken, overQuota, err
		case res.Code == 0:
			taken++
			w.sequence++
		case res.Codespace == consortium.ModuleName && res.Code == consortium.ErrQuotaExceeded.ABCICode():
			overQuota++
		case res.Codespace == sdkerrors.RootCodespace && res.Code == sdkerrors.ErrWrongSequence.ABCICode():
			_, w.sequence = w.onChain()
		default:
			return taken, overQuota, fmt.Errorf("refused for another reason: %s", res.Log)
		}
	}
	return taken, overQuota, nil
}

// delays sends a member's own transactions one by one and returns after how many blocks each stood in one.
func delays(w *wallet, count int) (blocks []int64) {
	w.t.Helper()
	for range count {
		before := w.height()
		sent, err := w.send(w.t.Context(), w.sign(ownGas, idle(w)))
		require.NoError(w.t, err)
		require.Zero(w.t, sent.Code, sent.Log)
		w.sequence++
		blocks = append(blocks, w.seen(sent).Height-before)
	}
	return blocks
}

func floodedChain(t *testing.T) *testnet.Chain {
	t.Helper()
	return harness.Up(t, harness.Config(t, 2, "hangzhou")).Chain(hangzhou)
}

// A member that floods with all that its quota allows, and tries much more, slows another
// member's transactions by the blocks that its quota fills, and no more.
func TestMemberWithAFullQuotaSlowsNobody(t *testing.T) {
	c := floodedChain(t)
	flooder, other := newWallet(t, c.Node(0), c, "bank"), newWallet(t, c.Node(1), c, "court")
	ctx, stop := context.WithCancel(t.Context())
	tried := make(chan struct{})
	var done sync.WaitGroup
	var taken, overQuota int
	var failed error
	done.Go(func() { taken, overQuota, failed = flood(ctx, flooder, tried) })
	defer done.Wait()
	defer stop()

	<-tried
	blocks := delays(other, 6)
	t.Logf("blocks that each transaction took under flood: %v", blocks)
	for i, n := range blocks {
		require.LessOrEqual(t, n, int64(promptly), "transaction %d", i)
	}
	stop()
	done.Wait()
	require.NoError(t, failed)
	t.Logf("of the flood %d transactions were taken, %d refused by the quota", taken, overQuota)
	require.GreaterOrEqual(t, taken, 30, "a whole quota was used")
	require.Greater(t, overQuota, 15*(burst-3), "and much more was tried")
	starts(t, export(t, c.Node(1))) // with a quota that is used up
}

// A stranger who names a member as signer, with signatures that are not the
// member's, neither keeps the member's transactions out nor spends its quota.
func TestStrangersBadSignaturesSpendNothing(t *testing.T) {
	c := floodedChain(t)
	stranger, member := newWallet(t, c.Node(0), c, "court"), newWallet(t, c.Node(0), c, "court")
	raw := stranger.sign(floodGas, idle(stranger))
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	var refused int
	started := make(chan struct{})
	done.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			res, err := stranger.send(ctx, forge(t, raw, n%512))
			if err == nil && res.Code != 0 {
				refused++
			}
			if n == 200 {
				close(started)
			}
		}
	})
	defer done.Wait()
	defer stop()

	<-started
	blocks := delays(member, 4)
	t.Logf("blocks that each of the member's transactions took: %v", blocks)
	for i, n := range blocks {
		require.LessOrEqual(t, n, int64(3), "transaction %d", i)
	}
	starts(t, export(t, c.Node(1))) // while the other one is flooded
	require.NoError(t, c.Node(1).Start(t.Context()))
	stop()
	done.Wait()
	t.Logf("%d of the stranger's transactions were refused", refused)
	require.Greater(t, refused, 200)
	var quota struct {
		Used string `json:"gas_used"`
	}
	query(t, c, &quota, "consortium", "quota", strconv.FormatUint(uint64(member.account.Member), 10))
	used, _ := strconv.ParseUint(quota.Used, 10, 64) // absent: 0
	require.LessOrEqual(t, used, uint64(4*ownGas), "only the member's own transactions count")
}
