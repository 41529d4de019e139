package chains_test

import (
	"flag"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/shugu-network/shugu/testutil/chains"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// merchants of the model; the first two have a product each, and all of them buy.
var merchants = []string{"seller", "seller-2", "buyer", "buyer-2"}

// life is what the model knows of a contract.
type life struct {
	pair     pair
	status   trade.Status
	deadline int64
}

// model is a chain as a map, beside the real one.
type model struct {
	t     *testing.T
	chain *chains.Chain
	batch *batch
	// products by seller.
	products map[string]string
	lives    map[string]*life
	// money of each party now, and what is credited to it at the end of the block.
	money, credits map[string]int64
	// expect what each transaction of the block in the making will do.
	expect []expectation
}

// expectation of a transaction: whether it succeeds, and for a quote the contract to be.
type expectation struct {
	ok    bool
	quote *life
}

// perMerchant is not enough for everything that a merchant would like to buy.
const perMerchant = 3 * price

func newModel(t *testing.T) *model {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	m := &model{
		t: t, chain: c, batch: newBatch(c), products: map[string]string{},
		lives: map[string]*life{}, money: map[string]int64{}, credits: map[string]int64{},
	}
	for _, seller := range merchants[:2] {
		m.products[seller] = newPair(c, seller, "").product
	}
	for _, party := range merchants {
		deposit(c, party, perMerchant)
		m.money[party] = perMerchant
	}
	return m
}

func (m *model) now() int64 { return m.chain.Coordinator.CurrentTime.Unix() }

// actions: a block is filled with messages, one after the other, and then run.
func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"quote": func(rt *rapid.T) {
			m.begin()
			p := pair{seller: rapid.SampledFrom(merchants[:2]).Draw(rt, "seller")}
			p.product = m.products[p.seller]
			p.buyer = rapid.SampledFrom(slices.DeleteFunc(slices.Clone(merchants), func(party string) bool { return party == p.seller })).Draw(rt, "buyer")
			m.batch.add(p.seller, p.quote(m.chain))
			m.expect = append(m.expect, expectation{true, &life{p, trade.STATUS_QUOTED, m.now() + int64(within/time.Second)}})
		},
		"any step": func(rt *rapid.T) {
			m.step(m.someone(rt), rapid.SampledFrom([]string{"agree", "fund", "deliver", "accept", "cancel"}).Draw(rt, "step"))
		},
		// What its parties would do next, so that many contracts get far.
		"next step": func(rt *rapid.T) { m.progress(m.someone(rt)) },
		"all the way": func(rt *rapid.T) {
			id := m.someone(rt)
			for range 4 {
				m.progress(id)
			}
		},
		"block": func(rt *rapid.T) { m.run(rt) },
		"time": func(rt *rapid.T) {
			m.run(rt)
			seconds := rapid.SampledFrom([]int{1, 1_800, 3_590, 3_600, 100_000}).Draw(rt, "seconds")
			m.chain.Coordinator.IncrementTimeBy(time.Duration(seconds) * time.Second)
			m.run(rt)
		},
	}
}

func (m *model) someone(rt *rapid.T) string {
	m.begin()
	if len(m.lives) == 0 {
		rt.Skip("no contract yet")
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(m.lives))).Draw(rt, "contract")
}

func (m *model) progress(id string) {
	if next, ok := map[trade.Status]string{
		trade.STATUS_QUOTED: "agree", trade.STATUS_AGREED: "fund", trade.STATUS_FUNDED: "deliver", trade.STATUS_DELIVERED: "accept",
	}[m.lives[id].status]; ok {
		m.step(id, next)
	}
}

// step adds a message to the block and moves the model. No deadline passes within a
// block, and BeginBlock carried out those before, so that none is late.
func (m *model) step(id, name string) {
	l := m.lives[id]
	party, msg := l.pair.step(m.chain, name, id)
	m.batch.add(party, msg)
	to, ok := map[trade.Status]map[string]trade.Status{
		trade.STATUS_QUOTED:    {"agree": trade.STATUS_AGREED, "cancel": trade.STATUS_CANCELLED},
		trade.STATUS_AGREED:    {"fund": trade.STATUS_FUNDED, "cancel": trade.STATUS_CANCELLED},
		trade.STATUS_FUNDED:    {"deliver": trade.STATUS_DELIVERED, "cancel": trade.STATUS_REFUNDED},
		trade.STATUS_DELIVERED: {"accept": trade.STATUS_SETTLED},
	}[l.status][name]
	ok = ok && (name != "fund" || m.money[party] >= price)
	m.expect = append(m.expect, expectation{ok: ok})
	if ok {
		m.move(id, to)
	}
}

