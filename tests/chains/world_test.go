package chains_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	voucherKind    = recognition.RECORD_KIND_VOUCHER
	settlementKind = recognition.RECORD_KIND_SETTLEMENT
	statusKind     = recognition.RECORD_KIND_STATUS
)

// world is two chains with a channel between them, and a pair that trades on the first.
type world struct {
	*chains.Network
	t    *testing.T
	a, b *chains.Chain
	path *ibctesting.Path
	pair pair
}

// newWorld joins the chains by chains.Link, or by chains.Open: without agreements.
func newWorld(t *testing.T, join func(a, b *chains.Chain) chains.Linked) *world {
	n := chains.New(t, hangzhou, shanghai)
	w := &world{Network: n, t: t, a: n.Chain(hangzhou), b: n.Chain(shanghai)}
	w.path = join(w.a, w.b).Path
	w.pair = newPair(w.a, "seller", "buyer")
	deposit(w.a, "buyer", 5_000_000)
	return w
}

// sell runs a trade from quote to voucher.
func (w *world) sell() trade.Contract { return w.pair.reach(w.a, trade.STATUS_SETTLED) }

// present presents a voucher to B and returns the packet that leaves.
func (w *world) present(number string) channeltypes.Packet {
	w.t.Helper()
	w.queue(number)
	packets := w.a.Packets()
	require.Len(w.t, packets, 1)
	return packets[0]
}

// sent is the last packet that left A, in whatever block.
func (w *world) sent() channeltypes.Packet {
	w.t.Helper()
	blocks := w.a.Blocks()
	for i := len(blocks) - 1; i >= 0; i-- {
		if packets := blocks[i].Packets(); len(packets) > 0 {
			return packets[len(packets)-1]
		}
	}
	require.Fail(w.t, "no packet has left")
	return channeltypes.Packet{}
}

// queue presents a voucher to B, whatever leaves.
func (w *world) queue(number string) {
	w.a.MustSend("seller", nil, &recognition.MsgPresent{Signer: w.a.Address("seller"), Voucher: number, ChainId: shanghai})
}

// send sends a packet by hand, as no honest chain does.
func (w *world) send(data []byte) channeltypes.Packet {
	w.t.Helper()
	from, to := w.path.EndpointA, w.path.EndpointB
	timeout := uint64(w.CurrentTime.Add(time.Hour).UnixNano())
	sequence, err := w.a.Shugu.IBC.ChannelKeeper.SendPacket(w.a.GetContext(), recognition.PortID, from.ChannelID, clienttypes.ZeroHeight(), timeout, data)
	require.NoError(w.t, err)
	w.CommitBlock(w.a.TestChain)
	return channeltypes.NewPacket(data, sequence, recognition.PortID, from.ChannelID, recognition.PortID, to.ChannelID, clienttypes.ZeroHeight(), timeout)
}

// carry brings a packet from A to B and the answer back.
func (w *world) carry(packet channeltypes.Packet) *recognition.PacketAcknowledgement {
	w.t.Helper()
	return carry(w.t, w.path, packet)
}

func carry(t *testing.T, path *ibctesting.Path, packet channeltypes.Packet) *recognition.PacketAcknowledgement {
	t.Helper()
	raw := receive(t, path, packet)
	require.NoError(t, path.EndpointA.AcknowledgePacket(packet, raw))
	answer := &recognition.PacketAcknowledgement{}
	require.NoError(t, answer.Unmarshal(raw))
	return answer
}

// receive brings a packet to B and returns the answer, of which A's client already knows.
func receive(t *testing.T, path *ibctesting.Path, packet channeltypes.Packet) []byte {
	t.Helper()
	require.NoError(t, path.EndpointB.UpdateClient())
	res, err := path.EndpointB.RecvPacketWithResult(packet)
	require.NoError(t, err)
	raw, err := ibctesting.ParseAckFromEvents(res.Events)
	require.NoError(t, err)
	return raw
}

// entry is how a record of A stands at B.
func (w *world) entry(kind recognition.RecordKind, id string) recognition.OutboxEntry {
	w.t.Helper()
	res, err := recognitionkeeper.NewQueryServer(w.a.Shugu.Recognition).OutboxEntry(w.a.Query(),
		&recognition.QueryOutboxEntryRequest{ChainId: shanghai, Kind: kind, Id: id})
	require.NoError(w.t, err)
	return res.Entry
}

// requireStatus asserts how voucher and settlement of a contract stand at B.
func (w *world) requireStatus(c trade.Contract, want recognition.OutboxStatus) {
	w.t.Helper()
	require.Equal(w.t, want, w.entry(voucherKind, c.Voucher).Status)
	require.Equal(w.t, want, w.entry(settlementKind, c.Id).Status)
}

// waiting is A's queue for B.
func (w *world) waiting() *recognition.QueryQueueResponse {
	w.t.Helper()
	res, err := recognitionkeeper.NewQueryServer(w.a.Shugu.Recognition).Queue(w.a.Query(), &recognition.QueryQueueRequest{ChainId: shanghai})
	require.NoError(w.t, err)
	return res
}

// recognised is a record of A that stands on B.
func (w *world) recognised(kind recognition.RecordKind, id string) (recognition.Recognised, error) {
	res, err := recognitionkeeper.NewQueryServer(w.b.Shugu.Recognition).Recognised(w.b.Query(),
		&recognition.QueryRecognisedRequest{ChainId: hangzhou, Kind: kind, Id: id})
	if err != nil {
		return recognition.Recognised{}, err
	}
	return res.Recognised, nil
}

// foreign is what B heard against a voucher of A.
func (w *world) foreign(number string) (voucher.Status, error) {
	res, err := recognitionkeeper.NewQueryServer(w.b.Shugu.Recognition).ForeignStatus(w.b.Query(),
		&recognition.QueryForeignStatusRequest{ChainId: hangzhou, Number: number})
	if err != nil {
		return voucher.Status{}, err
	}
	return voucher.DecodeStatus(res.Status.Value)
}

// reverse takes fen of a voucher of A back, in the next block, which it runs.
func (w *world) reverse(number string, fen int64) {
	w.t.Helper()
	_, err := w.a.Shugu.Voucher.Reverse(w.a.GetContext(), voucher.Reversal{
		Number: number, Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(fen)}}, ReasonDigest: digest("reason"),
	})
	require.NoError(w.t, err)
	w.CommitBlock(w.a.TestChain)
}

// agree has the council of a chain make the agreement for an end of a channel.
func agree(c *chains.Chain, end *ibctesting.Endpoint) {
	c.Decide(panel.Council, &recognition.MsgSetAgreement{Signer: chains.Council(), Agreement: chains.Agreement(end)})
}

// agreeAndTell is agree, of which the other chain hears.
func (w *world) agreeAndTell(c *chains.Chain, end *ibctesting.Endpoint) {
	w.t.Helper()
	agree(c, end)
	w.tell(c, w.path)
}

// tell relays what a chain sent in its last block, at least one packet, and the answers.
func (w *world) tell(c *chains.Chain, path *ibctesting.Path) {
	w.t.Helper()
	packets := c.Packets()
	require.NotEmpty(w.t, packets)
	for _, packet := range packets {
		require.NoError(w.t, path.RelayPacket(packet))
	}
}

func (w *world) checkAll() {
	w.t.Helper()
	checkAll(w.t, w.a)
	checkAll(w.t, w.b)
}
