package keeper_test

import (
	"bytes"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const ok = types.RESULT_CODE_OK

// receive takes a packet of records from Away and returns the results.
func receive(t testing.TB, w *world.World, records ...types.PacketRecord) []types.ResultCode {
	t.Helper()
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-0", 1, records...)))
	require.NoError(t, err)
	require.Equal(t, types.PACKET_CODE_READ, ack.Code)
	require.NoError(t, w.Keeper.Check(w.Ctx))
	return ack.Results
}

func TestReceive(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	record := world.VoucherRecord(v)
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-0", 5, record, world.SettlementRecord(world.Settlement(v)), world.StatusRecord(v.Number, 1, 1))))
	require.NoError(t, err)
	require.Equal(t, &types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, ok, ok}}, ack)
	require.NoError(t, w.Keeper.Check(w.Ctx))

	got, err := w.Queries.Recognised(w.Ctx, &types.QueryRecognisedRequest{ChainId: world.Away, Kind: voucherKind, Id: v.Number})
	require.NoError(t, err)
	digest := sha256.Sum256(record.Value)
	require.Equal(t, types.Recognised{
		ChainId: world.Away, Kind: voucherKind, Id: v.Number, Digest: digest[:], Counterpart: v.Settlement,
		Evidence: world.Evidence("channel-0", 5), Nullifier: v.Nullifier,
	}, got.Recognised)
	require.Len(t, w.Events("shugu.recognition.v1.EventRecognised"), 3)
}

// A packet that is refused as a whole writes nothing and says why in two numbers.
func TestReceiveRefusesPackets(t *testing.T) {
	v := world.Voucher(world.Away, 1)
	good := world.Incoming("channel-0", 1, world.VoucherRecord(v))
	data := func(change func([]byte) []byte) func(*world.World, *channeltypes.Packet) {
		return func(_ *world.World, p *channeltypes.Packet) { p.Data = change(bytes.Clone(p.Data)) }
	}
	agreement := func(change func(*types.Agreement)) func(*world.World, *channeltypes.Packet) {
		return func(w *world.World, _ *channeltypes.Packet) {
			a := world.Agreement(world.Away, "07-tendermint-0", "channel-0")
			change(&a)
			w.Agree(t, a)
		}
	}
	for name, c := range map[string]struct {
		spoil func(*world.World, *channeltypes.Packet)
		want  types.PacketCode
	}{
		"truncated":          {data(func(b []byte) []byte { return b[:len(b)-3] }), types.PACKET_CODE_MALFORMED},
		"empty":              {data(func([]byte) []byte { return nil }), types.PACKET_CODE_UNKNOWN_VERSION},
		"over-long":          {data(func([]byte) []byte { return make([]byte, types.MaxPacketBytes+1) }), types.PACKET_CODE_TOO_LARGE},
		"non-canonical":      {data(func(b []byte) []byte { return append([]byte{8, 1}, b...) }), types.PACKET_CODE_MALFORMED},
		"of unknown version": {data(func(b []byte) []byte { b[1] = 2; return b }), types.PACKET_CODE_UNKNOWN_VERSION},
		"of an unknown channel": {
			func(_ *world.World, p *channeltypes.Packet) { p.DestinationChannel = "channel-9" }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"agreement ended":     {func(w *world.World, _ *channeltypes.Packet) { end(t, w) }, types.PACKET_CODE_NO_AGREEMENT},
		"agreement over":      {func(w *world.World, _ *channeltypes.Packet) { w.Advance(366 * 24 * time.Hour) }, types.PACKET_CODE_NO_AGREEMENT},
		"agreement not begun": {agreement(func(a *types.Agreement) { a.BeginsAt += 1 }), types.PACKET_CODE_NO_AGREEMENT},
		"channel given up": {
			func(w *world.World, _ *channeltypes.Packet) { w.Join(t, world.Away) }, types.PACKET_CODE_NO_AGREEMENT,
		},
		"client of another chain by now": {
			func(w *world.World, _ *channeltypes.Packet) {
				w.IBC.Clients["07-tendermint-0"].ChainId = "shugu-beijing-1"
			}, types.PACKET_CODE_NO_AGREEMENT,
		},
		"connection over another client by now": {
			func(w *world.World, _ *channeltypes.Packet) {
				client, _ := w.IBC.Open(world.Away)
				c := w.IBC.Connections["connection-0"]
				c.ClientId = client
				w.IBC.Connections["connection-0"] = c
			}, types.PACKET_CODE_NO_AGREEMENT,
		},
		"foreign port at the far end": {
			func(w *world.World, _ *channeltypes.Packet) {
				w.IBC.Change("channel-0", func(c *channeltypes.Channel) { c.Counterparty.PortId = "wasm.shugu1x" })
			}, types.PACKET_CODE_NO_AGREEMENT,
		},
		"from our own chain": {
			func(w *world.World, _ *channeltypes.Packet) { w.IBC.Clients["07-tendermint-0"].ChainId = world.Home }, types.PACKET_CODE_OWN_CHAIN,
		},
		"agreement with our own chain": {
			func(w *world.World, _ *channeltypes.Packet) { w.Ctx = w.Ctx.WithChainID(world.Away) }, types.PACKET_CODE_OWN_CHAIN,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			packet := good
			c.spoil(w, &packet)
			before := w.Dump()
			ack, err := w.Keeper.Receive(w.Ctx, world.Received(packet))
			require.NoError(t, err)
			require.Equal(t, types.Refusal(c.want), ack)
			require.False(t, ack.Success())
			require.Equal(t, before, w.Dump())
		})
	}
}

