package verify_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// samples are store values that the chain's own types made.
func samples(t *testing.T) (voucher, red, record, detail []byte) {
	t.Helper()
	w := verifytest.New(t, verifytest.Spec{Vouchers: 2, Reversed: 2})
	b, r := w.Bundle(t, w.Blue[1]), w.Bundle(t, w.Red[1])
	return b.Voucher.Value, r.Voucher.Value, b.Settlement.Value, b.Status.Detail.Value
}

func decoders() map[string]func([]byte) error {
	return map[string]func([]byte) error{
		"voucher":    func(b []byte) error { _, err := verify.DecodeVoucher(b); return err },
		"settlement": func(b []byte) error { _, err := verify.DecodeSettlement(b); return err },
		"detail":     func(b []byte) error { _, err := verify.DecodeStatusDetail(b); return err },
	}
}

func TestRecordsAreReadAsTheChainWritesThem(t *testing.T) {
	voucher, red, record, detail := samples(t)
	var pv, pr vouchertypes.Voucher
	require.NoError(t, pv.Unmarshal(voucher))
	v, err := verify.DecodeVoucher(voucher)
	require.NoError(t, err)
	require.Equal(t, pv.Number, v.Number)
	require.Equal(t, pv.Buyer.CreditCode, v.Buyer.CreditCode)
	require.Equal(t, pv.Lines[1].Amount.String(), v.Lines[1].Amount.String())
	require.Equal(t, pv.Total.String(), v.Total.String())
	require.Equal(t, pv.TermsRoot, v.TermsRoot)
	require.Equal(t, pv.Nullifier, v.Nullifier)
	require.Equal(t, pv.IssuedAt, v.IssuedAt)
	require.Equal(t, v.Number, v.StatusNumber())

	require.NoError(t, pr.Unmarshal(red))
	r, err := verify.DecodeVoucher(red)
	require.NoError(t, err)
	require.Equal(t, pr.Reverses, r.StatusNumber())
	require.Equal(t, pr.ReversedLines[0].Amount.String(), r.ReversedLines[0].Amount.String())

	var ps settlementtypes.Record
	require.NoError(t, ps.Unmarshal(record))
	s, err := verify.DecodeSettlement(record)
	require.NoError(t, err)
	require.Equal(t, ps.Payouts[1].Amount.String(), s.Payouts[1].Amount.String())
	require.Equal(t, ps.Height, s.Height)

	d, err := verify.DecodeStatusDetail(detail)
	require.NoError(t, err)
	require.Len(t, d.Remaining, 2)
	require.EqualValues(t, 1, d.Version)
}

// TestRecordsHaveOneEncoding writes the same content in other ways.
func TestRecordsHaveOneEncoding(t *testing.T) {
	voucher, _, record, detail := samples(t)
	for name, good := range map[string][]byte{"voucher": voucher, "settlement": record, "detail": detail} {
		decode := decoders()[name]
		require.NoError(t, decode(good), name)
		tag, _, n := protowire.ConsumeTag(good)
		first := n + protowire.ConsumeFieldValue(tag, protowire.Type(good[0]&7), good[n:])
		for spoilt, bad := range map[string][]byte{
			"nothing":            {},
			"cut":                good[:len(good)-1],
			"a field more":       append(bytes.Clone(good), 0xF8, 0x07, 0x01),
			"first field last":   append(bytes.Clone(good[first:]), good[:first]...),
			"first field twice":  append(bytes.Clone(good[:first]), good...),
			"long varint in tag": append([]byte{good[0] | 0x80, 0x00}, good[1:]...),
			"field 0":            append([]byte{0x00, 0x00}, good...),
			"a group":            append(bytes.Clone(good), 0x9B, 0x01, 0x9C, 0x01),
			"over the limit":     append(bytes.Clone(good), make([]byte, 8192)...),
		} {
			require.Error(t, decode(bad), "%s: %s", name, spoilt)
		}
	}
}

// TestRecordsWithZeroesWritten: proto3 leaves zero values out, amounts are always there.
func TestRecordsWithZeroesWritten(t *testing.T) {
	voucher, _, _, _ := samples(t)
	withEmpty := append(bytes.Clone(voucher), 0x8A, 0x01, 0x00) // reverses: ""
	_, err := verify.DecodeVoucher(withEmpty)
	require.Error(t, err)

	var v vouchertypes.Voucher
	require.NoError(t, v.Unmarshal(voucher))
	amount := func(s string) []byte { return append([]byte{0x1A, byte(len(s))}, s...) }
	for _, bad := range []string{"0123456", "+123456", "-123456", "1e5", "123456 ", "", "79228162514264337593543950337", "999999999999999999999999999999999"} {
		spoilt := bytes.Replace(voucher, amount("123456"), amount(bad), 1)
		require.NotEqual(t, voucher, spoilt)
		_, err := verify.DecodeVoucher(spoilt)
		require.Error(t, err, bad)
	}
}

