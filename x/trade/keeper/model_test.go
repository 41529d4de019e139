package keeper_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/trade/types"
)

// life is what the model knows of a contract.
type life struct {
	status        types.Status
	seller, buyer uint32
	deadline      int64 // of the status
	due           int64 // when the queue tries it
	attempts      int
}

// model is the world as a map, beside the real one.
type model struct {
	*world
	lives    map[string]*life
	accounts map[uint32]int64
}

const modelPerBlock = 3

func newModel(t testing.TB) *model {
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Params.MaxDeadlinesPerBlock = modelPerBlock
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	m := &model{world: w, lives: map[string]*life{}, accounts: map[uint32]int64{}}
	for _, buyer := range []uint32{buyerNo, buyerTwoNo} {
		m.accounts[buyer] = 4 * price // not enough for everything
		w.money.add(w.Ctx, buyer, 4*price)
	}
	return m
}

// move changes the model; every step is a hundred seconds long.
func (m *model) move(id string, to types.Status) {
	l := m.lives[id]
	switch to {
	case types.STATUS_UNSPECIFIED:
		delete(m.lives, id)
		return
	case types.STATUS_FUNDED:
		m.accounts[l.buyer] -= price
	case types.STATUS_REFUNDED:
		m.accounts[l.buyer] += price
	case types.STATUS_SETTLED:
		m.accounts[l.seller] += 9001
		m.accounts[exchangeNo] += 1000
	}
	l.status, l.attempts, l.deadline = to, 0, 0
	if to.Open() {
		l.deadline = m.now() + 100
	}
	l.due = l.deadline
}

// allowed says where a message leads, if anywhere.
func (m *model) allowed(l *life, id, step string, by uint32) (types.Status, bool) {
	for _, row := range legal {
		party := map[uint32]uint32{sellerNo: l.seller, buyerNo: l.buyer}[row.by]
		if row.from != l.status || row.step != step || party != by {
			continue
		}
		timely := step == "accept" || step == "cancel" || m.now() < l.deadline
		touchesMoney := step == "fund" || row.to == types.STATUS_REFUNDED || row.to == types.STATUS_SETTLED
		rich := step != "fund" || m.accounts[l.buyer] >= price
		return row.to, timely && rich && !m.holds[id] && (!touchesMoney || m.money.faults[id] == nil)
	}
	return 0, false
}

// beginBlock is BeginBlock in the model.
func (m *model) beginBlock() {
	ids := slices.Collect(maps.Keys(m.lives))
	ids = slices.DeleteFunc(ids, func(id string) bool { return !m.lives[id].status.Open() || m.lives[id].due > m.now() })
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.lives[a].due, m.lives[b].due), cmp.Compare(a, b))
	})
	for _, id := range ids[:min(len(ids), modelPerBlock)] {
		l := m.lives[id]
		if m.holds[id] || l.status.Escrowed() && m.money.faults[id] != nil {
			l.attempts++
			l.due = m.now() + min(int64(60)<<(l.attempts-1), day)
			continue
		}
		m.move(id, map[types.Status]types.Status{
			types.STATUS_AGREED: types.STATUS_CANCELLED, types.STATUS_FUNDED: types.STATUS_REFUNDED, types.STATUS_DELIVERED: types.STATUS_SETTLED,
		}[l.status])
	}
}

