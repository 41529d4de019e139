package types_test

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/recognition/types"
)

func records(n, size int) []types.PacketRecord {
	out := make([]types.PacketRecord, n)
	for i := range out {
		out[i] = types.PacketRecord{Kind: types.RECORD_KIND_VOUCHER, Id: "330126112300012300004228", Value: bytes.Repeat([]byte{7}, size)}
	}
	return out
}

// The packet format is fixed for ever: these bytes must never change.
func TestGoldenPacket(t *testing.T) {
	want := "0801" + // version 1
		"1221" + "0801" + "1218" + hex.EncodeToString([]byte("330126112300012300004228")) + "1a03010203" +
		"121d" + "0802" + "1214" + hex.EncodeToString([]byte("261123-000123-000042")) + "1a03040506" +
		"1224" + "0803" + "1218" + hex.EncodeToString([]byte("330126112300012300004228")) + "1a02ff00" + "22020708" +
		"1809" + "20808fb2af06" // block 9, Unix second 1,710,000,000
	got, err := types.EncodePacket([]types.PacketRecord{
		{Kind: types.RECORD_KIND_VOUCHER, Id: "330126112300012300004228", Value: []byte{1, 2, 3}},
		{Kind: types.RECORD_KIND_SETTLEMENT, Id: "261123-000123-000042", Value: []byte{4, 5, 6}},
		{Kind: types.RECORD_KIND_STATUS, Id: "330126112300012300004228", Value: []byte{0xff, 0}, Detail: []byte{7, 8}},
	}, 9, 1_710_000_000)
	require.NoError(t, err)
	require.Equal(t, want, hex.EncodeToString(got))
}

func TestGoldenAcknowledgement(t *testing.T) {
	ack := &types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{
		types.RESULT_CODE_OK, types.RESULT_CODE_MALFORMED, types.RESULT_CODE_WRONG_CHAIN, types.RESULT_CODE_KIND_NOT_COVERED,
		types.RESULT_CODE_INDUSTRY_NOT_COVERED, types.RESULT_CODE_AMOUNT_NOT_COVERED, types.RESULT_CODE_CONFLICT,
		types.RESULT_CODE_DUPLICATE, types.RESULT_CODE_WRONG_NUMBER,
	}}
	require.Equal(t, "08011001"+"1a09010203040506070809", hex.EncodeToString(ack.Acknowledgement()))
	require.True(t, ack.Success())
	for code, want := range map[types.PacketCode]string{
		types.PACKET_CODE_MALFORMED: "08011002", types.PACKET_CODE_UNKNOWN_VERSION: "08011003", types.PACKET_CODE_NO_AGREEMENT: "08011004",
		types.PACKET_CODE_OWN_CHAIN: "08011005", types.PACKET_CODE_TOO_LARGE: "08011006",
	} {
		require.Equal(t, want, hex.EncodeToString(types.Refusal(code).Acknowledgement()))
		require.False(t, types.Refusal(code).Success())
	}
}

func TestPacketRoundTrip(t *testing.T) {
	data, err := types.EncodePacket(records(types.MaxRecords, 1_000), 9, 9)
	require.NoError(t, err)
	got, err := types.DecodePacket(data)
	require.NoError(t, err)
	require.Equal(t, records(types.MaxRecords, 1_000), got.Records)
}

func TestPacketSizeIsExact(t *testing.T) {
	for n := 1; n < 5; n++ {
		r := records(n, 100*n)
		size := types.PacketOverhead
		for i := range r {
			size += r[i].PacketSize()
		}
		data, err := types.EncodePacket(r, 9, 9)
		require.NoError(t, err)
		require.Len(t, data, size-2*11+2+2, "height and time below 128 need two bytes each")
	}
}

func TestEncodePacketRefuses(t *testing.T) {
	_, err := types.EncodePacket(nil, 9, 9)
	require.ErrorIs(t, err, types.ErrPacket)
	_, err = types.EncodePacket(records(types.MaxRecords+1, 1), 9, 9)
	require.ErrorIs(t, err, types.ErrPacketTooLarge)
	_, err = types.EncodePacket(records(20, types.MaxRecordBytes), 9, 9)
	require.ErrorIs(t, err, types.ErrPacketTooLarge)
}

