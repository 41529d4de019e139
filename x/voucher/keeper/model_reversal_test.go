package keeper_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	product "github.com/shugu-network/shugu/x/product/types"
	settlementkeeper "github.com/shugu-network/shugu/x/settlement/keeper"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// moneyBank is the member that issues fen; its number follows the others'.
const moneyBank = 6

var payees = []string{"杭州数据交易所", "Seller", "Buyer", "Other seller"} // by number, from 1

// reversals is a world of vouchers over the settlement's own keeper, and what should be open.
type reversals struct {
	*world
	bank  *fake.Bank
	money *settlementkeeper.Keeper
	send  settlement.MsgServer

	trades []types.Voucher
	// open are the requests by number, with their requesters.
	open map[string]types.MsgRequestReversal
	by   map[string]uint32
	ends map[string]int64
	// left are fen by number and line.
	left map[string][]int64
}

func newReversals(t testing.TB) *reversals {
	f := fixture.New(t, types.StoreKey, types.StatusStoreKey, types.RequestStoreKey, settlement.StoreKey, settlement.ClawBackStoreKey, "bank")
	m := &reversals{
		world: &world{Fixture: f, t: t}, bank: fake.NewBank(f.Key("bank"), f.ObjectKey("bank"), settlement.ModuleName),
		open: map[string]types.MsgRequestReversal{}, by: map[string]uint32{}, ends: map[string]int64{}, left: map[string][]int64{},
	}
	m.members = fake.NewMembership(
		consortium.Member{Name: payees[0]}, consortium.Member{Name: payees[1]}, consortium.Member{Name: payees[2]},
		consortium.Member{Name: payees[3]}, consortium.Member{Name: "Ningbo"},
		consortium.Member{Name: "Bank", Roles: []consortium.Role{consortium.ROLE_BANK}},
	)
	m.money = settlementkeeper.New(settlementkeeper.Deps{
		Codec: f.Codec, Address: f.Address, Store: f.Service(settlement.StoreKey), ClawBackStore: f.Service(settlement.ClawBackStoreKey),
		ObjectKey: f.ObjectKey(settlement.StoreKey), Bank: m.bank, Accounts: m.bank, Membership: m.members,
	})
	m.k = keeper.New(keeper.Deps{
		Codec: f.Codec, Address: f.Address, Store: f.Service(types.StoreKey), StatusStore: f.Service(types.StatusStoreKey),
		RequestStore: f.Service(types.RequestStoreKey), Members: m.members, Settlement: m.money,
	})
	m.msg, m.send = keeper.NewMsgServer(m.k), settlementkeeper.NewMsgServer(m.money)
	require.NoError(t, m.money.InitGenesis(f.Ctx, settlement.DefaultGenesis()))
	require.NoError(t, m.k.InitGenesis(f.Ctx, *types.DefaultGenesis()))
	return m
}

// try runs a step as a transaction does: what it writes stands only when it succeeds.
func (m *reversals) try(f func(ctx context.Context) error) error {
	cached, write := m.Ctx.CacheContext()
	err := f(cached)
	if err == nil {
		write()
	}
	return err
}