// TestDecodersAgreeWithTheChains: whatever bytes the verifier accepts, the chain's own
// decoders accept and write again; most of what the chain makes, it accepts.
func TestDecodersAgreeWithTheChains(t *testing.T) {
	voucher, red, record, detail := samples(t)
	accepted := 0
	rapid.Check(t, func(rt *rapid.T) {
		good := rapid.SampledFrom([][]byte{voucher, red, record, detail}).Draw(rt, "sample")
		b := bytes.Clone(good)
		for range rapid.IntRange(0, 2).Draw(rt, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(rt, "at")] = rapid.Byte().Draw(rt, "byte")
		}
		if _, err := verify.DecodeVoucher(b); err == nil {
			accepted++
			_, err = vouchertypes.DecodeVoucher(b)
			if err != nil { // the chain asks more: credit codes, industries
				var v vouchertypes.Voucher
				require.NoError(rt, v.Unmarshal(b))
				again, err := v.Marshal()
				require.NoError(rt, err)
				require.Equal(rt, b, again)
			}
		} else if _, err := vouchertypes.DecodeVoucher(b); err == nil {
			rt.Fatalf("the chain accepts what the verifier refuses: %x", b)
		}
		if _, err := verify.DecodeSettlement(b); err != nil {
			_, err := settlementtypes.DecodeRecord(b)
			require.Error(rt, err)
		}
		if _, err := verify.DecodeStatusDetail(b); err != nil {
			_, err := vouchertypes.DecodeStatusDetail(b)
			require.Error(rt, err)
		}
	})
	require.NotZero(t, accepted)
}

func TestStatusIsReadAsTheChainWritesIt(t *testing.T) {
	good := vouchertypes.Status{Version: 3, FirstHeight: 5, Height: 9, Flags: 13, DetailDigest: verifytest.Digest("d")}
	b, err := vouchertypes.EncodeStatus(good)
	require.NoError(t, err)
	s, err := verify.DecodeStatus(b)
	require.NoError(t, err)
	require.Equal(t, verify.Status{Version: 3, FirstHeight: 5, Height: 9, Flags: 13, DetailDigest: [32]byte(verifytest.Digest("d"))}, s)
	rapid.Check(t, func(rt *rapid.T) {
		c := bytes.Clone(b)
		c[rapid.IntRange(0, 30).Draw(rt, "at")] = rapid.Byte().Draw(rt, "byte")
		c = c[:rapid.SampledFrom([]int{61, 61, 61, 60, 0}).Draw(rt, "length")]
		_, err := verify.DecodeStatus(c)
		_, want := vouchertypes.DecodeStatus(c)
		require.Equal(rt, want == nil, err == nil)
	})
}

func TestNumbersAreTheChains(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := vouchertypes.Number(
			rapid.StringMatching(`[0-9]{4}`).Draw(rt, "region"), rapid.StringMatching(`2[0-9](0[1-9]|1[0-3])(0[1-9]|[123][0-9])`).Draw(rt, "day"),
			rapid.Uint32Range(0, 999_999).Draw(rt, "seller"), rapid.Uint32Range(0, 999_999).Draw(rt, "sequence"))
		if i := rapid.IntRange(-24, 23).Draw(rt, "spoil"); i >= 0 {
			n = n[:i] + rapid.StringMatching(`[0-9a]`).Draw(rt, "digit") + n[i+1:]
		}
		want, wantErr := vouchertypes.ParseNumber(n)
		got, err := verify.ParseNumber(n)
		require.Equal(rt, wantErr == nil, err == nil, n)
		if err == nil {
			require.Equal(rt, verify.Number(want), got)
			require.Equal(rt, vouchertypes.FormatNumber(n), verify.FormatNumber(n))
			for _, s := range []string{n, verify.FormatNumber(n)} {
				parsed, err := verify.ParseDisplayed(s)
				require.NoError(rt, err)
				require.Equal(rt, n, parsed)
			}
		}
	})
	for _, bad := range []string{"", "3301-261123-000123-00042-128", "3301 261123 000123 000042 28", "x"} {
		_, err := verify.ParseDisplayed(bad)
		require.Error(t, err, bad)
	}
}

func TestFenInYuan(t *testing.T) {
	for fen, want := range map[string]string{
		"0": "0.00", "7": "0.07", "70": "0.70", "100": "1.00", "12345": "123.45", "123456": "1,234.56",
		"100000000": "1,000,000.00", math.NewInt(2).Mul(math.NewInt(1 << 62)).String(): "92,233,720,368,547,758.08",
	} {
		f, err := verify.ParseFen(fen)
		require.NoError(t, err)
		require.Equal(t, want, f.CNY())
	}
}
