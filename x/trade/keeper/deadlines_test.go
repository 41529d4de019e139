package keeper_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/x/trade/types"
)

func TestDeadlineExits(t *testing.T) {
	for from, to := range map[types.Status]types.Status{
		types.STATUS_QUOTED:    types.STATUS_UNSPECIFIED, // forgotten
		types.STATUS_AGREED:    types.STATUS_CANCELLED,
		types.STATUS_FUNDED:    types.STATUS_REFUNDED,
		types.STATUS_DELIVERED: types.STATUS_SETTLED,
	} {
		t.Run(from.String(), func(t *testing.T) {
			w := newWorld(t)
			id := w.at(from, w.deal())
			w.in(within - 1)
			require.Equal(t, from, w.contract(id).Status, "a second before the deadline")
			w.in(1)
			require.NoError(t, w.keeper.Check(w.Ctx))
			if to == types.STATUS_UNSPECIFIED {
				_, err := w.keeper.Contract(w.Ctx, id)
				require.ErrorIs(t, err, types.ErrContractNotFound)
				return
			}
			c := w.contract(id)
			require.Equal(t, to, c.Status)
			require.Equal(t, w.Ctx.BlockHeight(), c.Height)
			paid := int64(0)
			if to == types.STATUS_SETTLED {
				paid = price
				requireSettled(t, w, id, true)
			}
			require.EqualValues(t, wallet-paid, w.money.balance(w.Ctx, buyerNo))
			after := w.stored()
			w.in(365 * day)
			require.Equal(t, after, w.stored(), "a final contract stays as it is")
		})
	}
}

// A deadline is exclusive: what may be done in time may be done a second before it, and no later.
func TestDeadlineBoundary(t *testing.T) {
	for _, tc := range legal {
		if tc.step == "accept" || tc.step == "cancel" {
			continue // they do what the deadline would do, and stay possible
		}
		t.Run(tc.step, func(t *testing.T) {
			w := newWorld(t)
			early, late := w.at(tc.from, w.deal()), w.at(tc.from, w.deal())
			w.Advance((within - 1) * time.Second)
			require.NoError(t, w.send(w.Ctx, tc.step, early, tc.by))
			w.Advance(time.Second)
			w.refused(types.ErrDeadlinePassed, func() error { return w.send(w.Ctx, tc.step, late, tc.by) })
		})
	}
}

func TestHugeJumpOfTime(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	w.in(20 * 365 * day)
	requireSettled(t, w, id, true)
}

func TestTwoSettlementsBySilenceInOneBlock(t *testing.T) {
	w := newWorld(t)
	one, two, other := w.at(types.STATUS_DELIVERED, w.deal()), w.at(types.STATUS_DELIVERED, w.deal()), w.at(types.STATUS_DELIVERED, w.dealTwo())
	w.in(within)
	numbers := map[string]bool{}
	for _, id := range []string{one, two, other} {
		requireSettled(t, w, id, true)
		numbers[w.contract(id).Voucher] = true
	}
	require.Len(t, numbers, 3)
	require.EqualValues(t, wallet-2*price, w.money.balance(w.Ctx, buyerNo))
	require.EqualValues(t, wallet-price, w.money.balance(w.Ctx, buyerTwoNo))
	require.EqualValues(t, 2*9001, w.money.balance(w.Ctx, sellerNo))
	require.EqualValues(t, 3*1000, w.money.balance(w.Ctx, exchangeNo))
	silent := 0
	for _, e := range w.Ctx.EventManager().Events() {
		if a, found := e.GetAttribute("by_silence"); found && a.Value == "true" {
			silent++
		}
	}
	require.Equal(t, 3, silent)
}

func TestFiveThousandDeadlinesAreDrainedOverBlocks(t *testing.T) {
	const all, perBlock = 5000, 200
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Counters = []types.Counter{{Seller: sellerNo, Day: "261122", Next: all + 1}}
	for i := 1; i <= all; i++ {
		g.Contracts = append(g.Contracts, types.Contract{
			Id: fmt.Sprintf("261122-000002-%06d", i), Deal: w.deal(), Status: types.STATUS_AGREED,
			Deadline: w.now() + within - int64(i%7), Exchange: exchangeNo, Industry: "transport", ProductDigest: make([]byte, 32),
		})
	}
	require.NoError(t, g.Validate())
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	w.Advance(within * time.Second)
	for block := 1; block <= all/perBlock; block++ {
		require.NoError(t, w.keeper.BeginBlock(w.Ctx))
		require.Len(t, w.Ctx.EventManager().Events(), perBlock, "block %d", block)
		w.Advance(0)
	}
	require.Empty(t, w.queue())
	require.NoError(t, w.keeper.Check(w.Ctx))
	for _, c := range g.Contracts {
		require.Equal(t, types.STATUS_CANCELLED, w.contract(c.Id).Status)
	}
}

// The earliest deadlines go first, whoever they belong to.
func TestEarliestDeadlineGoesFirst(t *testing.T) {
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Params.MaxDeadlinesPerBlock = 1
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	late := w.deal()
	late.FundWithin = within + 2
	second, first := w.at(types.STATUS_AGREED, late), w.at(types.STATUS_AGREED, w.dealTwo())
	w.in(within + 2)
	require.Equal(t, types.STATUS_CANCELLED, w.contract(first).Status)
	require.Equal(t, types.STATUS_AGREED, w.contract(second).Status)
	w.in(0)
	require.Equal(t, types.STATUS_CANCELLED, w.contract(second).Status)
}

// queue lists the keys of the deadline queue.
func (w *world) queue() []string {
	var keys []string
	it := storetypes.KVStorePrefixIterator(w.Ctx.KVStore(w.Key(types.StoreKey)), types.QueuePrefix.Bytes())
	for ; it.Valid(); it.Next() {
		keys = append(keys, string(it.Key()))
	}
	require.NoError(w.t, it.Close())
	return keys
}
