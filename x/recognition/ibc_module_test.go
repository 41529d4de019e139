package recognition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// open is what a handshake says.
type open struct {
	order          channeltypes.Order
	port, far, ver string
}

var good = open{channeltypes.UNORDERED, types.PortID, types.PortID, types.ChannelVersion}

var badOpens = map[string]open{
	"ordered":             {channeltypes.ORDERED, types.PortID, types.PortID, types.ChannelVersion},
	"no order":            {channeltypes.NONE, types.PortID, types.PortID, types.ChannelVersion},
	"another port":        {channeltypes.UNORDERED, "transfer", types.PortID, types.ChannelVersion},
	"another port afar":   {channeltypes.UNORDERED, types.PortID, "wasm.shugu1x", types.ChannelVersion},
	"another version":     {channeltypes.UNORDERED, types.PortID, types.PortID, "recognition-2"},
	"version with spaces": {channeltypes.UNORDERED, types.PortID, types.PortID, " "},
}

func TestOnChanOpenInit(t *testing.T) {
	w := world.New(t, world.Home)
	m := recognition.NewIBCModule(w.Keeper)
	try := func(o open) (string, error) {
		return m.OnChanOpenInit(w.Ctx, o.order, []string{"connection-0"}, o.port, "channel-0", channeltypes.Counterparty{PortId: o.far}, o.ver)
	}
	version, err := try(good)
	require.NoError(t, err)
	require.Equal(t, types.ChannelVersion, version)
	version, err = try(open{good.order, good.port, good.far, ""})
	require.NoError(t, err)
	require.Equal(t, types.ChannelVersion, version, "none means ours")
	for name, o := range badOpens {
		_, err := try(o)
		require.ErrorIs(t, err, types.ErrHandshake, name)
	}
}

func TestOnChanOpenTry(t *testing.T) {
	w := world.New(t, world.Home)
	m := recognition.NewIBCModule(w.Keeper)
	try := func(o open) (string, error) {
		return m.OnChanOpenTry(w.Ctx, o.order, []string{"connection-0"}, o.port, "channel-0", channeltypes.Counterparty{PortId: o.far, ChannelId: "channel-0"}, o.ver)
	}
	version, err := try(good)
	require.NoError(t, err)
	require.Equal(t, types.ChannelVersion, version)
	for name, o := range badOpens {
		_, err := try(o)
		require.ErrorIs(t, err, types.ErrHandshake, name)
	}
	_, err = try(open{good.order, good.port, good.far, ""})
	require.ErrorIs(t, err, types.ErrHandshake)
}

func TestOnChanOpenAckAndConfirm(t *testing.T) {
	w := world.New(t, world.Home)
	_, channel := w.IBC.Open(world.Away)
	m := recognition.NewIBCModule(w.Keeper)
	require.NoError(t, m.OnChanOpenAck(w.Ctx, types.PortID, channel, channel, types.ChannelVersion))
	require.NoError(t, m.OnChanOpenConfirm(w.Ctx, types.PortID, channel))
	require.ErrorIs(t, m.OnChanOpenAck(w.Ctx, types.PortID, channel, channel, "recognition-2"), types.ErrHandshake)
	require.ErrorIs(t, m.OnChanOpenAck(w.Ctx, "transfer", channel, channel, types.ChannelVersion), types.ErrHandshake)
	require.ErrorIs(t, m.OnChanOpenConfirm(w.Ctx, types.PortID, "channel-9"), types.ErrHandshake)
	for name, change := range map[string]func(*channeltypes.Channel){
		"order":    func(c *channeltypes.Channel) { c.Ordering = channeltypes.ORDERED },
		"version":  func(c *channeltypes.Channel) { c.Version = "ics20-1" },
		"far port": func(c *channeltypes.Channel) { c.Counterparty.PortId = "transfer" },
	} {
		before := w.IBC.Channels[channel]
		w.IBC.Change(channel, change)
		require.ErrorIs(t, m.OnChanOpenAck(w.Ctx, types.PortID, channel, channel, types.ChannelVersion), types.ErrHandshake, name)
		require.ErrorIs(t, m.OnChanOpenConfirm(w.Ctx, types.PortID, channel), types.ErrHandshake, name)
		w.IBC.Channels[channel] = before
	}
}