// trade settles a trade of random lines and split, and issues its voucher.
func (m *reversals) trade(t *rapid.T) {
	n := uint32(len(m.trades) + 1)
	r := trade()
	r.Settlement, r.Lines, r.Total = ids.Contract("261123", seller, n), nil, math.ZeroInt()
	fen := rapid.SliceOfN(rapid.Int64Range(1, 60), 1, 4).Draw(t, "lines")
	for _, f := range fen {
		r.Lines, r.Total = append(r.Lines, types.Line{What: "data", Units: 1, Amount: math.NewInt(f)}), r.Total.AddRaw(f)
	}
	who := rapid.SliceOfNDistinct(rapid.SampledFrom([]uint32{hangzhou, seller, buyer, other}), 1, 4, rapid.ID).Draw(t, "payees")
	split := product.Split{RemainderOwner: who[0]}
	rest := uint32(product.BasisPoints)
	for i, member := range who {
		points := rest
		if i < len(who)-1 {
			points = uint32(rapid.IntRange(1, int(rest)-(len(who)-1-i)).Draw(t, "points"))
		}
		rest -= points
		split.Shares = append(split.Shares, product.Share{Member: member, BasisPoints: points})
	}
	m.deposit(t, buyer, r.Total)
	var v types.Voucher
	require.NoError(t, m.try(func(ctx context.Context) (err error) {
		if err = m.money.Open(ctx, r.Settlement, buyer, r.Total); err != nil {
			return err
		}
		if v, err = m.k.Issue(ctx, r); err != nil {
			return err
		}
		_, err = m.money.Settle(ctx, settlement.Settlement{ID: r.Settlement, Seller: seller, Buyer: buyer, Split: split, Voucher: v.Number})
		return err
	}))
	m.trades, m.left[v.Number] = append(m.trades, v), fen
}

func (m *reversals) deposit(t *rapid.T, member uint32, amount math.Int) {
	_, err := m.send.Deposit(m.Ctx, &settlement.MsgDeposit{Signer: keys.Bech32("Bank"), Member: member, Amount: amount})
	require.NoError(t, err)
}

func (m *reversals) ask(t *rapid.T) {
	if len(m.trades) == 0 {
		t.Skip("nothing was sold")
	}
	v := rapid.SampledFrom(m.trades).Draw(t, "voucher")
	by := rapid.SampledFrom([]uint32{seller, buyer}).Draw(t, "by")
	msg := requestMsg(by, v.Number, rapid.SliceOfN(rapid.Int64Range(0, 60), 1, 4).Draw(t, "amounts")...)
	if len(msg.Lines) == 0 {
		t.Skip("takes nothing")
	}
	var want error
	for _, l := range msg.Lines {
		if int(l.Line) >= len(m.left[v.Number]) {
			want = types.ErrNoSuchLine
			break
		}
		if l.Amount.Int64() > m.left[v.Number][l.Line] {
			want = types.ErrExceedsRemaining
			break
		}
	}
	if _, taken := m.open[v.Number]; taken {
		want = types.ErrRequestOpen
	}
	err := m.try(func(ctx context.Context) error { _, err := m.msg.RequestReversal(ctx, msg); return err })
	if want != nil {
		require.ErrorIs(t, err, want)
		return
	}
	require.NoError(t, err)
	m.open[v.Number], m.by[v.Number], m.ends[v.Number] = *msg, by, m.Ctx.BlockTime().Unix()+window
}

