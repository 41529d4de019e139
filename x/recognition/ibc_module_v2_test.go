package recognition_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/recognition"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

const pair = "07-tendermint-0"

// joinedV2 is a chain with an agreement by IBC v2 with another, whose terms were told.
func joinedV2(t *testing.T, self, other string) *world.World {
	w := world.New(t, self)
	w.Agree(t, w.JoinV2(other))
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	ack := &types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{types.RESULT_CODE_OK}}
	require.Len(t, w.IBC.V2.Sent, 1)
	require.NoError(t, answerV2(w, w.IBC.V2.Sent[0], ack.Acknowledgement()))
	w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
	return w
}

// sendV2 presents a new voucher and returns the packet that leaves.
func sendV2(t *testing.T, w *world.World) (number string, packet channeltypesv2.Packet) {
	v := w.Book.Issue()
	require.NoError(t, w.Present(v.Number))
	sent := len(w.IBC.V2.Sent)
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	require.Len(t, w.IBC.V2.Sent, sent+1)
	require.Empty(t, w.IBC.Sent, "nothing leaves by a channel")
	return v.Number, w.IBC.V2.Sent[sent]
}

func receiveV2(w *world.World, p channeltypesv2.Packet) channeltypesv2.RecvPacketResult {
	return recognition.NewIBCModuleV2(w.Keeper).OnRecvPacket(w.Ctx, p.SourceClient, p.DestinationClient, p.Sequence, p.Payloads[0], nil)
}

func answerV2(w *world.World, p channeltypesv2.Packet, ack []byte) error {
	return recognition.NewIBCModuleV2(w.Keeper).OnAcknowledgementPacket(w.Ctx, p.SourceClient, p.DestinationClient, p.Sequence, ack, p.Payloads[0], nil)
}

func timeOutV2(w *world.World, p channeltypesv2.Packet) error {
	return recognition.NewIBCModuleV2(w.Keeper).OnTimeoutPacket(w.Ctx, p.SourceClient, p.DestinationClient, p.Sequence, p.Payloads[0], nil)
}

func TestV2PacketThereAndBack(t *testing.T) {
	from, to := joinedV2(t, world.Home, world.Away), joinedV2(t, world.Away, world.Home)
	number, packet := sendV2(t, from)
	require.Equal(t, uint64(from.Ctx.BlockTime().Add(time.Hour).Unix()), packet.TimeoutTimestamp, "in seconds")
	require.Equal(t, channeltypesv2.NewPayload(types.PortID, types.PortID, "recognition-1", "application/x-protobuf", packet.Payloads[0].Value), packet.Payloads[0])

	res := receiveV2(to, packet)
	require.Equal(t, channeltypesv2.PacketStatus_Success, res.Status)
	require.NoError(t, answerV2(from, packet, res.Acknowledgement))
	entry := from.Entry(t, types.RECORD_KIND_VOUCHER, number)
	require.Equal(t, types.OUTBOX_STATUS_RECOGNISED, entry.Status)
	require.Equal(t, pair, entry.ChannelId, "the client is the route")
	got, err := to.Queries.Recognised(to.Ctx, &types.QueryRecognisedRequest{ChainId: world.Home, Kind: types.RECORD_KIND_VOUCHER, Id: number})
	require.NoError(t, err)
	require.Equal(t, pair, got.Recognised.Evidence.ChannelId)
	require.EqualValues(t, packet.Sequence, got.Recognised.Evidence.Sequence)
	require.False(t, got.Recognised.Evidence.ByProof())

	before := from.Dump()
	require.NoError(t, timeOutV2(from, packet), "late, and without effect")
	require.Equal(t, before, from.Dump())
	for _, w := range []*world.World{from, to} {
		require.NoError(t, w.Keeper.Check(w.Ctx))
	}
}