func TestDecodePacketRefuses(t *testing.T) {
	good, err := types.EncodePacket(records(2, 50), 9, 9)
	require.NoError(t, err)
	marshal := func(d types.PacketData) []byte {
		b, err := d.Marshal()
		require.NoError(t, err)
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		err  error
		code types.PacketCode
	}{
		"empty":                    {nil, types.ErrUnknownVersion, types.PACKET_CODE_UNKNOWN_VERSION},
		"truncated":                {good[:len(good)-1], types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"a byte more":              {append(bytes.Clone(good), 0), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"unknown field":            {append(bytes.Clone(good), 0x18, 0x01), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"version twice":            {append([]byte{8, 1}, good...), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"long varint":              {append([]byte{8, 0x81, 0}, good[2:]...), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"fields in another order":  {append(bytes.Clone(good[2:]), 8, 1), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"no record":                {marshal(types.PacketData{Version: 1}), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"not protobuf":             {[]byte(`{"version":1}`), types.ErrPacket, types.PACKET_CODE_MALFORMED},
		"unknown version":          {marshal(types.PacketData{Version: 2, Records: records(1, 1)}), types.ErrUnknownVersion, types.PACKET_CODE_UNKNOWN_VERSION},
		"unknown version, unknown": {append(marshal(types.PacketData{Version: 2}), 0x18, 0x01), types.ErrUnknownVersion, types.PACKET_CODE_UNKNOWN_VERSION},
		"101 records":              {marshal(types.PacketData{Version: 1, Records: records(101, 1)}), types.ErrPacketTooLarge, types.PACKET_CODE_TOO_LARGE},
		"over 128 KiB":             {make([]byte, types.MaxPacketBytes+1), types.ErrPacketTooLarge, types.PACKET_CODE_TOO_LARGE},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodePacket(c.data)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, c.code, types.PacketCodeOf(err))
		})
	}
}

func TestDecodeAcknowledgement(t *testing.T) {
	read := &types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: make([]types.ResultCode, types.MaxRecords)}
	for i := range read.Results {
		read.Results[i] = types.RESULT_CODE_OK
	}
	require.LessOrEqual(t, len(read.Acknowledgement()), types.MaxAcknowledgementBytes)
	got, err := types.DecodeAcknowledgement(read.Acknowledgement(), types.MaxRecords)
	require.NoError(t, err)
	require.Equal(t, *read, got)
	_, err = types.DecodeAcknowledgement(types.Refusal(types.PACKET_CODE_OWN_CHAIN).Acknowledgement(), 3)
	require.NoError(t, err)
}

func TestDecodeAcknowledgementRefuses(t *testing.T) {
	ok := types.RESULT_CODE_OK
	bytesOf := func(a types.PacketAcknowledgement) []byte { return a.Acknowledgement() }
	for name, data := range map[string][]byte{
		"empty":                     nil,
		"JSON":                      []byte(`{"result":"AQ=="}`),
		"too long":                  make([]byte, types.MaxAcknowledgementBytes+1),
		"unknown version":           bytesOf(types.PacketAcknowledgement{Version: 2, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, ok}}),
		"no code":                   bytesOf(types.PacketAcknowledgement{Version: 1}),
		"unknown code":              bytesOf(types.PacketAcknowledgement{Version: 1, Code: 7}),
		"a result too few":          bytesOf(types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok}}),
		"a result too many":         bytesOf(types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, ok, ok}}),
		"no result":                 bytesOf(types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, 0}}),
		"unknown result":            bytesOf(types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_READ, Results: []types.ResultCode{ok, 10}}),
		"results of a refusal":      bytesOf(types.PacketAcknowledgement{Version: 1, Code: types.PACKET_CODE_NO_AGREEMENT, Results: []types.ResultCode{ok, ok}}),
		"results not packed":        {8, 1, 16, 1, 24, 1, 24, 1},
		"unknown field":             {8, 1, 16, 1, 26, 2, 1, 1, 32, 1},
		"truncated":                 {8, 1, 16, 1, 26, 2, 1},
		"empty results of a refuse": {8, 1, 16, 4, 26, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeAcknowledgement(data, 2)
			require.ErrorIs(t, err, types.ErrAcknowledgement)
		})
	}
}

// Whatever decodes is the encoding of what it says, and within the limits.
func FuzzDecodePacket(f *testing.F) {
	good, err := types.EncodePacket(records(2, 50), 9, 9)
	require.NoError(f, err)
	f.Add(good)
	f.Add(good[:20])
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := types.DecodePacket(data)
		if err != nil {
			return
		}
		again, err := types.EncodePacket(got.Records, got.Height, got.Time)
		require.NoError(t, err)
		require.Equal(t, data, again)
	})
}

func FuzzDecodeAcknowledgement(f *testing.F) {
	f.Add([]byte{8, 1, 16, 1, 26, 2, 1, 1}, 2)
	f.Add([]byte{8, 1, 16, 4}, 2)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		got, err := types.DecodeAcknowledgement(data, n)
		if err != nil {
			return
		}
		require.Equal(t, data, got.Acknowledgement())
		if got.Success() {
			require.Len(t, got.Results, n)
		}
	})
}