func (m *model) actions() map[string]func(*rapid.T) {
	someone := func(rt *rapid.T) string {
		if len(m.lives) == 0 {
			rt.Skip("no contract yet")
		}
		return rapid.SampledFrom(slices.Sorted(maps.Keys(m.lives))).Draw(rt, "contract")
	}
	return map[string]func(*rapid.T){
		"quote": func(rt *rapid.T) {
			d := rapid.SampledFrom([]types.Deal{m.deal(), m.dealTwo()}).Draw(rt, "deal")
			d.Buyer = rapid.SampledFrom([]uint32{buyerNo, buyerTwoNo}).Draw(rt, "buyer")
			d.FundWithin, d.DeliverWithin, d.AcceptWithin = 100, 100, 100
			r, err := m.msgs.Quote(m.Ctx, &types.MsgQuote{Signer: keys.Bech32(names[d.Seller]), Deal: d, ValidUntil: m.now() + 100})
			require.NoError(rt, err)
			require.NotContains(rt, m.lives, r.Id)
			m.lives[r.Id] = &life{seller: d.Seller, buyer: d.Buyer}
			m.move(r.Id, types.STATUS_QUOTED)
		},
		"message": func(rt *rapid.T) {
			id := someone(rt)
			step := rapid.SampledFrom(everyStep).Draw(rt, "step")
			by := rapid.SampledFrom([]uint32{m.lives[id].seller, m.lives[id].buyer, strangerNo}).Draw(rt, "by")
			m.message(rt, id, step, by)
		},
		// What its parties would do next, so that many contracts get far.
		"progress": func(rt *rapid.T) {
			id := someone(rt)
			l := m.lives[id]
			for _, row := range legal {
				if row.from == l.status && row.step != "cancel" {
					m.message(rt, id, row.step, map[uint32]uint32{sellerNo: l.seller, buyerNo: l.buyer}[row.by])
					return
				}
			}
		},
		"time": func(rt *rapid.T) {
			m.Advance(time.Duration(rapid.SampledFrom([]int64{0, 1, 50, 99, 100, 10_000}).Draw(rt, "seconds")) * time.Second)
			require.NoError(rt, m.keeper.BeginBlock(m.Ctx))
			m.beginBlock()
		},
		"hold": func(rt *rapid.T) {
			id := someone(rt)
			m.holds[id] = !m.holds[id]
		},
		"fault": func(rt *rapid.T) {
			id := someone(rt)
			if m.money.faults[id] != nil {
				delete(m.money.faults, id)
			} else {
				m.money.faults[id] = rapid.SampledFrom([]error{errFault, errNotListed}).Draw(rt, "fault")
			}
		},
		"": m.check,
	}
}

// message sends a message to both worlds, each transaction in a context of its own.
func (m *model) message(rt *rapid.T, id, step string, by uint32) {
	to, want := m.allowed(m.lives[id], id, step, by)
	transaction, write := m.Ctx.CacheContext()
	err := m.send(transaction, step, id, by)
	if !want {
		require.Error(rt, err)
		return
	}
	require.NoError(rt, err)
	write()
	m.move(id, to)
}

// check compares the worlds: every contract, every account, every escrow, record and place in the queue.
func (m *model) check(rt *rapid.T) {
	require.NoError(rt, m.keeper.Check(m.Ctx))
	g, err := m.keeper.ExportGenesis(m.Ctx)
	require.NoError(rt, err)
	require.Len(rt, g.Contracts, len(m.lives))
	open, failed, total := 0, 0, int64(0)
	for _, c := range g.Contracts {
		l := m.lives[c.Id]
		require.NotNil(rt, l, c.Id)
		require.Equal(rt, l.status, c.Status, c.Id)
		require.Equal(rt, l.deadline, c.Deadline, c.Id)
		require.Equal(rt, l.status.Escrowed(), m.money.escrowed(m.Ctx, c.Id), c.Id)
		require.Equal(rt, c.Voucher, m.money.record(m.Ctx, c.Id), c.Id)
		require.Equal(rt, l.status == types.STATUS_SETTLED, c.Voucher != "", c.Id)
		if l.status.Open() {
			open++
		}
		if l.status.Escrowed() {
			total += price
		}
		if l.attempts > 0 {
			failed++
		}
	}
	for _, f := range g.Failures {
		require.EqualValues(rt, m.lives[f.Contract].attempts, f.Attempts, f.Contract)
		require.Equal(rt, m.lives[f.Contract].due, f.RetryAt, f.Contract)
	}
	require.Len(rt, g.Failures, failed)
	require.Len(rt, m.queue(), open)
	for member := range names {
		require.Equal(rt, m.accounts[member], m.money.balance(m.Ctx, member), names[member])
		total += m.accounts[member]
	}
	require.True(rt, math.NewInt(total).Equal(math.NewInt(2*4*price)), "money is neither made nor lost")
}

func TestRandomLives(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { rt.Repeat(newModel(t).actions()) })
}