// Core would answer a failure without saying why; a packet that is refused as a whole is
// a success of core's that wrote nothing.
func TestV2OnRecvPacketRefuses(t *testing.T) {
	from := joinedV2(t, world.Home, world.Away)
	_, good := sendV2(t, from)
	for name, c := range map[string]struct {
		spoil func(*world.World, *channeltypesv2.Packet)
		want  types.PacketCode
	}{
		"from another port": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.Payloads[0].SourcePort = "transfer" }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"for another port": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.Payloads[0].DestinationPort = "transfer" }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"of another version": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.Payloads[0].Version = "recognition-2" }, types.PACKET_CODE_UNKNOWN_VERSION,
		},
		"in another encoding": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.Payloads[0].Encoding = "application/json" }, types.PACKET_CODE_MALFORMED,
		},
		"truncated": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.Payloads[0].Value = p.Payloads[0].Value[:20] }, types.PACKET_CODE_MALFORMED,
		},
		"over a client without agreement": {
			func(_ *world.World, p *channeltypesv2.Packet) { p.DestinationClient = "07-tendermint-9" }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"over the client of an agreement that names a channel": {
			func(w *world.World, _ *channeltypesv2.Packet) { w.Join(t, world.Home) }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"over a client that lost its pair": {
			func(w *world.World, _ *channeltypesv2.Packet) { delete(w.IBC.V2.Pairs, pair) }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"over a client of another chain by now": {
			func(w *world.World, _ *channeltypesv2.Packet) { w.IBC.Clients[pair].ChainId = "shugu-beijing-1" }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"over a client of this chain by now": {
			func(w *world.World, _ *channeltypesv2.Packet) { w.IBC.Clients[pair].ChainId = world.Away }, types.PACKET_CODE_OWN_CHAIN,
		},
	} {
		t.Run(name, func(t *testing.T) {
			to := joinedV2(t, world.Away, world.Home)
			packet := good
			packet.Payloads = append([]channeltypesv2.Payload(nil), good.Payloads...)
			c.spoil(to, &packet)
			before := to.Dump()
			res := receiveV2(to, packet)
			require.Equal(t, channeltypesv2.PacketStatus_Success, res.Status)
			require.Equal(t, types.Refusal(c.want).Acknowledgement(), res.Acknowledgement)
			require.Equal(t, before, to.Dump())
			require.Len(t, to.Events("shugu.recognition.v1.EventPacketRefused"), 1)
		})
	}
}

// Nobody speaks in the chain's name but the module itself, while it sends: neither a
// member nor who signs with the module's own address.
func TestV2OnSendPacketRefusesOthers(t *testing.T) {
	w := joinedV2(t, world.Home, world.Away)
	_, packet := sendV2(t, w)
	m := recognition.NewIBCModuleV2(w.Keeper)
	for _, signer := range []sdk.AccAddress{
		keys.Address(world.Seller), keys.Address(world.Council), authtypes.NewModuleAddress(types.ModuleName), nil,
	} {
		require.ErrorIs(t, m.OnSendPacket(w.Ctx, pair, pair, 3, packet.Payloads[0], signer), types.ErrForeignSend)
	}
}

// What core answers when it fails tells nothing: it cannot be read.
func TestV2UniversalErrorAcknowledgement(t *testing.T) {
	w := joinedV2(t, world.Home, world.Away)
	number, packet := sendV2(t, w)
	require.NoError(t, answerV2(w, packet, channeltypesv2.ErrorAcknowledgement[:]))
	entry := w.Entry(t, types.RECORD_KIND_VOUCHER, number)
	require.Equal(t, types.OUTBOX_STATUS_REFUSED, entry.Status)
	require.Equal(t, types.PACKET_CODE_MALFORMED, entry.PacketCode)
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func TestV2OnTimeoutPacket(t *testing.T) {
	w := joinedV2(t, world.Home, world.Away)
	number, packet := sendV2(t, w)
	require.NoError(t, timeOutV2(w, packet))
	require.Equal(t, types.OUTBOX_STATUS_TIMED_OUT, w.Entry(t, types.RECORD_KIND_VOUCHER, number).Status)
	require.NoError(t, w.Present(number))
	require.NoError(t, w.Keeper.Flush(w.Ctx))
	require.EqualValues(t, packet.Sequence+1, w.Entry(t, types.RECORD_KIND_VOUCHER, number).Sequence)
}

// An error of the own store must undo the transaction, not be acknowledged.
func TestV2OnRecvPacketPanicsIfTheStoreIsBroken(t *testing.T) {
	w := joinedV2(t, world.Home, world.Away)
	number := world.Voucher(world.Away, 1).Number
	w.Ctx.KVStore(w.Key(types.StoreKey)).Set(append([]byte{0x31}, world.Away+"\x00"+number...), []byte("broken"))
	data := world.Incoming(pair, 1, world.StatusRecord(number, 1, 1)).Data
	payload := channeltypesv2.NewPayload(types.PortID, types.PortID, types.ChannelVersion, types.Encoding, data)
	require.Panics(t, func() { receiveV2(w, channeltypesv2.NewPacket(1, pair, pair, 1, payload)) })
}
