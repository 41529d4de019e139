package keeper_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestFlushSendsABlocksRecordsInOnePacket(t *testing.T) {
	w := world.Joined(t)
	v1, v2 := w.Book.Issue(), w.Book.Issue()
	require.NoError(t, w.Present(v2.Number))
	require.NoError(t, w.Present(v1.Number))
	flush(t, w)
	require.Len(t, w.IBC.Sent, 1)
	packet := w.IBC.Last()
	require.Equal(t, uint64(w.Ctx.BlockTime().Add(time.Hour).UnixNano()), packet.TimeoutTimestamp)
	require.True(t, packet.TimeoutHeight.IsZero())
	data, err := types.DecodePacket(packet.Data)
	require.NoError(t, err)
	require.Equal(t, []types.PacketRecord{
		world.VoucherRecord(v1), world.VoucherRecord(v2),
		world.SettlementRecord(world.Settlement(v1)), world.SettlementRecord(world.Settlement(v2)),
	}, data.Records)
	require.Equal(t, types.OutboxEntry{
		ChainId: world.Away, Kind: voucherKind, Id: v1.Number, Status: types.OUTBOX_STATUS_PENDING, Sequence: 1, Height: 1, ChannelId: "channel-0",
	}, w.Entry(t, voucherKind, v1.Number))
	require.Len(t, w.Events("shugu.recognition.v1.EventPacketSent"), 1)
	flush(t, w)
	require.Len(t, w.IBC.Sent, 1, "nothing is left to send")
}

func TestFlushOfNothingWritesNothing(t *testing.T) {
	w := world.Joined(t)
	before := w.Dump()
	flush(t, w)
	require.Equal(t, before, w.Dump())
	require.Empty(t, w.Events("shugu.recognition.v1.EventPacketSent"))
}

func TestFlushSendsAtMost100RecordsInOnePacketABlock(t *testing.T) {
	w := world.Joined(t)
	for range 60 {
		require.NoError(t, w.Present(w.Book.Issue().Number))
	}
	var counts []int
	for range 3 {
		nextBlock(t, w, time.Second)
	}
	for _, p := range w.IBC.Sent {
		data, err := types.DecodePacket(p.Data)
		require.NoError(t, err)
		counts = append(counts, len(data.Records))
	}
	require.Equal(t, []int{100, 20}, counts)
}

func TestFlushSendsAtMost128KiBInOnePacket(t *testing.T) {
	w := world.Joined(t)
	for range 20 {
		v := w.Book.Issue()
		v.Lines[0].What = strings.Repeat("a", 7_800)
		w.Book.Put(v)
		require.NoError(t, w.Present(v.Number))
	}
	total := 0
	for range 4 {
		nextBlock(t, w, time.Second)
	}
	for _, p := range w.IBC.Sent {
		require.LessOrEqual(t, len(p.Data), types.MaxPacketBytes)
		data, err := types.DecodePacket(p.Data)
		require.NoError(t, err)
		total += len(data.Records)
	}
	require.Len(t, w.IBC.Sent, 2)
	require.Equal(t, 40, total)
	require.Greater(t, len(w.IBC.Sent[0].Data), types.MaxPacketBytes-8_200, "the packet is filled")
}

// Whatever keeps a packet from leaving: the records stay queued, the attempts become rare,
// and once it is mended they leave.
func TestFlushBacksOffAndLeavesLater(t *testing.T) {
	for name, c := range map[string]struct {
		spoil, mend func(*world.World)
	}{
		"client expired": {
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Expired },
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Active },
		},
		"client frozen": {
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Frozen },
			func(w *world.World) { w.IBC.Status["07-tendermint-0"] = exported.Active },
		},
		"channel closed": {
			func(w *world.World) {
				w.IBC.Change("channel-0", func(c *channeltypes.Channel) { c.State = channeltypes.CLOSED })
			},
			func(w *world.World) {
				w.IBC.Change("channel-0", func(c *channeltypes.Channel) { c.State = channeltypes.OPEN })
			},
		},
		"sender panics": {
			func(w *world.World) { w.IBC.Panic = true },
			func(w *world.World) { w.IBC.Panic = false },
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			v := w.Book.Issue()
			require.NoError(t, w.Present(v.Number))
			c.spoil(w)
			var failed []int64
			for range 40 {
				flush(t, w)
				if len(w.Events("shugu.recognition.v1.EventSendFailed")) > 0 {
					failed = append(failed, w.Ctx.BlockHeight())
				}
				w.Advance(time.Second)
			}
			require.Equal(t, []int64{1, 3, 7, 15, 31}, failed)
			requireStatus(t, w, voucherKind, v.Number, types.OUTBOX_STATUS_QUEUED)
			require.Empty(t, w.IBC.Sent)
			queue, err := w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: world.Away})
			require.NoError(t, err)
			require.Len(t, queue.Entries, 2)
			require.Equal(t, &types.Backoff{ChainId: world.Away, Failures: 5, UntilHeight: 63}, queue.Backoff)

			c.mend(w)
			for range 23 {
				nextBlock(t, w, time.Second)
			}
			require.Len(t, w.IBC.Sent, 1)
			requireStatus(t, w, voucherKind, v.Number, types.OUTBOX_STATUS_PENDING)
			queue, err = w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: world.Away})
			require.NoError(t, err)
			require.Nil(t, queue.Backoff)
		})
	}
}

