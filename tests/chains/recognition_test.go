package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Whoever carries a packet or its answer a second time, with proofs that hold,
// changes nothing on either chain, and gets it into no mempool.
func TestRule01ReplayedPacketsAndAnswersChangeNothing(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	packet := w.present(sold.Voucher)
	require.NoError(t, w.path.EndpointB.UpdateClient())
	proof, height := w.a.QueryProof(host.PacketCommitmentKey(packet.SourcePort, packet.SourceChannel, packet.Sequence))
	receive := channeltypes.NewMsgRecvPacket(packet, proof, height, w.b.Address("relayer"))

	forged := *receive
	forged.Packet.Data = append([]byte(nil), packet.Data...)
	forged.Packet.Data[len(forged.Packet.Data)-1] ^= 1
	_, err := w.b.Send("relayer", &forged)
	require.ErrorContains(t, err, "couldn't verify counterparty packet commitment")

	res := w.b.MustSend("relayer", nil, receive)
	raw, err := ibctesting.ParseAckFromEvents(res.Events)
	require.NoError(t, err)
	received := dump(w.b)
	requireReceivedBefore := func() {
		var again channeltypes.MsgRecvPacketResponse
		w.b.MustSend("relayer", &again, receive)
		require.Equal(t, channeltypes.NOOP, again.Result)
		requireSame(t, received, dump(w.b))
		requireRedundant(t, w.b, sign(w.b, "relayer", 0, receive))
	}
	requireReceivedBefore()

	require.NoError(t, w.path.EndpointA.UpdateClient())
	proof, height = w.b.QueryProof(host.PacketAcknowledgementKey(packet.DestinationPort, packet.DestinationChannel, packet.Sequence))
	acknowledge := channeltypes.NewMsgAcknowledgement(packet, raw, proof, height, w.a.Address("relayer"))
	lie := *acknowledge
	lie.Acknowledgement = recognition.Refusal(recognition.PACKET_CODE_NO_AGREEMENT).Acknowledgement()
	_, err = w.a.Send("relayer", &lie)
	require.ErrorContains(t, err, "failed packet acknowledgement verification")
	w.requireStatus(sold, recognition.OUTBOX_STATUS_PENDING)

	w.a.MustSend("relayer", nil, acknowledge)
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	answered := dump(w.a)
	var again channeltypes.MsgAcknowledgementResponse
	w.a.MustSend("relayer", &again, acknowledge)
	require.Equal(t, channeltypes.NOOP, again.Result)
	requireSame(t, answered, dump(w.a))
	requireRedundant(t, w.a, sign(w.a, "relayer", 0, acknowledge))
	// A has forgotten that it sent the packet; the old proof still holds on B.
	received = dump(w.b)
	requireReceivedBefore()
	w.checkAll()
}

// requireRedundant asserts that the mempool does not take what relays again.
func requireRedundant(t *testing.T, c *chains.Chain, raw []byte) {
	t.Helper()
	res, err := c.Shugu.CheckTx(&abci.RequestCheckTx{Tx: raw})
	require.NoError(t, err)
	requireCode(t, channeltypes.ErrRedundantTx, res.Codespace, res.Code, res.Log, "redundant")
}

func TestTimedOutPacketIsPresentedAgain(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	late := w.present(sold.Voucher)
	w.requireStatus(sold, recognition.OUTBOX_STATUS_PENDING)
	w.IncrementTimeBy(2 * time.Hour)

	require.NoError(t, w.path.EndpointB.UpdateClient())
	_, err := w.path.EndpointB.RecvPacketWithResult(late)
	require.ErrorContains(t, err, "timeout elapsed")
	_, err = w.recognised(voucherKind, sold.Voucher)
	require.ErrorIs(t, err, recognition.ErrNotFound)

	require.NoError(t, w.path.EndpointA.UpdateClient())
	require.NoError(t, w.path.EndpointA.TimeoutPacket(late))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_TIMED_OUT)
	require.Empty(t, w.waiting().Entries, "vouchers wait until somebody presents them again")

	packet := w.present(sold.Voucher)
	require.Equal(t, late.Sequence+1, packet.Sequence)
	require.True(t, w.carry(packet).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	_, err = w.recognised(voucherKind, sold.Voucher)
	require.NoError(t, err)
	w.checkAll()
}

