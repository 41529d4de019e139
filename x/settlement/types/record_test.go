package types_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	producttypes "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func record() types.Record {
	return types.Record{
		Id: "261123-000123-000042", ChainId: "shugu-hangzhou-1", Seller: 123, Buyer: 456, Amount: math.NewInt(1_000_000),
		Payouts: []types.Payout{
			{Member: 123, Amount: math.NewInt(850_000)}, {Member: 77, Amount: math.NewInt(150_000)}, {Member: 5, Amount: math.ZeroInt()},
		},
		Voucher: "330126112300012300004228", SettledAt: 1_795_399_200, Height: 1234,
	}
}

func encode(t require.TestingT, r types.Record) []byte {
	b, err := r.Marshal()
	require.NoError(t, err)
	return b
}

// The layout is a public interface: other chains and courts read these bytes.
func TestGoldenRecord(t *testing.T) {
	require.Equal(t, "10"+hex.EncodeToString([]byte("261123-000123-000042")), hex.EncodeToString(types.RecordKey("261123-000123-000042")))
	want := "0a14" + hex.EncodeToString([]byte("261123-000123-000042")) +
		"1210" + hex.EncodeToString([]byte("shugu-hangzhou-1")) +
		"187b" + "20c803" +
		"2a07" + hex.EncodeToString([]byte("1000000")) +
		"320a" + "087b" + "1206" + hex.EncodeToString([]byte("850000")) +
		"320a" + "084d" + "1206" + hex.EncodeToString([]byte("150000")) +
		"3205" + "0805" + "1201" + hex.EncodeToString([]byte("0")) +
		"3a18" + hex.EncodeToString([]byte("330126112300012300004228")) +
		"40a0bc8ed806" + "48d209"
	require.Equal(t, want, hex.EncodeToString(encode(t, record())))
	b, err := hex.DecodeString(want)
	require.NoError(t, err)
	decoded, err := types.DecodeRecord(b)
	require.NoError(t, err)
	require.Equal(t, record(), decoded)
}

func TestRecordInvalid(t *testing.T) {
	over := valid.MaxAmount().AddRaw(1)
	for name, spoil := range map[string]func(r *types.Record){
		"id":                   func(r *types.Record) { r.Id = "261123-123-42" },
		"id of another seller": func(r *types.Record) { r.Id = "261123-000124-000042" },
		"seller 0":             func(r *types.Record) { r.Id, r.Seller = "261123-000000-000042", 0 },
		"seller too big":       func(r *types.Record) { r.Seller = 1_000_000 },
		"buyer 0":              func(r *types.Record) { r.Buyer = 0 },
		"chain id empty":       func(r *types.Record) { r.ChainId = "" },
		"chain id long":        func(r *types.Record) { r.ChainId = strings.Repeat("a", 51) },
		"chain id control":     func(r *types.Record) { r.ChainId = "shugu\x00" },
		"amount missing":       func(r *types.Record) { r.Amount = math.Int{} },
		"amount 0":             func(r *types.Record) { r.Amount = math.ZeroInt() },
		"amount negative":      func(r *types.Record) { r.Amount = math.NewInt(-1) },
		"amount over 2^96":     func(r *types.Record) { r.Amount, r.Payouts[0].Amount = over, over.SubRaw(150_000) },
		"no payouts":           func(r *types.Record) { r.Payouts = nil },
		"33 payouts":           func(r *types.Record) { r.Payouts = make([]types.Payout, 33) },
		"payee 0":              func(r *types.Record) { r.Payouts[2].Member = 0 },
		"payee twice":          func(r *types.Record) { r.Payouts[2].Member = 123 },
		"payout missing":       func(r *types.Record) { r.Payouts[0].Amount = math.Int{} },
		"payout negative": func(r *types.Record) {
			r.Payouts[0].Amount, r.Payouts[2].Amount = math.NewInt(850_001), math.NewInt(-1)
		},
		"payouts below amount": func(r *types.Record) { r.Payouts[0].Amount = math.NewInt(849_999) },
		"payouts above amount": func(r *types.Record) { r.Payouts[2].Amount = math.OneInt() },
		"voucher short":        func(r *types.Record) { r.Voucher = r.Voucher[1:] },
		"voucher displayed":    func(r *types.Record) { r.Voucher = "3301-261123-000123-00004" },
		"settled at 0":         func(r *types.Record) { r.SettledAt = 0 },
		"height negative":      func(r *types.Record) { r.Height = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			r := record()
			spoil(&r)
			require.ErrorIs(t, r.Validate(), valid.ErrInvalid)
			_, err := types.DecodeRecord(encode(t, r))
			require.ErrorIs(t, err, valid.ErrInvalid)
		})
	}
}

