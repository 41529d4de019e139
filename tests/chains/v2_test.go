package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	hostv2 "github.com/cosmos/ibc-go/v11/modules/core/24-host/v2"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// presentV2 presents a voucher to B and returns the packet that leaves.
func (w *world) presentV2(number string) channeltypesv2.Packet {
	w.t.Helper()
	w.queue(number)
	require.Empty(w.t, w.a.Packets())
	return onlyV2(w.t, w.a)
}

// onlyV2 is the one packet that left a chain in its last block.
func onlyV2(t *testing.T, c *chains.Chain) channeltypesv2.Packet {
	t.Helper()
	packets := c.PacketsV2()
	require.Len(t, packets, 1)
	return packets[0]
}

// allV2 are the packets of IBC v2 that ever left a chain.
func allV2(c *chains.Chain) (packets []channeltypesv2.Packet) {
	for _, block := range c.Blocks() {
		packets = append(packets, block.PacketsV2()...)
	}
	return packets
}

// carryV2 brings a packet from an end to the other and the answer back.
func carryV2(t *testing.T, from *ibctesting.Endpoint, packet channeltypesv2.Packet) *recognition.PacketAcknowledgement {
	t.Helper()
	ack := receiveV2(t, from, packet)
	require.NoError(t, from.MsgAcknowledgePacket(packet, ack))
	answer := &recognition.PacketAcknowledgement{}
	require.NoError(t, answer.Unmarshal(ack.AppAcknowledgements[0]))
	return answer
}

// receiveV2 brings a packet to the other end.
func receiveV2(t *testing.T, from *ibctesting.Endpoint, packet channeltypesv2.Packet) channeltypesv2.Acknowledgement {
	t.Helper()
	require.NoError(t, from.Counterparty.UpdateClient())
	ack, err := from.Counterparty.MsgRecvPacketWithAck(packet)
	require.NoError(t, err)
	return ack
}

func TestV2VoucherAndStatusTravel(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	sold, unknown := w.sell(), w.sell()
	packet := w.presentV2(sold.Voucher)
	require.Equal(t, w.path.EndpointA.ClientID, packet.SourceClient)
	require.True(t, carryV2(t, w.path.EndpointA, packet).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	stands, err := w.recognised(voucherKind, sold.Voucher)
	require.NoError(t, err)
	require.Equal(t, w.path.EndpointB.ClientID, stands.Evidence.ChannelId)
	require.Equal(t, packet.Sequence, stands.Evidence.Sequence)

	// Presented or not, a change of status is sent in its block, and out of order the highest stays.
	w.reverse(sold.Voucher, 20_000)
	first := onlyV2(t, w.a)
	w.reverse(sold.Voucher, price-20_000)
	second := onlyV2(t, w.a)
	w.reverse(unknown.Voucher, price)
	third := onlyV2(t, w.a)
	for _, p := range []channeltypesv2.Packet{third, second, first} {
		require.True(t, carryV2(t, w.path.EndpointA, p).Success())
	}
	for number, version := range map[string]uint64{sold.Voucher: 2, unknown.Voucher: 1} {
		heard, err := w.foreign(number)
		require.NoError(t, err)
		require.Equal(t, version, heard.Version)
		require.Equal(t, voucher.FlagReversed, heard.Flags)
		require.Equal(t, recognition.OUTBOX_STATUS_RECOGNISED, w.entry(statusKind, number).Status)
	}
	w.checkAll()
}

// A packet that is refused as a whole is answered with our own code, and writes nothing.
func TestV2PacketWithoutAgreementIsRefused(t *testing.T) {
	w := newWorld(t, chains.OpenV2)
	agree(w.a, w.path.EndpointA)
	terms := onlyV2(t, w.a)
	sold := w.sell()
	packet := w.presentV2(sold.Voucher)
	before := dump(w.b, recognition.StoreKey)
	require.Equal(t, recognition.Refusal(recognition.PACKET_CODE_NO_AGREEMENT), carryV2(t, w.path.EndpointA, packet))
	requireSame(t, before, dump(w.b, recognition.StoreKey))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_REFUSED)

	// Once B tells that it recognises now, presenting again sends again.
	agree(w.b, w.path.EndpointB)
	require.True(t, carryV2(t, w.path.EndpointB, onlyV2(t, w.b)).Success())
	require.True(t, carryV2(t, w.path.EndpointA, terms).Success())
	require.True(t, carryV2(t, w.path.EndpointA, w.presentV2(sold.Voucher)).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	w.checkAll()
}

func TestV2TimedOutPacketsAreSentAgain(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	sold := w.sell()
	late := w.presentV2(sold.Voucher)
	w.reverse(sold.Voucher, 20_000)
	status := onlyV2(t, w.a)
	w.IncrementTimeBy(2 * time.Hour)
	require.NoError(t, w.path.EndpointB.UpdateClient())
	_, err := w.path.EndpointB.MsgRecvPacketWithAck(late)
	require.ErrorContains(t, err, "timeout elapsed")

	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.MsgTimeoutPacket(late))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_TIMED_OUT)
	// Sent again by itself in the block that takes the timeout: nobody presents a status.
	require.NoError(t, w.path.EndpointA.MsgTimeoutPacket(status))
	sent := allV2(w.a)
	again := sent[len(sent)-1]
	require.Greater(t, again.Sequence, status.Sequence)
	require.True(t, carryV2(t, w.path.EndpointA, again).Success())
	_, err = w.foreign(sold.Voucher)
	require.NoError(t, err)
	require.True(t, carryV2(t, w.path.EndpointA, w.presentV2(sold.Voucher)).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	w.checkAll()
}

