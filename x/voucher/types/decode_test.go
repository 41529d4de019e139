package types_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func encoded(t testing.TB, v types.Voucher) []byte {
	t.Helper()
	b, err := types.EncodeVoucher(v)
	require.NoError(t, err)
	return b
}

// replaced replaces the only occurrence of a part of the encoding.
func replaced(t testing.TB, b []byte, from, to string) []byte {
	t.Helper()
	require.Equal(t, 1, bytes.Count(b, []byte(from)), "%q", from)
	return bytes.Replace(b, []byte(from), []byte(to), 1)
}

func TestDecodeVoucherRefusesOtherSpellings(t *testing.T) {
	whole := encoded(t, blue())
	for name, b := range map[string][]byte{
		"nothing":                    nil,
		"unknown field":              append(bytes.Clone(whole), 0xF8, 0x3F, 0x01),
		"zero byte behind":           append(bytes.Clone(whole), 0),
		"truncated":                  whole[:len(whole)-1],
		"half":                       whole[:len(whole)/2],
		"default value written out":  append(bytes.Clone(whole), 0x8A, 0x01, 0x00),
		"field twice":                append([]byte{0x08, 0x01}, whole...),
		"other order of fields":      append(bytes.Clone(whole[2:]), whole[:2]...),
		"long varint":                append([]byte{0x08, 0x81, 0x00}, whole[2:]...),
		"zero padded amount":         replaced(t, whole, "\x07"+"1345678", "\x08"+"01345678"),
		"amount with a sign":         replaced(t, whole, "\x07"+"1345678", "\x08"+"+1345678"),
		"empty amount":               replaced(t, whole, "\x07"+"1345678", "\x00"),
		"amount in another notation": replaced(t, whole, "1345678", "0x14888"),
		"amount of 300 bits":         replaced(t, whole, "\x07"+"1345678", "\x5B"+strings.Repeat("9", 91)),
		"not protobuf":               []byte("shugu sentinel"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeVoucher(b)
			require.ErrorIs(t, err, types.ErrEncoding)
		})
	}
}

func TestDecodeVoucherRefusesInvalid(t *testing.T) {
	whole := encoded(t, blue())
	_, err := types.DecodeVoucher(replaced(t, whole, blueNumber, redNumber[:23]+"6"))
	require.ErrorIs(t, err, types.ErrNumber)
	_, err = types.DecodeVoucher(replaced(t, whole, "1345678", "1345679"))
	require.ErrorIs(t, err, types.ErrTotal)
	_, err = types.DecodeVoucher(replaced(t, whole, "Buyer", "B\xffyer"))
	require.Error(t, err)
}

func TestDecodeRefusesOverlong(t *testing.T) {
	overlong := make([]byte, types.MaxRecordBytes+1)
	_, err := types.DecodeVoucher(overlong)
	require.ErrorIs(t, err, types.ErrTooLarge)
	_, err = types.DecodeStatusDetail(overlong)
	require.ErrorIs(t, err, types.ErrTooLarge)
}

func TestDecodeStatusDetailRefuses(t *testing.T) {
	whole, err := types.EncodeStatusDetail(detail())
	require.NoError(t, err)
	for name, b := range map[string][]byte{
		"unknown field":      append(bytes.Clone(whole), 0x48, 0x01),
		"truncated":          whole[:len(whole)-1],
		"zero padded amount": replaced(t, whole, "\x06"+"900000", "\x07"+"0900000"),
		"empty amount":       replaced(t, whole, "\x01"+"0\x22", "\x00\x22"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeStatusDetail(b)
			require.ErrorIs(t, err, types.ErrEncoding)
		})
	}
}

// The largest voucher that Validate lets pass fits into a record.
func TestLargestVoucherFits(t *testing.T) {
	v := blue()
	v.ChainId = strings.Repeat("c", 50)
	party := types.Party{Member: 999_999, Name: strings.Repeat("n", 96), CreditCode: "91330100MA0000001A"}
	v.Seller, v.Buyer, v.Exchange = party, party, party
	v.Number = types.Number("3301", "261123", party.Member, 999_999)
	v.ProductVersion, v.DeliveryMode, v.Industry = 1<<32-1, 255, "manufacturing"
	share := valid.MaxAmount().QuoRaw(types.MaxLines)
	v.Lines, v.Total = nil, share.MulRaw(types.MaxLines)
	for range types.MaxLines {
		v.Lines = append(v.Lines, types.Line{What: strings.Repeat("w", 128), Units: 1<<64 - 1, Amount: share})
	}
	b := encoded(t, v)
	require.Equal(t, 6254, len(b))
	got, err := types.DecodeVoucher(b)
	require.NoError(t, err)
	require.Equal(t, v, got)
}

func TestLargestDetailFits(t *testing.T) {
	d := detail()
	d.Remaining = nil
	for range types.MaxLines {
		d.Remaining = append(d.Remaining, valid.MaxAmount())
	}
	b, err := types.EncodeStatusDetail(d)
	require.NoError(t, err)
	require.Less(t, len(b), types.MaxRecordBytes)
}

func TestEncodeRefusesInvalid(t *testing.T) {
	v := blue()
	v.Total = math.Int{}
	_, err := types.EncodeVoucher(v)
	require.ErrorIs(t, err, valid.ErrInvalid)
	d := detail()
	d.Version = 0
	_, err = types.EncodeStatusDetail(d)
	require.ErrorIs(t, err, valid.ErrInvalid)
}

// Whatever a few changed, lost or added bytes make of an encoding, what is accepted is canonical.
func TestDecodeVoucherMutations(t *testing.T) {
	originals := [][]byte{encoded(t, blue()), encoded(t, red())}
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(rapid.SampledFrom(originals).Draw(t, "original"))
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			i := rapid.IntRange(0, len(b)-1).Draw(t, "position")
			switch rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				b[i] = rapid.Byte().Draw(t, "byte")
			case 1:
				b = slices.Delete(b, i, i+1)
			default:
				b = slices.Insert(b, i, rapid.Byte().Draw(t, "byte"))
			}
		}
		v, err := types.DecodeVoucher(b)
		if err != nil {
			return
		}
		again, err := types.EncodeVoucher(v)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}

func FuzzDecodeVoucher(f *testing.F) {
	f.Add(encoded(f, blue()))
	f.Add(encoded(f, red()))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := types.DecodeVoucher(b)
		if err != nil {
			return
		}
		again, err := types.EncodeVoucher(v)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}
