package keeper_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/trade/keeper"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Numbers of the members of every world.
const (
	exchangeNo uint32 = iota + 1
	sellerNo
	buyerNo
	strangerNo
	sellerTwoNo
	buyerTwoNo
)

// Names of the members, by number.
var names = map[uint32]string{
	exchangeNo: "exchange", sellerNo: "seller", buyerNo: "buyer", strangerNo: "stranger", sellerTwoNo: "seller two", buyerTwoNo: "buyer two",
}

const (
	price  = 10_001 // fen; odd, so that splitting leaves a remainder
	wallet = 1_000_000_000
	within = 3600 // seconds of each step of a deal
)

var (
	sealed  = digest("sealed")
	content = digest("content")
)

func digest(s string) []byte {
	d := sha256.Sum256([]byte(s))
	return d[:]
}

// world is a chain with an exchange, two sellers with a listed product each, and two buyers with money.
type world struct {
	*fixture.Fixture
	t testing.TB

	keeper   *keeper.Keeper
	msgs     types.MsgServer
	queries  types.QueryServer
	members  *fake.Membership
	shelf    shelf
	money    *money
	vouchers *printer
	holds    holds
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := emptyWorld(t)
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, types.DefaultGenesis()))
	for _, buyer := range []uint32{buyerNo, buyerTwoNo} {
		w.money.add(w.Ctx, buyer, wallet)
	}
	return w
}

// emptyWorld is a world without genesis.
func emptyWorld(t testing.TB) *world {
	t.Helper()
	f := fixture.New(t, types.StoreKey, "settlement", "voucher")
	merchant := []consortium.Role{consortium.ROLE_MERCHANT}
	w := &world{
		Fixture: f, t: t,
		members: fake.NewMembership(
			consortium.Member{Name: names[exchangeNo], Roles: []consortium.Role{consortium.ROLE_EXCHANGE}},
			consortium.Member{Name: names[sellerNo], Roles: merchant},
			consortium.Member{Name: names[buyerNo], Roles: merchant},
			consortium.Member{Name: names[strangerNo], Roles: []consortium.Role{consortium.ROLE_COURT}},
			consortium.Member{Name: names[sellerTwoNo], Roles: merchant},
			consortium.Member{Name: names[buyerTwoNo], Roles: merchant},
		),
		shelf:    shelf{},
		money:    &money{key: f.Key("settlement"), faults: faults{}},
		vouchers: &printer{key: f.Key("voucher"), faults: faults{}},
		holds:    holds{},
	}
	w.list("000002-000001", sellerNo)
	w.list("000005-000001", sellerTwoNo)
	w.keeper = keeper.New(keeper.Deps{
		Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address, Authority: keys.Bech32("authority"),
		Membership: w.members, Products: w.shelf, Settlement: w.money, Vouchers: w.vouchers,
	})
	w.keeper.SetHolds(w.holds)
	w.msgs, w.queries = keeper.NewMsgServer(w.keeper), keeper.NewQueryServer(w.keeper)
	return w
}

func (w *world) list(id string, owner uint32) {
	w.shelf[id] = &listing{
		product.Product{Id: id, Owner: owner, Exchange: exchangeNo, Version: 3, ListedVersion: 3, Status: product.PRODUCT_STATUS_LISTED},
		product.Version{
			Product: id, Version: 3, Industry: "transport", ManifestDigest: digest("manifest"),
			Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(price), DeliveryMode: product.DELIVERY_MODE_FILE},
			Split: product.Split{Shares: []product.Share{{Member: owner, BasisPoints: 9_000}, {Member: exchangeNo, BasisPoints: 1_000}}, RemainderOwner: owner},
		},
	}
}

// deal is a valid deal between seller and buyer.
func (w *world) deal() types.Deal {
	return types.Deal{
		Seller: sellerNo, Buyer: buyerNo, Product: "000002-000001", ProductVersion: 3,
		Lines: []voucher.Line{
			{What: "时区数据", Units: 1, Amount: math.NewInt(price - 1)},
			{What: "support", Units: 2, Amount: math.NewInt(1)},
		},
		Total: math.NewInt(price), DeliveryMode: product.DELIVERY_MODE_FILE, Split: w.shelf["000002-000001"].version.Split,
		FundWithin: within, DeliverWithin: within, AcceptWithin: within,
		TermsRoot: digest("terms"), OrderReference: "订单 2026-17",
	}
}