// answer confirms, declines or withdraws an open request, now and then as the wrong party.
func (m *reversals) answer(t *rapid.T) {
	if len(m.open) == 0 {
		t.Skip("nothing is open")
	}
	var numbers []string
	for n := range m.open {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	number := rapid.SampledFrom(numbers).Draw(t, "number")
	request, how := m.open[number], rapid.SampledFrom([]string{"confirm", "confirm", "confirm", "decline", "withdraw"}).Draw(t, "how")
	right := seller + buyer - m.by[number]
	if how == "withdraw" {
		right = m.by[number]
	}
	signs := rapid.SampledFrom([]uint32{right, right, right, seller + buyer - right, other}).Draw(t, "signs")
	err := m.try(func(ctx context.Context) (err error) {
		switch how {
		case "confirm":
			_, err = m.msg.ConfirmReversal(ctx, &types.MsgConfirmReversal{Signer: signer(signs), Number: number, Lines: request.Lines, ReasonDigest: request.ReasonDigest})
		case "decline":
			_, err = m.msg.DeclineReversal(ctx, declineMsg(signs, number))
		default:
			_, err = m.msg.WithdrawReversal(ctx, &types.MsgWithdrawReversal{Signer: signer(signs), Number: number})
		}
		return err
	})
	if signs != right {
		require.ErrorIs(t, err, types.ErrWrongParty)
		return
	}
	require.NoError(t, err)
	if how == "confirm" {
		for _, l := range request.Lines {
			m.left[number][l.Line] -= l.Amount.Int64()
		}
	}
	delete(m.open, number)
}

// spend has a payee's fen leave the chain, so that it cannot give them back.
func (m *reversals) spend(t *rapid.T) {
	member := rapid.SampledFrom([]uint32{hangzhou, seller, other}).Draw(t, "member")
	has := m.bank.GetBalance(m.Ctx, keys.Address(payees[member-1]), settlement.Denom).Amount
	if !has.IsPositive() {
		t.Skip("has nothing")
	}
	amount := rapid.Int64Range(1, has.Int64()).Draw(t, "amount")
	_, err := m.send.RequestWithdrawal(m.Ctx, &settlement.MsgRequestWithdrawal{Signer: keys.Bech32(payees[member-1]), Bank: moneyBank, Amount: math.NewInt(amount)})
	require.NoError(t, err)
}

// pay pays on every debt what the debtor has, after a deposit for some.
func (m *reversals) pay(t *rapid.T) {
	res, err := settlementkeeper.NewQueryServer(m.money).Debts(m.Ctx, &settlement.QueryDebtsRequest{})
	require.NoError(t, err)
	for _, d := range res.Debts {
		if !d.Outstanding().IsPositive() {
			continue
		}
		m.deposit(t, d.Debtor, math.OneInt())
		has := m.bank.GetBalance(m.Ctx, keys.Address(payees[d.Debtor-1]), settlement.Denom).Amount
		_, err := m.send.PayDebt(m.Ctx, &settlement.MsgPayDebt{Signer: keys.Bech32(payees[d.Debtor-1]), Debt: d.Id, Amount: math.MinInt(has, d.Outstanding())})
		require.NoError(t, err)
	}
}

// block ends the block; the next one begins after some time.
func (m *reversals) block(t *rapid.T) {
	require.NoError(t, m.money.Flush(m.Ctx))
	require.NoError(t, m.bank.EndBlock(m.Ctx))
	m.Advance(time.Duration(rapid.IntRange(1, 40*60*60).Draw(t, "seconds")) * time.Second)
	require.NoError(t, m.k.BeginBlock(m.Ctx))
	for number, end := range m.ends {
		if end <= m.Ctx.BlockTime().Unix() {
			delete(m.open, number)
		}
	}
}

// check compares vouchers, requests and money.
func (m *reversals) check(t *rapid.T) {
	require.NoError(t, m.k.Check(m.Ctx))
	require.NoError(t, m.money.Check(m.Ctx))
	for _, v := range m.trades {
		_, err := m.k.Request(m.Ctx, v.Number)
		_, open := m.open[v.Number]
		require.Equal(t, open, err == nil)
		taken := v.Total.Int64()
		for _, fen := range m.left[v.Number] {
			taken -= fen
		}
		res, err := settlementkeeper.NewQueryServer(m.money).ClawBack(m.Ctx, &settlement.QueryClawBackRequest{Settlement: v.Settlement})
		if errors.Is(err, settlement.ErrClawBackNotFound) {
			require.Zero(t, taken)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, taken, res.ClawBack.Reversed.Int64(), "what the vouchers lost, the payees gave or owe")
		if taken == v.Total.Int64() {
			record, err := m.money.Record(m.Ctx, v.Settlement)
			require.NoError(t, err)
			for i, given := range res.ClawBack.Given() {
				require.Equal(t, record.Payouts[i].Amount.String(), given.String())
			}
		}
	}
}

// TestReversalsConserve lives random lives of trades and reversals by consent, over the
// settlement's own keeper: vouchers and money never part.
func TestReversalsConserve(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newReversals(t)
		rt.Repeat(map[string]func(*rapid.T){
			"trade": m.trade, "ask": m.ask, "answer": m.answer, "spend": m.spend, "pay": m.pay, "block": m.block, "": m.check,
		})
	})
}
