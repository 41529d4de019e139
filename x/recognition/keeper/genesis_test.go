package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/collections"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// full has every kind of state, and an entry in every status.
func full(t *testing.T) *world.World {
	t.Helper()
	w := world.Joined(t)
	w.Join(t, "shugu-beijing-1")
	w.IBC.Status["07-tendermint-1"] = exported.Expired
	_, _, packet := presented(t, w)
	acknowledge(t, w, packet, ok, types.RESULT_CODE_CONFLICT)
	_, _, packet = presented(t, w)
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(packet), nil))
	receive(t, w, world.TermsRecord(1)) // ends the wait that this caused
	_, _, packet = presented(t, w)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(packet)))
	presented(t, w)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 2, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	nextBlock(t, w, time.Second)
	poisoned := w.Book.Issue()
	require.NoError(t, w.Present(poisoned.Number))
	w.Book.Poison[poisoned.Number] = true
	nextBlock(t, w, time.Second)
	require.NoError(t, w.Present(w.Book.Issue().Number))
	foreign := world.Voucher(world.Away, 1)
	receive(t, w, world.VoucherRecord(foreign), world.SettlementRecord(world.Settlement(foreign)), world.StatusRecord(foreign.Number, 3, 1))
	twice(t, w)
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, "07-tendermint-1", 7))
	// An old channel stays known, and what waits there is taken up again.
	client, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, client, channel))
	return w
}

func TestGenesisRoundTrip(t *testing.T) {
	w := full(t)
	first, err := w.Keeper.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	statuses := map[types.OutboxStatus]bool{}
	for _, e := range first.Outbox {
		statuses[e.Status] = true
	}
	require.Len(t, statuses, 6)
	require.NotEmpty(t, first.Backoffs)
	require.NotEmpty(t, first.LastTried)
	require.NotEmpty(t, first.Terms)
	require.NotEmpty(t, first.Doubts)
	require.NotEmpty(t, first.Left)
	require.NotEmpty(t, first.Told)
	require.Len(t, first.Contests, 2)
	require.Len(t, first.Contested, 5)
	require.Len(t, first.Channels, 3)

	again := world.New(t, world.Home)
	require.NoError(t, again.Keeper.InitGenesis(again.Ctx, first))
	second, err := again.Keeper.ExportGenesis(again.Ctx)
	require.NoError(t, err)
	require.Equal(t, w.Codec.MustMarshalJSON(first), w.Codec.MustMarshalJSON(second))
	require.Equal(t, w.Dump(), again.Dump(), "the stores are equal too, the queue included")
	again.Keeper.Vouchers = w.Book
	require.NoError(t, again.Keeper.Check(again.Ctx))
}

// A genesis agreement is complete, and not checked against clients and channels.
func TestGenesisAgreementNeedsNoRoute(t *testing.T) {
	w := world.New(t, world.Home)
	g := types.DefaultGenesis()
	g.Agreements = []types.Agreement{world.Agreement(world.Away, "07-tendermint-0", "channel-0")}
	g.Agreements[0].Revision = 1
	require.NoError(t, w.Keeper.InitGenesis(w.Ctx, g))
	// Packets are.
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-0", 1, world.VoucherRecord(world.Voucher(world.Away, 1)))))
	require.NoError(t, err)
	require.Equal(t, types.PACKET_CODE_NO_AGREEMENT, ack.Code)
	w.IBC.Open(world.Away)
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.VoucherRecord(world.Voucher(world.Away, 1))))
}

func TestInitGenesisFailsIf(t *testing.T) {
	w := world.New(t, world.Home)
	g := types.DefaultGenesis()
	g.Agreements = []types.Agreement{world.Agreement(world.Home, "07-tendermint-0", "channel-0")}
	g.Agreements[0].Revision = 1
	require.ErrorIs(t, w.Keeper.InitGenesis(w.Ctx, g), types.ErrOwnChain)
	g.Agreements[0].Kinds = nil
	require.ErrorIs(t, w.Keeper.InitGenesis(w.Ctx, g), valid.ErrInvalid)
}

func TestCheckFindsWhatDoesNotFit(t *testing.T) {
	for name, spoil := range map[string]func(*testing.T, *world.World){
		"a place too many": func(t *testing.T, w *world.World) {
			key := collections.Join4(world.Away, uint32(1), int64(1), "1"+world.Voucher(world.Home, 1).Number)
			require.NoError(t, queueOf(w).Set(w.Ctx, key))
		},
		"a voucher of a contest that is not marked": func(t *testing.T, w *world.World) {
			g, err := w.Keeper.ExportGenesis(w.Ctx)
			require.NoError(t, err)
			require.NoError(t, w.Book.Uncontest(w.Ctx, ownOpen(g), nil))
		},
		"a voucher that bears another nullifier": func(t *testing.T, w *world.World) {
			g, err := w.Keeper.ExportGenesis(w.Ctx)
			require.NoError(t, err)
			v, err := w.Book.Voucher(w.Ctx, ownOpen(g))
			require.NoError(t, err)
			v.Nullifier[0]++
			w.Book.Put(v)
		},
		"a place too few": func(t *testing.T, w *world.World) {
			require.NoError(t, queueOf(w).Clear(w.Ctx, nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := full(t)
			require.NoError(t, w.Keeper.Check(w.Ctx))
			spoil(t, w)
			require.ErrorIs(t, w.Keeper.Check(w.Ctx), types.ErrInconsistent)
		})
	}
}

// queueOf opens the queue in the store, as the README describes it.
func queueOf(w *world.World) collections.KeySet[collections.Quad[string, uint32, int64, string]] {
	sb := collections.NewSchemaBuilder(w.Service(types.StoreKey))
	return collections.NewKeySet(sb, types.QueuePrefix, "queue",
		collections.QuadKeyCodec(collections.StringKey, collections.Uint32Key, collections.Int64Key, collections.StringKey))
}