func TestPacketWithoutAgreementIsRefused(t *testing.T) {
	w := newWorld(t, chains.Open)
	agree(w.a, w.path.EndpointA)
	terms := w.a.Packets()
	require.Len(t, terms, 1)
	sold := w.sell()
	packet := w.present(sold.Voucher)
	before := dump(w.b, recognition.StoreKey)
	require.Equal(t, recognition.Refusal(recognition.PACKET_CODE_NO_AGREEMENT), w.carry(packet))
	requireSame(t, before, dump(w.b, recognition.StoreKey))
	w.requireStatus(sold, recognition.OUTBOX_STATUS_REFUSED)
	require.Equal(t, recognition.PACKET_CODE_NO_AGREEMENT, w.entry(voucherKind, sold.Voucher).PacketCode)

	// What was refused as a whole is not tried again soon, until B tells that it recognises now.
	w.queue(sold.Voucher)
	require.Empty(t, w.a.Packets())
	w.agreeAndTell(w.b, w.path.EndpointB)
	require.NoError(t, w.path.RelayPacket(terms[0]))
	require.True(t, w.carry(w.sent()).Success())
	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)

	// An agreement that ended refuses what is new, and leaves what was recognised.
	w.b.Decide(panel.Council, &recognition.MsgEndAgreement{Signer: chains.Council(), ChainId: hangzhou, Reason: "ended"})
	another := w.sell()
	require.Equal(t, recognition.PACKET_CODE_NO_AGREEMENT, w.carry(w.present(another.Voucher)).Code)
	_, err := w.recognised(voucherKind, sold.Voucher)
	require.NoError(t, err)
	w.checkAll()
}

// A chain has one agreement with another and so one channel that counts; a channel
// that an agreement gave up keeps its late answers and gives no rights.
func TestSecondChannel(t *testing.T) {
	w := newWorld(t, chains.Link)
	early, late := w.sell(), w.sell()
	overFirst := w.present(early.Voucher)
	second := chains.Open(w.a, w.b).Path
	require.NotEqual(t, w.path.EndpointA.ChannelID, second.EndpointA.ChannelID)
	require.NotEqual(t, w.path.EndpointA.ClientID, second.EndpointA.ClientID)

	agree(w.a, second.EndpointA)
	terms := w.a.Packets()
	overSecond := w.present(late.Voucher)
	require.Equal(t, second.EndpointA.ChannelID, overSecond.SourceChannel)
	require.Equal(t, recognition.PACKET_CODE_NO_AGREEMENT, carry(t, second, overSecond).Code, "B's agreement names the first channel")
	w.requireStatus(late, recognition.OUTBOX_STATUS_REFUSED)

	require.True(t, w.carry(overFirst).Success(), "B's agreement names it still, and A finds the entries that it answers")
	w.requireStatus(early, recognition.OUTBOX_STATUS_RECOGNISED)

	agree(w.b, second.EndpointB)
	w.tell(w.b, second)
	require.NoError(t, second.RelayPacket(terms[0]))
	require.True(t, carry(t, second, w.present(late.Voucher)).Success())
	w.requireStatus(late, recognition.OUTBOX_STATUS_RECOGNISED)
	w.queue(early.Voucher)
	require.Empty(t, w.a.Packets(), "what is recognised is not sent again")
	w.checkAll()
}

func TestAgreementFailsIf(t *testing.T) {
	w := newWorld(t, chains.Link)
	second := chains.Open(w.a, w.b).Path
	for name, c := range map[string]struct {
		spoil func(*recognition.Agreement)
		want  error
		says  string
	}{
		"with ourselves":                 {func(g *recognition.Agreement) { g.ChainId = hangzhou }, recognition.ErrOwnChain, "another chain"},
		"over another chain's client":    {func(g *recognition.Agreement) { g.ClientId = second.EndpointA.ClientID }, recognition.ErrClient, second.EndpointA.ClientID},
		"with another than the client's": {func(g *recognition.Agreement) { g.ChainId = "shugu-wenzhou-1" }, recognition.ErrClient, shanghai},
		"over a channel without chain": {func(g *recognition.Agreement) {
			*g = chains.Agreement(second.EndpointA)
			g.ChainId = "shugu-wenzhou-1"
		}, recognition.ErrClient, "expected a client of shugu-wenzhou-1"},
		"over no channel": {func(g *recognition.Agreement) { g.ChannelId = "channel-9" }, recognition.ErrChannel, "channel-9"},
	} {
		t.Run(name, func(t *testing.T) {
			agreement := chains.Agreement(w.path.EndpointA)
			c.spoil(&agreement)
			before := dump(w.a, recognition.StoreKey)
			r := w.a.Resolve(panel.Council, &recognition.MsgSetAgreement{Signer: chains.Council(), Agreement: agreement})
			require.Equal(t, panel.RESOLUTION_STATUS_FAILED, r.Status)
			requireCode(t, c.want, r.Failure.Codespace, r.Failure.Code, w.a.Failure(), c.says)
			requireSame(t, before, dump(w.a, recognition.StoreKey))
		})
	}
}
