package keeper_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	producttypes "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/settlement/keeper"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// Members of every world.
const (
	bankA uint32 = iota + 1
	bankB
	seller
	buyer
	partner
	exchange
	stranger = uint32(999)
)

var names = []string{"", "bank a", "bank b", "seller", "buyer", "partner", "exchange"}

// voucher is a number of the right form.
const voucher = "330126112300000300000155"

// bank is what a world needs beyond the keeper's own interfaces.
type bank interface {
	types.Bank
	types.Accounts
	EndBlock(ctx context.Context) error
}

// tb is what testing.T and rapid.T share.
type tb interface {
	require.TestingT
	Helper()
}

type world struct {
	tb
	*fixture.Fixture
	bank    bank
	fault   func(recipient sdk.AccAddress) error
	members *fake.Membership
	holds   *holds
	k       *keeper.Keeper
	msg     types.MsgServer
	query   types.QueryServer
}

// newWorld has a chain without money.
func newWorld(t testing.TB) *world {
	return newWorldWith(t, func(w *world) bank {
		b := fake.NewBank(w.Key("bank"), w.ObjectKey("bank"), types.ModuleName)
		b.Fault = w.askFault
		return b
	})
}

func newWorldWith(t testing.TB, makeBank func(*world) bank) *world {
	w := &world{tb: t, Fixture: fixture.New(t, types.StoreKey, types.ClawBackStoreKey, "bank", "acc"), holds: &holds{}}
	role := func(n uint32, r consortium.Role) consortium.Member {
		return consortium.Member{Name: names[n], Roles: []consortium.Role{r}}
	}
	w.members = fake.NewMembership(role(bankA, consortium.ROLE_BANK), role(bankB, consortium.ROLE_BANK),
		role(seller, consortium.ROLE_MERCHANT), role(buyer, consortium.ROLE_MERCHANT),
		role(partner, consortium.ROLE_MERCHANT), role(exchange, consortium.ROLE_EXCHANGE))
	w.bank = makeBank(w)
	w.k = keeper.New(w.deps())
	w.k.SetHolds(w.holds)
	w.msg, w.query = keeper.NewMsgServer(w.k), keeper.NewQueryServer(w.k)
	require.NoError(w, w.k.InitGenesis(w.Ctx, types.DefaultGenesis()))
	return w
}

func (w *world) deps() keeper.Deps {
	return keeper.Deps{
		Codec: w.Codec, Store: w.Service(types.StoreKey), ClawBackStore: w.Service(types.ClawBackStoreKey), Address: w.Address, ObjectKey: w.ObjectKey(types.StoreKey),
		Bank: w.bank, Membership: w.members, Accounts: w.bank,
	}
}

func (w *world) askFault(recipient sdk.AccAddress) error {
	if w.fault == nil {
		return nil
	}
	return w.fault(recipient)
}

// tx runs f as the block's transaction i: what it writes stands only when it succeeds.
func (w *world) tx(i int, f func(ctx context.Context) error) error {
	ctx, write := w.Ctx.WithTxIndex(i).CacheContext()
	if err := f(ctx); err != nil {
		return err
	}
	write()
	return nil
}

// endBlock ends the block as the application does, checks the books and goes to the next height.
func (w *world) endBlock() {
	w.Helper()
	require.NoError(w, w.k.Check(w.Ctx))
	require.NoError(w, w.k.Flush(w.Ctx))
	require.NoError(w, w.bank.EndBlock(w.Ctx))
	require.NoError(w, w.k.Check(w.Ctx))
	w.Advance(time.Second)
}

// deposit has bank a issue fen to a member.
func (w *world) deposit(member uint32, amount math.Int) {
	w.Helper()
	_, err := w.msg.Deposit(w.Ctx, &types.MsgDeposit{Signer: signer(bankA), Member: member, Amount: amount})
	require.NoError(w, err)
}

// open funds a trade as the block's transaction i.
func (w *world) open(i int, id string, amount int64) {
	w.Helper()
	require.NoError(w, w.tx(i, func(ctx context.Context) error { return w.k.Open(ctx, id, buyer, math.NewInt(amount)) }))
}

// settle settles a trade, all to the members in equal shares, as the block's transaction i.
func (w *world) settle(i int, id string, payees ...uint32) {
	w.Helper()
	require.NoError(w, w.tx(i, func(ctx context.Context) error {
		_, err := w.k.Settle(ctx, equalShares(id, payees...))
		return err
	}))
}

// has says what a member's account holds.
func (w *world) has(member uint32) math.Int {
	return w.bank.GetBalance(w.Ctx, keys.Address(names[member]), types.Denom).Amount
}

func (w *world) requireHas(member uint32, amount int64) {
	w.Helper()
	require.Equal(w, fmt.Sprint(amount), w.has(member).String(), names[member])
}

// module says what the module account holds.
func (w *world) module() string {
	return w.bank.GetBalance(w.Ctx, w.bank.GetModuleAddress(types.ModuleName), types.Denom).Amount.String()
}

// dump shows all keys and values of the stores.
func (w *world) dump() map[string]string {
	out := map[string]string{}
	for _, name := range []string{types.StoreKey, types.ClawBackStoreKey, "bank"} {
		it := w.Ctx.KVStore(w.Key(name)).Iterator(nil, nil)
		for ; it.Valid(); it.Next() {
			out[fmt.Sprintf("%s %x", name, it.Key())] = fmt.Sprintf("%x", it.Value())
		}
		require.NoError(w, it.Close())
		objects := w.Ctx.ObjectStore(w.ObjectKey(name)).Iterator(nil, nil)
		for ; objects.Valid(); objects.Next() {
			out[fmt.Sprintf("object %s %x", name, objects.Key())] = fmt.Sprint(objects.Value())
		}
		require.NoError(w, objects.Close())
	}
	return out
}

func signer(member uint32) string {
	if int(member) < len(names) {
		return keys.Bech32(names[member])
	}
	return keys.Bech32("stranger")
}

// trade is the id of the seller's n-th contract.
func trade(n uint32) string { return ids.Contract("261123", seller, n) }

// equalShares settles in equal shares; the first payee gets what rounding leaves.
func equalShares(id string, payees ...uint32) types.Settlement {
	split := producttypes.Split{RemainderOwner: payees[0]}
	for i, member := range payees {
		points := uint32(producttypes.BasisPoints / len(payees))
		if i == 0 {
			points += uint32(producttypes.BasisPoints % len(payees))
		}
		split.Shares = append(split.Shares, producttypes.Share{Member: member, BasisPoints: points})
	}
	return types.Settlement{ID: id, Seller: seller, Buyer: buyer, Split: split, Voucher: voucher}
}

// holds refuses what a test names.
type holds struct {
	pay, move error
	asked     []string
}

func (h *holds) MayPay(_ context.Context, member uint32, amount math.Int) error {
	h.asked = append(h.asked, fmt.Sprintf("pay %d %s", member, amount))
	return h.pay
}

func (h *holds) MayMove(_ context.Context, kind, id string) error {
	h.asked = append(h.asked, fmt.Sprintf("move %s %s", kind, id))
	return h.move
}