func TestReceiveARefusedRecordDoesNotTouchTheOthers(t *testing.T) {
	w := world.Joined(t)
	v1, v2, v3 := world.Voucher(world.Away, 1), world.Voucher(world.Away, 2), world.Voucher(world.Away, 3)
	foreign := v2
	foreign.ChainId = world.Home
	junk := world.VoucherRecord(v2)
	junk.Id, junk.Value = "not a number \xff\x00", []byte{0xff}
	require.Equal(t,
		[]types.ResultCode{ok, types.RESULT_CODE_WRONG_CHAIN, types.RESULT_CODE_WRONG_NUMBER, ok},
		receive(t, w, world.VoucherRecord(v1), world.VoucherRecord(foreign), junk, world.VoucherRecord(v3)))
	require.Len(t, w.Events("shugu.recognition.v1.EventRecognised"), 2)
	require.Len(t, w.Events("shugu.recognition.v1.EventRecordRefused"), 2)
}

func TestReceiveARecordTwiceInAPacket(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	other := v
	other.Industry = "finance"
	require.Equal(t, []types.ResultCode{ok, types.RESULT_CODE_DUPLICATE, types.RESULT_CODE_DUPLICATE},
		receive(t, w, world.VoucherRecord(v), world.VoucherRecord(v), world.VoucherRecord(other)))
}

// Core refuses a packet that it has had; another packet with the same records is answered
// as the first one and changes nothing.
func TestReceiveAgainIsIdempotent(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	records := []types.PacketRecord{world.VoucherRecord(v), world.SettlementRecord(world.Settlement(v)), world.StatusRecord(v.Number, 1, 1)}
	receive(t, w, records...)
	before := w.Dump()
	w.Advance(time.Minute)
	require.Equal(t, []types.ResultCode{ok, ok, ok}, receive(t, w, records...))
	require.Equal(t, before, w.Dump())
	require.Empty(t, w.Events("shugu.recognition.v1.EventRecognised"))
}

func TestReceiveRefusesAnotherRecordUnderTheSameID(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	receive(t, w, world.VoucherRecord(v), world.SettlementRecord(world.Settlement(v)))
	before := w.Dump()
	v.Total, v.Lines[0].Amount = math.NewInt(7), math.NewInt(7)
	require.Equal(t, []types.ResultCode{types.RESULT_CODE_CONFLICT, types.RESULT_CODE_CONFLICT},
		receive(t, w, world.VoucherRecord(v), world.SettlementRecord(world.Settlement(v))))
	require.Equal(t, before, w.Dump())
}

func TestReceiveKeepsTheHighestStatus(t *testing.T) {
	number := world.Voucher(world.Away, 1).Number
	for _, order := range [][]uint64{{1, 2, 3}, {3, 2, 1}, {2, 3, 1}, {3, 1, 2}} {
		w := world.Joined(t)
		for _, version := range order {
			require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.StatusRecord(number, version, uint32(version))))
		}
		got, err := w.Queries.ForeignStatus(w.Ctx, &types.QueryForeignStatusRequest{ChainId: world.Away, Number: number})
		require.NoError(t, err)
		require.EqualValues(t, 3, got.Detail.Version, "%v", order)
		require.EqualValues(t, 3, got.Detail.Flags)
	}
}

func TestReceiveRefusesAnotherStatusOfTheSameVersion(t *testing.T) {
	w := world.Joined(t)
	number := world.Voucher(world.Away, 1).Number
	receive(t, w, world.StatusRecord(number, 2, vouchertypes.FlagPartlyReversed))
	before := w.Dump()
	require.Equal(t, []types.ResultCode{types.RESULT_CODE_CONFLICT}, receive(t, w, world.StatusRecord(number, 2, vouchertypes.FlagReversed)))
	require.Equal(t, before, w.Dump())
}

func TestReceiveKeepsChainsApart(t *testing.T) {
	w := world.Joined(t)
	w.Join(t, "shugu-beijing-1")
	v := world.Voucher(world.Away, 1)
	receive(t, w, world.VoucherRecord(v))
	v.ChainId = "shugu-beijing-1"
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-1", 1, world.VoucherRecord(v))))
	require.NoError(t, err)
	require.Equal(t, []types.ResultCode{ok}, ack.Results)
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: v.Number})
	require.NoError(t, err)
	require.Len(t, res.Standings, 2)
}

func BenchmarkReceive100(b *testing.B) {
	w := world.Joined(b)
	records := make([]types.PacketRecord, types.MaxRecords)
	for i := range b.N {
		for j := range records {
			records[j] = world.VoucherRecord(world.Voucher(world.Away, uint32(i*types.MaxRecords+j)%999_999+1))
		}
		packet := world.Incoming("channel-0", 1, records...)
		b.StartTimer()
		_, err := w.Keeper.Receive(w.Ctx, world.Received(packet))
		b.StopTimer()
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.N*types.MaxRecords)/b.Elapsed().Seconds(), "vouchers/s")
}