// dealTwo is a valid deal between the other two.
func (w *world) dealTwo() types.Deal {
	d := w.deal()
	d.Seller, d.Buyer, d.Product, d.Split = sellerTwoNo, buyerTwoNo, "000005-000001", w.shelf["000005-000001"].version.Split
	return d
}

func (w *world) now() int64 { return w.Ctx.BlockTime().Unix() }

// in moves time forward and begins a block.
func (w *world) in(seconds int64) {
	w.t.Helper()
	w.Advance(time.Duration(seconds) * time.Second)
	require.NoError(w.t, w.keeper.BeginBlock(w.Ctx))
}

// quote makes a quote that stands for an hour.
func (w *world) quote(d types.Deal) string {
	w.t.Helper()
	r, err := w.msgs.Quote(w.Ctx, &types.MsgQuote{Signer: keys.Bech32(names[d.Seller]), Deal: d, ValidUntil: w.now() + within})
	require.NoError(w.t, err)
	return r.Id
}

// send sends a well-formed message of a step by a member; accept and deliver name the usual digests.
func (w *world) send(ctx context.Context, step, id string, by uint32) error {
	signer := keys.Bech32(names[by])
	var err error
	switch step {
	case "agree":
		c, notFound := w.keeper.Contract(ctx, id)
		if notFound != nil {
			return notFound
		}
		_, err = w.msgs.Agree(ctx, &types.MsgAgree{Signer: signer, Contract: id, Deal: c.Deal})
	case "fund":
		_, err = w.msgs.Fund(ctx, &types.MsgFund{Signer: signer, Contract: id, Amount: math.NewInt(price)})
	case "deliver":
		_, err = w.msgs.Deliver(ctx, &types.MsgDeliver{Signer: signer, Contract: id, SealedDigest: sealed, ContentDigest: content})
	case "accept":
		_, err = w.msgs.Accept(ctx, &types.MsgAccept{Signer: signer, Contract: id, ContentDigest: content})
	case "cancel":
		_, err = w.msgs.Cancel(ctx, &types.MsgCancel{Signer: signer, Contract: id, Reason: "no longer needed"})
	default:
		w.t.Fatalf("no step %q", step)
	}
	return err
}

// steps lead from a quote to a status.
var steps = map[types.Status][]string{
	types.STATUS_QUOTED:    {},
	types.STATUS_AGREED:    {"agree"},
	types.STATUS_FUNDED:    {"agree", "fund"},
	types.STATUS_DELIVERED: {"agree", "fund", "deliver"},
	types.STATUS_SETTLED:   {"agree", "fund", "deliver", "accept"},
	types.STATUS_CANCELLED: {"agree", "cancel"},
	types.STATUS_REFUNDED:  {"agree", "fund", "cancel"},
}

// at makes a contract of a deal that has a status.
func (w *world) at(status types.Status, d types.Deal) string {
	w.t.Helper()
	id := w.quote(d)
	for _, step := range steps[status] {
		by := d.Buyer
		if step == "deliver" || step == "cancel" {
			by = d.Seller
		}
		require.NoError(w.t, w.send(w.Ctx, step, id, by))
	}
	require.Equal(w.t, status, w.contract(id).Status)
	return id
}

func (w *world) contract(id string) types.Contract {
	w.t.Helper()
	c, err := w.keeper.Contract(w.Ctx, id)
	require.NoError(w.t, err)
	return c
}

// stored is all that lies in the module's store and in those of the fakes, key by key.
func (w *world) stored() map[string]string {
	all := map[string]string{}
	for _, name := range []string{types.StoreKey, "settlement", "voucher"} {
		it := w.Ctx.KVStore(w.Key(name)).Iterator(nil, nil)
		for ; it.Valid(); it.Next() {
			all[name+"/"+hex.EncodeToString(it.Key())] = string(bytes.Clone(it.Value()))
		}
		require.NoError(w.t, it.Close())
	}
	return all
}

// refused asserts that do fails with an error and writes nothing.
func (w *world) refused(want error, do func() error) {
	w.t.Helper()
	before := w.stored()
	w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
	require.ErrorIs(w.t, do(), want)
	require.Equal(w.t, before, w.stored())
	require.Empty(w.t, w.Ctx.EventManager().Events())
}
