package keeper_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// Members of every world.
const (
	hangzhou, seller, buyer, other, ningbo = 1, 2, 3, 4, 5
)

// world is a keeper on a real store, imported from an empty genesis.
type world struct {
	*fixture.Fixture
	t       testing.TB
	members *fake.Membership
	money   *money
	msg     types.MsgServer
	k       *keeper.Keeper
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := bare(t)
	require.NoError(t, w.k.InitGenesis(w.Ctx, *types.DefaultGenesis()))
	return w
}

// bare is a world before genesis.
func bare(t testing.TB) *world {
	t.Helper()
	f := fixture.New(t, types.StoreKey, types.StatusStoreKey, types.RequestStoreKey)
	members := fake.NewMembership(
		consortium.Member{Name: "杭州数据交易所"},
		consortium.Member{Name: "Seller", CreditCode: "91330100MA0000001A"},
		consortium.Member{Name: "Buyer", CreditCode: "91330100MA0000002B"},
		consortium.Member{Name: "Other seller"},
		consortium.Member{Name: "宁波数据交易所", Region: "3302"},
	)
	money := &money{}
	k := keeper.New(keeper.Deps{
		Codec: f.Codec, Address: f.Address, Authority: keys.Bech32("authority"), RequestStore: f.Service(types.RequestStoreKey), Settlement: money,
		Store: f.Service(types.StoreKey), StatusStore: f.Service(types.StatusStoreKey), Members: members,
	})
	return &world{Fixture: f, t: t, members: members, money: money, k: k, msg: keeper.NewMsgServer(k)}
}

func digest(b []byte) []byte {
	d := sha256.Sum256(b)
	return d[:]
}

// trade is a valid request for a voucher of two lines, 700 and 300 fen.
func trade() types.Issue {
	return types.Issue{
		Settlement: "261123-000002-000001",
		Seller:     seller, Buyer: buyer, Exchange: hangzhou,
		Product: "000002-000001", ProductVersion: 1, Industry: "transport",
		Lines: []types.Line{
			{What: "时区数据库", Units: 1, Amount: math.NewInt(700)},
			{What: "更新服务", Units: 12, Amount: math.NewInt(300)},
		},
		Total:          math.NewInt(1000),
		DeliveryMode:   1,
		DeliveryDigest: digest([]byte("delivery")),
		TermsRoot:      digest([]byte("terms")),
		ProductDigest:  digest([]byte("manifest")),
		OrderReference: "HT-2026-1",
	}
}

func (w *world) issue() types.Voucher {
	w.t.Helper()
	v, err := w.k.Issue(w.Ctx, trade())
	require.NoError(w.t, err)
	return v
}

// reversal takes amounts off the lines in order; zeros are left out.
func reversal(number string, amounts ...int64) types.Reversal {
	r := types.Reversal{Number: number, ReasonDigest: digest([]byte("reason"))}
	for i, a := range amounts {
		if a != 0 {
			r.Lines = append(r.Lines, types.ReversedLine{Line: uint32(i), Amount: math.NewInt(a)})
		}
	}
	return r
}

func (w *world) reverse(number string, amounts ...int64) types.Voucher {
	w.t.Helper()
	red, err := w.k.Reverse(w.Ctx, reversal(number, amounts...))
	require.NoError(w.t, err)
	return red
}

// dump is every key and value of the three stores, to compare.
func (w *world) dump() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	for _, name := range []string{types.StoreKey, types.StatusStoreKey, types.RequestStoreKey} {
		it, err := w.Service(name).OpenKVStore(w.Ctx).Iterator(nil, nil)
		require.NoError(w.t, err)
		for ; it.Valid(); it.Next() {
			if name != types.RequestStoreKey {
				require.NotEmpty(w.t, it.Value(), "no value of these stores is empty")
			}
			all[name+"/"+hex.EncodeToString(it.Key())] = hex.EncodeToString(it.Value())
		}
		require.NoError(w.t, it.Close())
	}
	return all
}

// set overwrites a store value past the keeper.
func (w *world) set(store string, key, value []byte) {
	w.t.Helper()
	require.NoError(w.t, w.Service(store).OpenKVStore(w.Ctx).Set(key, value))
}

// wire puts observer and holds onto a keeper.
type wire struct {
	issued  []types.Voucher
	changed []string
	asked   []string
	// written tells how the world looked when the observer was told.
	onIssued, onChanged func(ctx context.Context) error
	held                error
}

func (o *wire) Issued(ctx context.Context, v types.Voucher) error {
	o.issued = append(o.issued, v)
	if o.onIssued != nil {
		return o.onIssued(ctx)
	}
	return nil
}

func (o *wire) StatusChanged(ctx context.Context, number string) error {
	o.changed = append(o.changed, number)
	if o.onChanged != nil {
		return o.onChanged(ctx)
	}
	return nil
}

func (o *wire) MayMove(_ context.Context, kind, id string) error {
	o.asked = append(o.asked, kind+" "+id)
	return o.held
}

func (w *world) wire() *wire {
	o := &wire{}
	w.k.SetObserver(o)
	w.k.SetHolds(o)
	return o
}

// event returns the only event of the context's manager, decoded, and forgets it.
func (w *world) event() any {
	w.t.Helper()
	events := w.Ctx.EventManager().ABCIEvents()
	require.Len(w.t, events, 1)
	msg, err := sdk.ParseTypedEvent(events[0])
	require.NoError(w.t, err)
	w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
	return msg
}

func TestSeamsAreSetOnce(t *testing.T) {
	w := newWorld(t)
	w.wire()
	require.Panics(t, func() { w.k.SetObserver(&wire{}) })
	require.Panics(t, func() { w.k.SetHolds(&wire{}) })
}
