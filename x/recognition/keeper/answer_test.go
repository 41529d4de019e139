package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestAcknowledge(t *testing.T) {
	w := world.Joined(t)
	number, settlement, packet := presented(t, w)
	acknowledge(t, w, packet, ok, types.RESULT_CODE_CONFLICT)
	require.Equal(t, types.OutboxEntry{
		ChainId: world.Away, Kind: voucherKind, Id: number, Status: types.OUTBOX_STATUS_RECOGNISED,
		Sequence: 1, Height: 2, ChannelId: "channel-0",
	}, w.Entry(t, voucherKind, number))
	require.Equal(t, types.OutboxEntry{
		ChainId: world.Away, Kind: settlementKind, Id: settlement, Status: types.OUTBOX_STATUS_REFUSED, Result: types.RESULT_CODE_CONFLICT,
		Sequence: 1, Height: 2, ChannelId: "channel-0",
	}, w.Entry(t, settlementKind, settlement))
	require.Len(t, w.Events("shugu.recognition.v1.EventRecordAnswered"), 2)
}

func TestAcknowledgeOfARefusedPacket(t *testing.T) {
	w := world.Joined(t)
	number, settlement, packet := presented(t, w)
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(packet), types.Refusal(types.PACKET_CODE_NO_AGREEMENT).Acknowledgement()))
	for _, e := range []types.OutboxEntry{w.Entry(t, voucherKind, number), w.Entry(t, settlementKind, settlement)} {
		require.Equal(t, types.OUTBOX_STATUS_REFUSED, e.Status)
		require.Equal(t, types.PACKET_CODE_NO_AGREEMENT, e.PacketCode)
	}
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

// A malformed answer must not make the relayer try for ever.
func TestAcknowledgeThatIsMalformed(t *testing.T) {
	for name, ack := range map[string][]byte{
		"empty":            nil,
		"core's own error": channeltypes.NewErrorAcknowledgement(types.ErrPacket).Acknowledgement(),
		"a result missing": (&types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok}}).Acknowledgement(),
		"unknown code":     {8, 1, 16, 99},
		"not canonical":    {8, 1, 16, 1, 24, 1, 24, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			number, settlement, packet := presented(t, w)
			require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(packet), ack))
			for _, e := range []types.OutboxEntry{w.Entry(t, voucherKind, number), w.Entry(t, settlementKind, settlement)} {
				require.Equal(t, types.OUTBOX_STATUS_REFUSED, e.Status)
				require.Equal(t, types.PACKET_CODE_MALFORMED, e.PacketCode)
			}
			require.NoError(t, w.Keeper.Check(w.Ctx))
		})
	}
}

// SECURITY-RULES 1.
func TestRule1AnswersDeliveredTwiceChangeNothing(t *testing.T) {
	ack := func(w *world.World, p channeltypes.Packet) error {
		return w.Keeper.Acknowledge(w.Ctx, world.Sent(p), (&types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, ok}}).Acknowledgement())
	}
	refusal := func(w *world.World, p channeltypes.Packet) error {
		return w.Keeper.Acknowledge(w.Ctx, world.Sent(p), types.Refusal(types.PACKET_CODE_OWN_CHAIN).Acknowledgement())
	}
	timeout := func(w *world.World, p channeltypes.Packet) error { return w.Keeper.TimeOut(w.Ctx, world.Sent(p)) }
	answers := []func(*world.World, channeltypes.Packet) error{ack, refusal, timeout}
	for i, first := range answers {
		for j, second := range answers {
			w := world.Joined(t)
			_, _, packet := presented(t, w)
			require.NoError(t, first(w, packet))
			before := w.Dump()
			w.Advance(time.Second)
			require.NoError(t, second(w, packet))
			require.Equal(t, before, w.Dump(), "%d then %d", i, j)
			require.Empty(t, w.Ctx.EventManager().Events())
		}
	}
}

func TestAnswersToAnEarlierPacketChangeNothing(t *testing.T) {
	w := world.Joined(t)
	number, _, first := presented(t, w)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(first)))
	require.NoError(t, w.Present(number))
	nextBlock(t, w, time.Second)
	before := w.Dump()
	acknowledge(t, w, first, ok, ok)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(first)))
	require.Equal(t, before, w.Dump())
}

func TestAnswersToWhatWeDidNotSendChangeNothing(t *testing.T) {
	for name, spoil := range map[string]func(*channeltypes.Packet){
		"unknown channel": func(p *channeltypes.Packet) { p.SourceChannel = "channel-9" },
		"unknown records": func(p *channeltypes.Packet) {
			p.Data = world.Incoming("c", 1, world.StatusRecord(world.Voucher(world.Home, 9).Number, 1, 1)).Data
		},
		"other sequence": func(p *channeltypes.Packet) { p.Sequence++ },
		"no packet data": func(p *channeltypes.Packet) { p.Data = []byte("?") },
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			_, _, packet := presented(t, w)
			spoil(&packet)
			before := w.Dump()
			acknowledge(t, w, packet, ok, ok)
			require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(packet)))
			require.Equal(t, before, w.Dump())
		})
	}
}

func TestTimeOut(t *testing.T) {
	w := world.Joined(t)
	number, settlement, packet := presented(t, w)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(packet)))
	requireStatus(t, w, voucherKind, number, types.OUTBOX_STATUS_TIMED_OUT)
	requireStatus(t, w, settlementKind, settlement, types.OUTBOX_STATUS_TIMED_OUT)
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

// A status is sent until it is acknowledged, for nobody presents it.
func TestTimeOutSendsAStatusAgain(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	nextBlock(t, w, time.Hour)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(w.IBC.Last())))
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_PENDING)
}

// A packet that was refused as a whole says nothing of the statuses in it: they are sent
// again after the longest wait, or as soon as the counterparty tells new terms.
func TestStatusReturnsWhenThePacketIsRefused(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Present(v.Number))
	nextBlock(t, w, time.Second)
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(w.IBC.Last()), types.Refusal(types.PACKET_CODE_NO_AGREEMENT).Acknowledgement()))
	requireStatus(t, w, voucherKind, v.Number, types.OUTBOX_STATUS_REFUSED)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1)
	receive(t, w, world.TermsRecord(1))
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
	acknowledge(t, w, w.IBC.Last(), ok)
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_RECOGNISED)
}

func TestStatusIsSentAgainAfterTheLongestWait(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	nextBlock(t, w, time.Second)
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(w.IBC.Last()), []byte("what?")))
	w.Ctx = w.Ctx.WithBlockHeight(w.Ctx.BlockHeight() + types.DefaultParams().BackoffCap - 1)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
}

// What is refused on a route that the agreement has left says nothing of the new one.
func TestARefusalOnALeftRouteDelaysNothing(t *testing.T) {
	w := world.Joined(t)
	_, _, old := presented(t, w)
	id, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, id, channel))
	refusal := types.Refusal(types.PACKET_CODE_NO_AGREEMENT).Acknowledgement()
	require.NoError(t, w.Keeper.Acknowledge(w.Ctx, world.Sent(old), refusal))
	sent := len(w.IBC.Sent)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, sent+1, "the terms leave by the new route")
	require.Equal(t, channel, w.IBC.Last().SourceChannel)
}
