package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestDecodeCounterRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		seller uint32
		bytes  string
		want   error
	}{
		"nothing":                 {123, "", types.ErrEncoding},
		"one byte less":           {123, "261123\x00\x00\x00", types.ErrEncoding},
		"one byte more":           {123, "261123\x00\x00\x00\x02\x00", types.ErrEncoding},
		"no day":                  {123, "261131\x00\x00\x00\x02", valid.ErrInvalid},
		"next 1":                  {123, "261123\x00\x00\x00\x01", valid.ErrInvalid},
		"next over a million":     {123, "261123\x00\x0f\x42\x41", valid.ErrInvalid},
		"a seller that is no one": {0, "261123\x00\x00\x00\x02", valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := types.DecodeCounter(c.seller, []byte(c.bytes))
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestCounterExhaustedIsValid(t *testing.T) {
	c := types.Counter{Seller: 123, Day: "261123", Next: 1_000_000}
	got, err := types.DecodeCounter(123, types.EncodeCounter(c))
	require.NoError(t, err)
	require.Equal(t, c, got)
}
