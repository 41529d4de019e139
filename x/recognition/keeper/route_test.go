package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	clienttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// An agreement by IBC v2 rests on a client of its chain that is paired, and whose
// counterparty commits to its packets where every Shugu chain does.
func TestSetAgreementOverClientsFailsIf(t *testing.T) {
	prefix := func(keys ...[]byte) func(*world.World, *types.Agreement) {
		return func(w *world.World, a *types.Agreement) {
			w.IBC.V2.Pairs[a.ClientId] = clienttypesv2.NewCounterpartyInfo(keys, a.ClientId)
		}
	}
	for name, c := range map[string]struct {
		spoil func(*world.World, *types.Agreement)
		want  error
	}{
		"the client has no counterparty":      {func(w *world.World, a *types.Agreement) { delete(w.IBC.V2.Pairs, a.ClientId) }, types.ErrChannel},
		"its packets stand in another store":  {prefix([]byte("voucher"), nil), types.ErrChannel},
		"its packets stand below another key": {prefix([]byte("ibc"), []byte("x")), types.ErrChannel},
		"its packets stand in a longer path":  {prefix([]byte("ibc"), nil, nil), types.ErrChannel},
		"its packets stand in a shorter path": {prefix([]byte("ibc")), types.ErrChannel},
		"the client is of another chain":      {func(w *world.World, a *types.Agreement) { w.IBC.Clients[a.ClientId].ChainId = "shugu-beijing-1" }, types.ErrClient},
		"the client is of this chain":         {func(w *world.World, a *types.Agreement) { w.IBC.Clients[a.ClientId].ChainId = world.Home }, types.ErrOwnChain},
		"the client is expired":               {func(w *world.World, a *types.Agreement) { w.IBC.Status[a.ClientId] = exported.Expired }, types.ErrClient},
		"there is no such client": {func(_ *world.World, a *types.Agreement) {
			a.ClientId, a.ChannelId = "07-tendermint-9", "07-tendermint-9"
		}, types.ErrClient},
		"the route is another client than its own": {func(w *world.World, a *types.Agreement) { a.ChannelId = w.IBC.OpenPair(world.Away) }, types.ErrChannel},
		"the client belongs to another chain's agreement": {func(w *world.World, a *types.Agreement) {
			w.Agree(t, *a)
			w.IBC.Clients[a.ClientId].ChainId = "shugu-beijing-1"
			a.ChainId = "shugu-beijing-1"
		}, types.ErrChannelTaken},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.New(t, world.Home)
			a := w.JoinV2(world.Away)
			c.spoil(w, &a)
			before := w.Dump()
			_, err := w.Msgs.SetAgreement(w.Ctx, &types.MsgSetAgreement{Signer: keys.Bech32(world.Council), Agreement: a})
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.Dump())
		})
	}
}

// IBC v2 allows a packet a day; classic as long as the parameter says.
func TestTimeoutOverClientsIsAtMostADay(t *testing.T) {
	for timeout, want := range map[int64]time.Duration{60: time.Minute, 3_600: time.Hour, 7 * 86_400: 24 * time.Hour} {
		w := world.New(t, world.Home)
		g := types.DefaultGenesis()
		g.Params.PacketTimeout = timeout
		require.NoError(t, w.Keeper.InitGenesis(w.Ctx, g))
		w.Agree(t, w.JoinV2(world.Away))
		flush(t, w)
		require.Len(t, w.IBC.V2.Sent, 1)
		require.Equal(t, uint64(w.Ctx.BlockTime().Add(want).Unix()), w.IBC.V2.Sent[0].TimeoutTimestamp)
	}
}

// Whatever keeps a packet from leaving over clients: the records stay queued, and leave
// once it is mended.
func TestFlushOverClientsBacksOffAndLeavesLater(t *testing.T) {
	for name, c := range map[string]struct{ spoil, mend func(*world.World) }{
		"client frozen": {
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Frozen },
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Active },
		},
		"client of another chain": {
			func(w *world.World) { w.IBC.Clients["07-tendermint-0"].ChainId = "shugu-beijing-1" },
			func(w *world.World) { w.IBC.Clients["07-tendermint-0"].ChainId = world.Away },
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.New(t, world.Home)
			w.Agree(t, w.JoinV2(world.Away))
			c.spoil(w)
			flush(t, w)
			require.Empty(t, w.IBC.V2.Sent)
			require.Len(t, w.Events("shugu.recognition.v1.EventSendFailed"), 1)
			c.mend(w)
			for range 3 {
				nextBlock(t, w, time.Second)
			}
			require.Len(t, w.IBC.V2.Sent, 1)
		})
	}
}

// An agreement that changes from a channel to clients, or back, takes with it the
// statuses that nobody will answer any more.
func TestRouteChangesBetweenChannelAndClients(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1, "over the channel")

	over := w.JoinV2(world.Away)
	w.Agree(t, over)
	for range 3 {
		nextBlock(t, w, time.Second)
	}
	require.Len(t, w.IBC.V2.Sent, 2, "terms and status, over the clients")
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_PENDING)
	require.Equal(t, over.ClientId, w.Entry(t, statusKind, v.Number).ChannelId)
	before := w.Dump()
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(w.IBC.Sent[0])), "of the packet over the channel")
	require.Equal(t, before, w.Dump())

	client, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, client, channel))
	for range 3 {
		nextBlock(t, w, time.Second)
	}
	require.Equal(t, channel, w.Entry(t, statusKind, v.Number).ChannelId)
	g, err := w.Keeper.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.Len(t, g.Channels, 3, "three routes were named, of two kinds")
}