func TestOnChanClose(t *testing.T) {
	w := world.Joined(t)
	m := recognition.NewIBCModule(w.Keeper)
	require.ErrorIs(t, m.OnChanCloseInit(w.Ctx, types.PortID, "channel-0"), types.ErrCloseRefused)
	require.NoError(t, m.OnChanCloseConfirm(w.Ctx, types.PortID, "channel-0"))
}

// A voucher there and back: sent by one module, taken by the other, noted by the first.
func TestPacketThereAndBack(t *testing.T) {
	from, to := world.Joined(t), world.New(t, world.Away)
	to.Join(t, world.Home)
	v := from.Book.Issue()
	require.NoError(t, from.Present(v.Number))
	require.NoError(t, recognition.NewAppModule(from.Keeper).EndBlock(from.Ctx))
	packet := from.IBC.Last()
	relayer := sdk.AccAddress("relayer")

	ack := recognition.NewIBCModule(to.Keeper).OnRecvPacket(to.Ctx, types.ChannelVersion, packet, relayer)
	require.True(t, ack.Success())
	m := recognition.NewIBCModule(from.Keeper)
	require.NoError(t, m.OnAcknowledgementPacket(from.Ctx, types.ChannelVersion, packet, ack.Acknowledgement(), relayer))
	require.Equal(t, types.OUTBOX_STATUS_RECOGNISED, from.Entry(t, types.RECORD_KIND_VOUCHER, v.Number).Status)
	require.Equal(t, types.OUTBOX_STATUS_RECOGNISED, from.Entry(t, types.RECORD_KIND_SETTLEMENT, v.Settlement).Status)
	require.NoError(t, m.OnTimeoutPacket(from.Ctx, types.ChannelVersion, packet, relayer), "late, and without effect")
	require.Equal(t, types.OUTBOX_STATUS_RECOGNISED, from.Entry(t, types.RECORD_KIND_VOUCHER, v.Number).Status)
	res, err := to.Queries.Standing(to.Ctx, &types.QueryStandingRequest{Number: v.Number})
	require.NoError(t, err)
	require.NotNil(t, res.Standings[0].Settlement)
}

func TestOnTimeoutPacket(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	require.NoError(t, w.Present(v.Number))
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	require.NoError(t, recognition.NewIBCModule(w.Keeper).OnTimeoutPacket(w.Ctx, types.ChannelVersion, w.IBC.Last(), nil))
	require.Equal(t, types.OUTBOX_STATUS_TIMED_OUT, w.Entry(t, types.RECORD_KIND_VOUCHER, v.Number).Status)
}

// An error of the own store must undo the transaction, not be acknowledged.
func TestOnRecvPacketPanicsIfTheStoreIsBroken(t *testing.T) {
	w := world.Joined(t)
	number := world.Voucher(world.Away, 1).Number
	store := w.Ctx.KVStore(w.Key(types.StoreKey))
	store.Set(append([]byte{0x31}, world.Away+"\x00"+number...), []byte("broken"))
	packet := world.Incoming("channel-0", 1, world.StatusRecord(number, 1, 1))
	require.Panics(t, func() { recognition.NewIBCModule(w.Keeper).OnRecvPacket(w.Ctx, types.ChannelVersion, packet, nil) })
}

// A middleware above the module sends in its place.
func TestSetICS4Wrapper(t *testing.T) {
	w := world.Joined(t)
	above := &wrapper{IBC: world.NewIBC()}
	above.Channels, above.Connections, above.Status = w.IBC.Channels, w.IBC.Connections, w.IBC.Status
	recognition.NewIBCModule(w.Keeper).SetICS4Wrapper(above)
	require.NoError(t, w.Present(w.Book.Issue().Number))
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	require.Empty(t, w.IBC.Sent)
	require.Len(t, above.Sent, 1)
}