// Whoever carries a packet or its answer a second time, or a forged one, changes nothing.
func TestRule01V2ReplayedAndForgedPacketsChangeNothing(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	sold := w.sell()
	packet := w.presentV2(sold.Voucher)
	require.NoError(t, w.path.EndpointB.UpdateClient())
	proof, height := w.a.QueryProof(hostv2.PacketCommitmentKey(packet.SourceClient, packet.Sequence))
	receive := channeltypesv2.NewMsgRecvPacket(packet, proof, height, w.b.Address("relayer"))

	forged := *receive
	forged.Packet.Payloads = []channeltypesv2.Payload{packet.Payloads[0]}
	forged.Packet.Payloads[0].Value = append([]byte(nil), packet.Payloads[0].Value...)
	forged.Packet.Payloads[0].Value[len(forged.Packet.Payloads[0].Value)-1] ^= 1
	_, err := w.b.Send("relayer", &forged)
	require.ErrorContains(t, err, "failed packet commitment verification")
	twice := *receive
	twice.Packet.Payloads = []channeltypesv2.Payload{packet.Payloads[0], packet.Payloads[0]}
	_, err = w.b.Send("relayer", &twice)
	require.ErrorContains(t, err, "must be 1")

	res := w.b.MustSend("relayer", nil, receive)
	raw, err := ibctesting.ParseAckV2FromEvents(res.Events)
	require.NoError(t, err)
	var ack channeltypesv2.Acknowledgement
	require.NoError(t, ack.Unmarshal(raw))
	received := dump(w.b)
	var again channeltypesv2.MsgRecvPacketResponse
	w.b.MustSend("relayer", &again, receive)
	require.Equal(t, channeltypesv2.NOOP, again.Result)
	requireSame(t, received, dump(w.b))
	requireRedundant(t, w.b, sign(w.b, "relayer", 0, receive))

	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.MsgAcknowledgePacket(packet, ack))
	answered := dump(w.a, recognition.StoreKey)
	require.NoError(t, w.path.EndpointA.MsgAcknowledgePacket(packet, ack))
	requireSame(t, answered, dump(w.a, recognition.StoreKey))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	w.checkAll()
}

// An agreement whose channel has closed goes on between clients, with what waited.
func TestV2TakesOverFromAClosedChannel(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	w.path.EndpointA.UpdateChannel(func(c *channeltypes.Channel) { c.State = channeltypes.CLOSED })
	w.reverse(sold.Voucher, 20_000)
	require.Empty(t, w.a.Packets())
	w.queue(sold.Voucher)

	w.path = chains.OpenV2(w.a, w.b).Path
	agree(w.b, w.path.EndpointB)
	agree(w.a, w.path.EndpointA)
	for i := 0; i < len(allV2(w.a)); i++ {
		require.True(t, carryV2(t, w.path.EndpointA, allV2(w.a)[i]).Success())
	}
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	heard, err := w.foreign(sold.Voucher)
	require.NoError(t, err)
	require.EqualValues(t, 1, heard.Version)
	w.checkAll()
}

// What is under way between clients survives an export, on both sides.
func TestV2ExportImportExportAndOn(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	sold, reversed := w.sell(), w.sell()
	packet := w.presentV2(sold.Voucher)
	answer := receiveV2(t, w.path.EndpointA, packet)
	w.reverse(reversed.Voucher, price)
	status := onlyV2(t, w.a)
	restart(t, w.a)
	restart(t, w.b)
	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.MsgAcknowledgePacket(packet, answer))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	require.True(t, carryV2(t, w.path.EndpointA, status).Success())
	require.True(t, carryV2(t, w.path.EndpointA, w.presentV2(reversed.Voucher)).Success())
	w.checkAll()
}

// endAgreement has the council of a chain end the agreement with another.
func endAgreement(c *chains.Chain, other string) {
	c.Decide(panel.Council, &recognition.MsgEndAgreement{Signer: chains.Council(), ChainId: other, Reason: "over"})
}

// An agreement that ends while a packet is under way refuses what arrives later.
func TestV2AgreementEndsWhileAPacketIsUnderWay(t *testing.T) {
	w := newWorld(t, chains.LinkV2)
	sold := w.sell()
	packet := w.presentV2(sold.Voucher)
	endAgreement(w.b, hangzhou)
	require.Equal(t, recognition.Refusal(recognition.PACKET_CODE_NO_AGREEMENT), carryV2(t, w.path.EndpointA, packet))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_REFUSED)
	w.checkAll()
}
