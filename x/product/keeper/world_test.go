package keeper_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/product/keeper"
	"github.com/shugu-network/shugu/x/product/types"
)

const (
	scenarioID = "S000002-000001" // the seller's first
	productID  = "000002-000001"
)

var digest = bytes.Repeat([]byte{7}, 32)

// clearances answers as x/compliance does; the test clears.
type clearances map[string]bool

func clearance(product string, version uint32, digest []byte) string {
	return fmt.Sprintf("%s/%d/%X", product, version, digest)
}

func (c clearances) Cleared(_ context.Context, product string, version uint32, digest []byte) (bool, error) {
	return c[clearance(product, version, digest)], nil
}

// world is a chain with members 1 exchange, 2 seller, 3 partner, 4 rival (an exchange), 5 bank.
type world struct {
	*fixture.Fixture
	t       *testing.T
	members *fake.Membership
	cleared clearances
	keeper  *keeper.Keeper
	msgs    types.MsgServer
	queries types.QueryServer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Fixture: fixture.New(t, types.StoreKey), t: t, cleared: clearances{}}
	member := func(name string, role consortium.Role) consortium.Member {
		return consortium.Member{Name: name, Roles: []consortium.Role{role}}
	}
	w.members = fake.NewMembership(
		member("exchange", consortium.ROLE_EXCHANGE), member("seller", consortium.ROLE_MERCHANT), member("partner", consortium.ROLE_MERCHANT),
		member("rival", consortium.ROLE_EXCHANGE), member("bank", consortium.ROLE_BANK),
	)
	w.keeper = keeper.New(keeper.Deps{
		Codec: w.Codec, Store: w.Service(types.StoreKey), Address: w.Address, Members: w.members, Clearance: w.cleared,
	})
	w.msgs, w.queries = keeper.NewMsgServer(w.keeper), keeper.NewQueryServer(w.keeper)
	return w
}

// approved has the seller's first scenario, approved.
func approved(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.must(submit())
	w.must(decide(true))
	return w
}

// registered has the seller's first product as well.
func registered(t *testing.T) *world {
	t.Helper()
	w := approved(t)
	w.must(register())
	return w
}

// listed has it cleared and listed.
func listed(t *testing.T) *world {
	t.Helper()
	w := registered(t)
	w.clear(productID, 1)
	w.must(list(1))
	return w
}

func content() types.Content {
	return types.Content{
		Title: "城市交通流量", ManifestDigest: digest, Size_: 4096, Source: "杭州市交通局", Industry: "transport",
		Terms: types.Terms{
			Pricing: types.PRICING_METHOD_FIXED, Price: math.NewInt(100_00),
			DeliveryMode: types.DELIVERY_MODE_FILE, Licence: "单一主体使用",
		},
		Split: types.Split{Shares: []types.Share{{Member: 2, BasisPoints: 9_000}, {Member: 3, BasisPoints: 1_000}}, RemainderOwner: 2},
		Zones: []types.Zone{{Kind: types.ZONE_KIND_INDUSTRY, Name: "交通"}, {Kind: types.ZONE_KIND_REGION, Name: "杭州"}},
	}
}

// Good messages of the seller's and of its exchange's.

func submit() *types.MsgSubmitScenario {
	return &types.MsgSubmitScenario{Signer: keys.Bech32("seller"), Exchange: 1, Title: "信号灯配时优化", Description: "说明", DocumentDigest: digest}
}

func decide(approve bool) *types.MsgDecideScenario {
	return &types.MsgDecideScenario{Signer: keys.Bech32("exchange"), Scenario: scenarioID, Approve: approve, Reasons: "见附件"}
}

func register() *types.MsgRegister {
	return &types.MsgRegister{Signer: keys.Bech32("seller"), Scenario: scenarioID, Content: content()}
}

func revise() *types.MsgRevise {
	return &types.MsgRevise{Signer: keys.Bech32("seller"), Product: productID, Content: content()}
}

func list(version uint32) *types.MsgList {
	return &types.MsgList{Signer: keys.Bech32("seller"), Product: productID, Version: version}
}

func delist() *types.MsgDelist {
	return &types.MsgDelist{Signer: keys.Bech32("seller"), Product: productID, Reason: "换版"}
}

// send hands a message to its handler.
func (w *world) send(msg any) (resp any, err error) {
	switch m := msg.(type) {
	case *types.MsgSubmitScenario:
		return w.msgs.SubmitScenario(w.Ctx, m)
	case *types.MsgDecideScenario:
		return w.msgs.DecideScenario(w.Ctx, m)
	case *types.MsgRegister:
		return w.msgs.Register(w.Ctx, m)
	case *types.MsgRevise:
		return w.msgs.Revise(w.Ctx, m)
	case *types.MsgList:
		return w.msgs.List(w.Ctx, m)
	case *types.MsgDelist:
		return w.msgs.Delist(w.Ctx, m)
	}
	panic(fmt.Sprintf("no handler for %T", msg))
}

// must sends what must succeed, and checks the whole state after it.
func (w *world) must(msg any) any {
	w.t.Helper()
	resp, err := w.send(msg)
	require.NoError(w.t, err)
	require.NoError(w.t, w.keeper.Check(w.Ctx))
	return resp
}

// refused sends what must fail, and checks that it wrote and told nothing.
func (w *world) refused(want error, msg any) {
	w.t.Helper()
	before, events := w.dump(), len(w.Ctx.EventManager().Events())
	_, err := w.send(msg)
	require.ErrorIs(w.t, err, want)
	require.Equal(w.t, before, w.dump(), "state was written")
	require.Len(w.t, w.Ctx.EventManager().Events(), events, "events were emitted")
}

// clear lets the committee clear a version for the digest of content.
func (w *world) clear(product string, version uint32) {
	w.cleared[clearance(product, version, digest)] = true
}

// add adds a member with a role.
func (w *world) add(name string, roles ...consortium.Role) uint32 {
	return w.members.Add(consortium.Member{Name: name, Roles: roles}).Number
}

func (w *world) product(id string) types.Product {
	w.t.Helper()
	resp, err := w.queries.Product(w.Ctx, &types.QueryProductRequest{Id: id})
	require.NoError(w.t, err)
	return resp.Product
}

// set writes to the store behind the keeper's back.
func (w *world) set(key, value string) {
	w.t.Helper()
	require.NoError(w.t, w.Service(types.StoreKey).OpenKVStore(w.Ctx).Set([]byte(key), []byte(value)))
}

// dump is the whole store.
func (w *world) dump() map[string]string {
	w.t.Helper()
	it, err := w.Service(types.StoreKey).OpenKVStore(w.Ctx).Iterator(nil, nil)
	require.NoError(w.t, err)
	out := map[string]string{}
	for ; it.Valid(); it.Next() {
		out[string(it.Key())] = string(it.Value())
	}
	require.NoError(w.t, it.Close())
	return out
}

// lastEvent is the type of the last event.
func (w *world) lastEvent() string {
	events := w.Ctx.EventManager().Events()
	return events[len(events)-1].Type
}