// A counterparty that cannot be reached does not hold up the others.
func TestFlushIsolatesCounterparties(t *testing.T) {
	w := world.Joined(t)
	w.Join(t, "shugu-beijing-1")
	w.IBC.Status["07-tendermint-1"] = exported.Expired
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
	flush(t, w)
	require.Len(t, w.IBC.Sent, 1)
	require.Equal(t, "channel-0", w.IBC.Last().SourceChannel)
}

// A record that cannot be made does not hold up the others.
func TestFlushSetsARecordAside(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*world.World, vouchertypes.Voucher)
		err   string
	}{
		"reading panics": {func(w *world.World, v vouchertypes.Voucher) { w.Book.Poison[v.Number] = true }, "recognition/19"},
		"grown too large": {func(w *world.World, v vouchertypes.Voucher) {
			v.Lines[0].What = strings.Repeat("a", types.MaxRecordBytes)
			w.Book.Put(v)
		}, "recognition/4"},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			bad, good := w.Book.Issue(), w.Book.Issue()
			require.NoError(t, w.Present(bad.Number))
			require.NoError(t, w.Present(good.Number))
			c.spoil(w, bad)
			flush(t, w)
			requireStatus(t, w, voucherKind, bad.Number, types.OUTBOX_STATUS_SET_ASIDE)
			require.Equal(t, c.err, w.Entry(t, voucherKind, bad.Number).SetAsideError)
			requireStatus(t, w, settlementKind, bad.Settlement, types.OUTBOX_STATUS_PENDING)
			requireStatus(t, w, voucherKind, good.Number, types.OUTBOX_STATUS_PENDING)

			w.Book.Poison[bad.Number] = false
			w.Book.Put(world.Voucher(world.Home, 1))
			require.NoError(t, w.Present(bad.Number))
			flush(t, w)
			requireStatus(t, w, voucherKind, bad.Number, types.OUTBOX_STATUS_PENDING)
		})
	}
}

func TestFlushOfRecordsThatAreAllSetAsideSendsNothing(t *testing.T) {
	w := world.Joined(t)
	require.NoError(t, w.Keeper.StatusChanged(w.Ctx, w.Book.Issue().Number)) // told of a status that is not there
	flush(t, w)
	require.Empty(t, w.IBC.Sent)
	queue, err := w.Queries.Queue(w.Ctx, &types.QueryQueueRequest{ChainId: world.Away})
	require.NoError(t, err)
	require.Empty(t, queue.Entries)
	require.Nil(t, queue.Backoff)
}

// Ten counterparties a block; all get their turn.
func TestFlushTakesTurns(t *testing.T) {
	w := world.New(t, world.Home)
	for i := range 25 {
		w.Join(t, chainName(i))
	}
	// Three vouchers each would starve the last ones if the first were always first.
	for range 3 {
		v := w.Book.Issue()
		for i := range 25 {
			_, err := w.Msgs.Present(w.Ctx, &types.MsgPresent{Signer: keys.Bech32(world.Seller), Voucher: v.Number, ChainId: chainName(i)})
			require.NoError(t, err)
		}
		flush(t, w)
	}
	require.Len(t, w.IBC.Sent, 30)
	served := map[string]int{}
	for _, p := range w.IBC.Sent[:25] {
		served[p.SourceChannel]++
	}
	for i := range 25 {
		require.Equal(t, 1, served[fmt.Sprintf("channel-%d", i)], "channel-%d", i)
	}
}
