package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/chains"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// Two trades that were funded in earlier blocks settle by silence in the block in which
// a third one is funded, delivered and accepted. Credits of all three are booked
// together at its end, some from coins that came in within it.
func TestTwoSettlementsBySilenceInOneBlock(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	one, two := newPair(c, "seller", "buyer"), newPair(c, "seller-2", "buyer-2")
	deposit(c, "buyer", 2*price)
	deposit(c, "buyer-2", 2*price)
	first, second := one.reach(c, trade.STATUS_DELIVERED), two.reach(c, trade.STATUS_DELIVERED)
	c.Coordinator.IncrementTimeBy(within - 100*time.Second)
	third := two.reach(c, trade.STATUS_AGREED)
	require.EqualValues(t, 2*price, inEscrow(c))
	c.Coordinator.IncrementTimeBy(100 * time.Second)

	b := newBatch(c)
	b.add("buyer-2", two.fund(c, third.Id))
	b.add("seller-2", two.deliver(c, third.Id))
	b.add("buyer-2", two.accept(c, third.Id))
	b.mustRun()

	for id, bySilence := range map[string]bool{first.Id: true, second.Id: true, third.Id: false} {
		settled := contract(c, id)
		require.Equal(t, trade.STATUS_SETTLED, settled.Status)
		require.Equal(t, bySilence, settled.BySilence, id)
		require.Equal(t, c.Shugu.LastBlockHeight(), settled.Height, "all in one block")
		record, err := c.Shugu.Settlement.Record(c.Query(), id)
		require.NoError(t, err)
		require.Equal(t, settled.Voucher, record.Voucher)
	}
	require.EqualValues(t, 0, inEscrow(c))
	require.EqualValues(t, sellersShare, has(c, "seller"))
	require.EqualValues(t, 2*sellersShare, has(c, "seller-2"))
	require.EqualValues(t, 3*exchangesShare, has(c, "exchange"))
	require.EqualValues(t, price, has(c, "buyer"))
	require.EqualValues(t, 0, has(c, "buyer-2"))
	require.EqualValues(t, 4*price, supply(c))
	checkAll(t, c)
}

// A thousand deadlines that come at once are carried out two hundred a block, which is
// the parameter's default; each block's books balance.
func TestAThousandDeadlinesAreDrainedOverBlocks(t *testing.T) {
	const delivered, funded, perBlock = 700, 300, 200
	c := chains.New(t, hangzhou).Chain(hangzhou)
	p := newPair(c, "seller", "buyer")
	deposit(c, "buyer", (delivered+funded)*price)
	ids := bulk(c, p, delivered+funded)
	for _, name := range ways[trade.STATUS_FUNDED] {
		each(c, p, name, ids)
	}
	each(c, p, "deliver", ids[:delivered])
	require.EqualValues(t, (delivered+funded)*price, inEscrow(c))
	checkAll(t, c)

	c.Coordinator.IncrementTimeBy(within)
	for left := delivered + funded; left > 0; left -= perBlock {
		require.Equal(t, left, count(c, ids, trade.STATUS_DELIVERED)+count(c, ids, trade.STATUS_FUNDED))
		c.Block(nil)
		settled, refunded := count(c, ids, trade.STATUS_SETTLED), count(c, ids, trade.STATUS_REFUNDED)
		require.Equal(t, delivered+funded-left+perBlock, settled+refunded)
		require.EqualValues(t, settled*sellersShare, has(c, "seller"), "booked in the same block")
		require.EqualValues(t, refunded*price, has(c, "buyer"))
		require.EqualValues(t, (left-perBlock)*price, inEscrow(c))
		checkAll(t, c)
	}
	require.Equal(t, delivered, count(c, ids, trade.STATUS_SETTLED))
	require.Equal(t, funded, count(c, ids, trade.STATUS_REFUNDED))
	require.EqualValues(t, delivered*exchangesShare, has(c, "exchange"))
	require.EqualValues(t, (delivered+funded)*price, supply(c))
}

// perTransaction is how many messages of bulk stand in a transaction.
const perTransaction = 50

// bulk quotes many contracts in one block and returns their ids.
func bulk(c *chains.Chain, p pair, n int) (ids []string) {
	b, day := newBatch(c), c.Coordinator.CurrentTime
	for i := 0; i < n; i += perTransaction {
		var msgs []sdk.Msg
		for range perTransaction {
			msgs = append(msgs, p.quote(c))
			ids = append(ids, contractID(day, p.seller, len(ids)+1))
		}
		b.add(p.seller, msgs...)
	}
	b.mustRun()
	return ids
}

// each takes one step of many contracts in one block.
func each(c *chains.Chain, p pair, step string, ids []string) {
	b := newBatch(c)
	for len(ids) > 0 {
		var (
			party string
			msgs  []sdk.Msg
		)
		n := min(perTransaction, len(ids))
		for _, id := range ids[:n] {
			by, msg := p.step(c, step, id)
			party, msgs = by, append(msgs, msg)
		}
		b.add(party, msgs...)
		ids = ids[n:]
	}
	b.mustRun()
}

// count tells how many of the contracts have a status.
func count(c *chains.Chain, ids []string, status trade.Status) (n int) {
	for _, id := range ids {
		if contract(c, id).Status == status {
			n++
		}
	}
	return n
}
