package types_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func encodedStatus(t testing.TB) []byte {
	t.Helper()
	b, err := types.EncodeStatus(status([]byte("detail")))
	require.NoError(t, err)
	return b
}

func TestDecodeStatusRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(b []byte) []byte
		want  error
	}{
		"nothing":            {func([]byte) []byte { return nil }, types.ErrEncoding},
		"one byte less":      {func(b []byte) []byte { return b[:60] }, types.ErrEncoding},
		"one byte more":      {func(b []byte) []byte { return append(b, 0) }, types.ErrEncoding},
		"a sentinel":         {func([]byte) []byte { return []byte(types.SentinelValue) }, types.ErrEncoding},
		"format 0":           {func(b []byte) []byte { b[0] = 0; return b }, types.ErrEncoding},
		"format 2":           {func(b []byte) []byte { b[0] = 2; return b }, types.ErrEncoding},
		"version 0":          {func(b []byte) []byte { b[8] = 0; return b }, valid.ErrInvalid},
		"first height 0":     {func(b []byte) []byte { b[16] = 0; return b }, valid.ErrInvalid},
		"negative heights":   {func(b []byte) []byte { b[9], b[17] = 0x80, 0x80; return b }, valid.ErrInvalid},
		"first after this":   {func(b []byte) []byte { b[16]++; return b }, valid.ErrInvalid},
		"unknown flag":       {func(b []byte) []byte { b[28] |= 16; return b }, valid.ErrInvalid},
		"highest flag":       {func(b []byte) []byte { b[25] |= 0x80; return b }, valid.ErrInvalid},
		"little-endian flag": {func(b []byte) []byte { binary.LittleEndian.PutUint32(b[25:], 1); return b }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeStatus(c.spoil(encodedStatus(t)))
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestEncodeStatusRefuses(t *testing.T) {
	for name, spoil := range map[string]func(s *types.Status){
		"version 0":        func(s *types.Status) { s.Version = 0 },
		"height 0":         func(s *types.Status) { s.Height, s.FirstHeight = 0, 0 },
		"first after this": func(s *types.Status) { s.FirstHeight = s.Height + 1 },
		"unknown flag":     func(s *types.Status) { s.Flags = 16 },
		"short digest":     func(s *types.Status) { s.DetailDigest = s.DetailDigest[:31] },
	} {
		t.Run(name, func(t *testing.T) {
			s := status([]byte("detail"))
			spoil(&s)
			_, err := types.EncodeStatus(s)
			require.ErrorIs(t, err, valid.ErrInvalid)
		})
	}
}

func TestStatusRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.Int64Range(1, 1<<62).Draw(t, "first")
		want := types.Status{
			Version:      rapid.Uint64Range(1, 1<<64-1).Draw(t, "version"),
			FirstHeight:  first,
			Height:       rapid.Int64Range(first, 1<<63-1).Draw(t, "height"),
			Flags:        rapid.Uint32Range(0, 15).Draw(t, "flags"),
			DetailDigest: rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "digest"),
		}
		b, err := types.EncodeStatus(want)
		require.NoError(t, err)
		require.Len(t, b, types.StatusLength)
		got, err := types.DecodeStatus(b)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func TestFlagNames(t *testing.T) {
	require.Empty(t, types.FlagNames(0))
	require.Equal(t, []string{"partly-reversed", "reversed", "preserved", "contested"}, types.FlagNames(15))
	require.Equal(t, []string{"preserved"}, types.FlagNames(types.FlagPreserved))
}

func FuzzDecodeStatus(f *testing.F) {
	f.Add(encodedStatus(f))
	f.Add([]byte(types.SentinelValue))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := types.DecodeStatus(b)
		if err != nil {
			require.True(t, errors.Is(err, types.ErrEncoding) || errors.Is(err, valid.ErrInvalid))
			return
		}
		again, err := types.EncodeStatus(s)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}