func TestDecodeRecordRefuses(t *testing.T) {
	good := encode(t, record())
	reordered := append(bytes.Clone(good[22:]), good[:22]...) // the id last
	padded := bytes.Replace(good, []byte("\x2a\x071000000"), []byte("\x2a\x0801000000"), 1)
	plus := bytes.Replace(good, []byte("\x2a\x071000000"), []byte("\x2a\x08+1000000"), 1)
	longVarint := bytes.Replace(good, []byte{0x18, 123}, []byte{0x18, 123 | 0x80, 0}, 1)
	huge := bytes.Replace(good, []byte("\x2a\x071000000"), append([]byte{0x2a, 100}, bytes.Repeat([]byte("9"), 100)...), 1)
	unpriced := bytes.Replace(good, []byte("\x32\x05\x08\x05\x12\x010"), []byte("\x32\x02\x08\x05"), 1)
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"payout without amount": {unpriced, types.ErrEncoding},
		"empty":                 {nil, types.ErrEncoding},
		"truncated":             {good[:len(good)-1], types.ErrEncoding},
		"trailing byte":         {append(bytes.Clone(good), 0), types.ErrEncoding},
		"unknown field":         {append(bytes.Clone(good), 0x50, 1), types.ErrEncoding},
		"default spelt out":     {append(bytes.Clone(good), 0x50, 0), types.ErrEncoding},
		"field twice":           {append(bytes.Clone(good), 0x48, 0xd2, 0x09), types.ErrEncoding},
		"reordered":             {reordered, types.ErrEncoding},
		"padded amount":         {padded, types.ErrEncoding},
		"amount with a plus":    {plus, types.ErrEncoding},
		"long varint":           {longVarint, types.ErrEncoding},
		"huge amount":           {huge, types.ErrEncoding},
		"too large":             {make([]byte, types.MaxRecordBytes+1), types.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			require.NotEqual(t, good, c.b)
			_, err := types.DecodeRecord(c.b)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// Any settlement makes a record that decodes to itself and fits into a packet.
func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := record()
		r.Seller = rapid.Uint32Range(1, 999_999).Draw(t, "seller")
		r.Id = ids.Contract("261123", r.Seller, rapid.Uint32Range(0, 999_999).Draw(t, "seq"))
		r.Amount = math.NewIntFromBigInt(new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 12, 12).Draw(t, "amount"))).AddRaw(1)
		n := rapid.IntRange(1, producttypes.MaxShares).Draw(t, "payees")
		r.Payouts = nil
		left := r.Amount
		for i := range n {
			part := left.QuoRaw(int64(rapid.IntRange(1, 5).Draw(t, "part")))
			if i == n-1 {
				part = left
			}
			r.Payouts = append(r.Payouts, types.Payout{Member: uint32(i + 1), Amount: part})
			left = left.Sub(part)
		}
		require.NoError(t, r.Validate())
		decoded, err := types.DecodeRecord(encode(t, r))
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(r), fmt.Sprint(decoded))
	})
}

// What DecodeRecord accepts is valid and has no second spelling.
func FuzzDecodeRecord(f *testing.F) {
	f.Add(encode(f, record()))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := types.DecodeRecord(b)
		if err != nil {
			return
		}
		require.NoError(t, r.Validate())
		require.Equal(t, b, encode(t, r))
	})
}
