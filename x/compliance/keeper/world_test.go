package keeper_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/compliance/keeper"
	"github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

const product = "000002-000001" // the seller's first

var (
	digest = bytes.Repeat([]byte{7}, 32)
	other  = bytes.Repeat([]byte{8}, 32)
)

// world is a chain with members 1 exchange, 2 seller, 3 law, 4 audit, 5 books (the committee), 6 bank.
type world struct {
	*fixture.Fixture
	t       *testing.T
	members *fake.Membership
	keeper  *keeper.Keeper
	msgs    types.MsgServer
	queries types.QueryServer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Fixture: fixture.New(t, types.StoreKey), t: t}
	member := func(name string, roles ...consortium.Role) consortium.Member {
		return consortium.Member{Name: name, Roles: roles}
	}
	w.members = fake.NewMembership(
		member("exchange", consortium.ROLE_EXCHANGE), member("seller", consortium.ROLE_MERCHANT),
		member("law", consortium.ROLE_COMMITTEE_MEMBER), member("audit", consortium.ROLE_COMMITTEE_MEMBER),
		member("books", consortium.ROLE_COMMITTEE_MEMBER), member("bank", consortium.ROLE_BANK),
	)
	w.keeper = keeper.New(keeper.Deps{Codec: w.Codec, Store: w.Service(types.StoreKey), Address: w.Address, Authority: keys.Bech32("authority"), Members: w.members})
	w.msgs, w.queries = keeper.NewMsgServer(w.keeper), keeper.NewQueryServer(w.keeper)
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, types.DefaultGenesis()))
	return w
}

// request is the seller's good request.
func request() *types.MsgRequest {
	return &types.MsgRequest{Signer: keys.Bech32("seller"), Product: product, Version: 1, SubjectDigest: digest}
}

// opine is a committee member's good opinion on the first round.
func opine(name string, verdict types.Verdict) *types.MsgOpine {
	return &types.MsgOpine{Signer: keys.Bech32(name), Product: product, Version: 1, Round: 1, Verdict: verdict, Reasons: "see the document"}
}

// mustRequest opens a round and returns its number.
func (w *world) mustRequest(msg *types.MsgRequest) uint32 {
	w.t.Helper()
	resp, err := w.msgs.Request(w.Ctx, msg)
	require.NoError(w.t, err)
	return resp.Round
}

// mustOpine gives an opinion and returns the status after it.
func (w *world) mustOpine(msg *types.MsgOpine) types.ReviewStatus {
	w.t.Helper()
	resp, err := w.msgs.Opine(w.Ctx, msg)
	require.NoError(w.t, err)
	return resp.Status
}

func (w *world) review(round uint32) types.Review {
	w.t.Helper()
	resp, err := w.queries.Review(w.Ctx, &types.QueryReviewRequest{Product: product, Version: 1, Round: round})
	require.NoError(w.t, err)
	return resp.Review
}

// refused runs what must fail, and checks that it wrote and told nothing.
func (w *world) refused(want error, run func(context.Context) error) {
	w.t.Helper()
	before, events := w.dump(), len(w.Ctx.EventManager().Events())
	require.ErrorIs(w.t, run(w.Ctx), want)
	require.Equal(w.t, before, w.dump(), "state was written")
	require.Len(w.t, w.Ctx.EventManager().Events(), events, "events were emitted")
	require.NoError(w.t, w.keeper.Check(w.Ctx))
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