// move changes the model. What a party is paid it has from the next block on.
func (m *model) move(id string, to trade.Status) {
	l := m.lives[id]
	l.status, l.deadline = to, m.now()+int64(within/time.Second)
	switch to {
	case trade.STATUS_UNSPECIFIED:
		delete(m.lives, id)
	case trade.STATUS_FUNDED:
		m.money[l.pair.buyer] -= price
	case trade.STATUS_REFUNDED:
		m.credits[l.pair.buyer] += price
	case trade.STATUS_SETTLED:
		m.credits[l.pair.seller] += sellersShare
		m.credits["exchange"] += exchangesShare
	}
}

// begin carries out the deadlines that have come, before a block's first message.
func (m *model) begin() {
	if len(m.expect) > 0 {
		return
	}
	exits := map[trade.Status]trade.Status{
		trade.STATUS_QUOTED: trade.STATUS_UNSPECIFIED, trade.STATUS_AGREED: trade.STATUS_CANCELLED,
		trade.STATUS_FUNDED: trade.STATUS_REFUNDED, trade.STATUS_DELIVERED: trade.STATUS_SETTLED,
	}
	for id, l := range m.lives {
		if to, open := exits[l.status]; open && l.deadline <= m.now() {
			m.move(id, to)
		}
	}
}

// run runs the block, compares each transaction with what the model expects of it, and
// afterwards the worlds.
func (m *model) run(rt *rapid.T) {
	m.begin()
	results := m.batch.run()
	require.Len(rt, results, len(m.expect))
	for i, e := range m.expect {
		require.Equal(rt, e.ok, results[i].Code == abci.CodeTypeOK, "transaction %d: %s", i, results[i].Log)
		if e.quote != nil {
			var quoted trade.MsgQuoteResponse
			decode(m.chain, results[i], &quoted)
			require.NotContains(rt, m.lives, quoted.Id)
			m.lives[quoted.Id] = e.quote
		}
	}
	for party, fen := range m.credits {
		m.money[party] += fen
	}
	m.expect, m.credits = nil, map[string]int64{}
	m.compare(rt)
}

// compare asserts that the worlds are equal: every contract, every account, the escrow.
func (m *model) compare(rt *rapid.T) {
	genesis, err := m.chain.Shugu.Trade.ExportGenesis(m.chain.Query())
	require.NoError(rt, err)
	require.Len(rt, genesis.Contracts, len(m.lives))
	escrowed := int64(0)
	for _, c := range genesis.Contracts {
		l := m.lives[c.Id]
		require.NotNil(rt, l, c.Id)
		require.Equal(rt, l.status, c.Status, c.Id)
		if c.Status.Open() {
			require.Equal(rt, l.deadline, c.Deadline, c.Id)
		}
		if c.Status.Escrowed() {
			escrowed += price
		}
	}
	for _, party := range append([]string{"exchange"}, merchants...) {
		require.Equal(rt, m.money[party], has(m.chain, party), party)
	}
	require.Equal(rt, escrowed, inEscrow(m.chain))
	require.EqualValues(rt, perMerchant*len(merchants), supply(m.chain))
	checkAll(rt, m.chain)
}

// TestRandomLives lets four merchants trade at random through the whole application.
// Each check starts a chain, so there are fewer of them than rapid makes by itself;
// -rapid.checks and -rapid.steps ask for more.
func TestRandomLives(t *testing.T) {
	unlessAsked(t, "rapid.checks", "100", 6)
	unlessAsked(t, "rapid.steps", "30", 100)
	rapid.Check(t, func(rt *rapid.T) {
		m := newModel(t)
		rt.Repeat(m.actions())
		m.run(rt)
	})
}

// unlessAsked sets a flag that has its standard value, for the time of a test.
func unlessAsked(t *testing.T, name, standard string, value int) {
	f := flag.Lookup(name)
	require.NotNil(t, f)
	if f.Value.String() != standard {
		return
	}
	require.NoError(t, f.Value.Set(strconv.Itoa(value)))
	t.Cleanup(func() { require.NoError(t, f.Value.Set(standard)) })
}
