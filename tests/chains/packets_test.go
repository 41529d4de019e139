package chains_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// records of a settled contract of A, as an honest packet carries them.
func (w *world) records(sold trade.Contract) (of, settled recognition.PacketRecord) {
	value, err := w.a.Shugu.Voucher.VoucherBytes(w.a.Query(), sold.Voucher)
	require.NoError(w.t, err)
	of = recognition.PacketRecord{Kind: voucherKind, Id: sold.Voucher, Value: value}
	value, err = w.a.Shugu.Settlement.RecordBytes(w.a.Query(), sold.Id)
	require.NoError(w.t, err)
	return of, recognition.PacketRecord{Kind: settlementKind, Id: sold.Id, Value: value}
}

// changed is a record of a voucher with something changed in it.
func changed(t *testing.T, r recognition.PacketRecord, change func(*voucher.Voucher)) recognition.PacketRecord {
	v, err := voucher.DecodeVoucher(r.Value)
	require.NoError(t, err)
	change(&v)
	r.Value, err = voucher.EncodeVoucher(v)
	require.NoError(t, err)
	return r
}

func packetOf(t *testing.T, records ...recognition.PacketRecord) []byte {
	data, err := recognition.EncodePacket(records, 1, chains.Start.Unix())
	require.NoError(t, err)
	return data
}

// A chain that goes wrong can send what it likes under good proofs. B answers with a
// code, writes nothing, and A's own book is not touched by the answer.
func TestPacketsOfAChainGoneWrong(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	v, s := w.records(sold)
	good := packetOf(t, v, s)
	unknownVersion, err := (&recognition.PacketData{Version: 2, Records: []recognition.PacketRecord{v}}).Marshal()
	require.NoError(t, err)
	tooMany, err := (&recognition.PacketData{Version: 1, Records: make([]recognition.PacketRecord, recognition.MaxRecords+1)}).Marshal()
	require.NoError(t, err)
	noRecord, err := (&recognition.PacketData{Version: 1}).Marshal()
	require.NoError(t, err)

	for name, c := range map[string]struct {
		data []byte
		want recognition.PacketCode
	}{
		"truncated":          {good[:len(good)-1], recognition.PACKET_CODE_MALFORMED},
		"no protobuf":        {[]byte("{}"), recognition.PACKET_CODE_MALFORMED},
		"without records":    {noRecord, recognition.PACKET_CODE_MALFORMED},
		"an unknown field":   {append(bytes.Clone(good), 0x78, 0x01), recognition.PACKET_CODE_MALFORMED},
		"a field again":      {append(bytes.Clone(good), 0x08, 0x01), recognition.PACKET_CODE_MALFORMED},
		"a long varint":      {append([]byte{0x08, 0x81, 0x00}, good[2:]...), recognition.PACKET_CODE_MALFORMED},
		"of unknown version": {unknownVersion, recognition.PACKET_CODE_UNKNOWN_VERSION},
		"over-long":          {make([]byte, recognition.MaxPacketBytes+1), recognition.PACKET_CODE_TOO_LARGE},
		"of 101 records":     {tooMany, recognition.PACKET_CODE_TOO_LARGE},
	} {
		t.Run(name, func(t *testing.T) {
			answer := w.requireNothingWritten(t, c.data)
			require.Equal(t, recognition.Refusal(c.want), answer)
		})
	}

	another, _ := w.records(w.sell())
	overlong := recognition.PacketRecord{Kind: voucherKind, Id: v.Id, Value: make([]byte, recognition.MaxRecordBytes+1)}
	misnamed := recognition.PacketRecord{Kind: voucherKind, Id: another.Id, Value: v.Value}
	badDigits := recognition.PacketRecord{Kind: voucherKind, Id: v.Id[:22] + "00", Value: v.Value}
	for name, c := range map[string]struct {
		record recognition.PacketRecord
		want   recognition.ResultCode
	}{
		"a voucher of B's own chain":          {changed(t, v, func(v *voucher.Voucher) { v.ChainId = shanghai }), recognition.RESULT_CODE_WRONG_CHAIN},
		"a voucher of a third chain":          {changed(t, v, func(v *voucher.Voucher) { v.ChainId = "shugu-wenzhou-1" }), recognition.RESULT_CODE_WRONG_CHAIN},
		"a voucher over the agreement's most": {changed(t, v, total(1_000_000_001)), recognition.RESULT_CODE_AMOUNT_NOT_COVERED},
		"a record too long":                   {overlong, recognition.RESULT_CODE_MALFORMED},
		"a record with a byte too many":       {recognition.PacketRecord{Kind: voucherKind, Id: v.Id, Value: append(bytes.Clone(v.Value), 0)}, recognition.RESULT_CODE_MALFORMED},
		"under another number":                {misnamed, recognition.RESULT_CODE_WRONG_NUMBER},
		"under a number with a wrong check":   {badDigits, recognition.RESULT_CODE_WRONG_NUMBER},
	} {
		t.Run(name, func(t *testing.T) {
			answer := w.requireNothingWritten(t, packetOf(t, c.record))
			require.Equal(t, recognition.PACKET_CODE_READ, answer.Code)
			require.Equal(t, []recognition.ResultCode{c.want}, answer.Results)
		})
	}
	w.checkAll()
}

func total(fen int64) func(*voucher.Voucher) {
	return func(v *voucher.Voucher) { v.Lines[0].Amount, v.Total = math.NewInt(fen), math.NewInt(fen) }
}

// requireNothingWritten has a packet carried that changes neither chain's book.
func (w *world) requireNothingWritten(t *testing.T, data []byte) *recognition.PacketAcknowledgement {
	t.Helper()
	ours, theirs := dump(w.a, recognition.StoreKey), dump(w.b, recognition.StoreKey)
	answer := carry(t, w.path, w.send(data))
	requireSame(t, ours, dump(w.a, recognition.StoreKey))
	requireSame(t, theirs, dump(w.b, recognition.StoreKey))
	return answer
}

// Of a record that stands in a packet twice the first is taken, and what is refused
// touches nothing beside it. What stands is never replaced.
func TestRecordsOfAPacketAreJudgedOneByOne(t *testing.T) {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	v, s := w.records(sold)
	foreign := changed(t, v, func(v *voucher.Voucher) { v.ChainId = shanghai })
	foreign.Id = voucher.Number("3301", v.Id[4:10], chains.Number("seller"), 99)
	foreign = changed(t, foreign, func(v *voucher.Voucher) { v.Number = foreign.Id })

	answer := w.carry(w.send(packetOf(t, v, foreign, v, s)))
	require.Equal(t, recognition.PACKET_CODE_READ, answer.Code)
	require.Equal(t, []recognition.ResultCode{
		recognition.RESULT_CODE_OK, recognition.RESULT_CODE_WRONG_CHAIN, recognition.RESULT_CODE_DUPLICATE, recognition.RESULT_CODE_OK,
	}, answer.Results)
	stands, err := w.recognised(voucherKind, v.Id)
	require.NoError(t, err)
	require.Equal(t, sold.Id, stands.Counterpart)
	_, err = w.recognised(voucherKind, foreign.Id)
	require.ErrorIs(t, err, recognition.ErrNotFound)

	answer = w.requireNothingWritten(t, packetOf(t, changed(t, v, total(1)), s))
	require.Equal(t, []recognition.ResultCode{recognition.RESULT_CODE_CONFLICT, recognition.RESULT_CODE_OK}, answer.Results)
	w.checkAll()
}
