package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestSubtract(t *testing.T) {
	before := types.Amounts(blue().Lines)
	after, err := types.Subtract(before, red().ReversedLines)
	require.NoError(t, err)
	require.Equal(t, "[900000 0]", print(after))
	require.Equal(t, "[1000000 345678]", print(before), "the argument stays as it was")

	_, err = types.Subtract(after, []types.ReversedLine{{Line: 1, Amount: math.OneInt()}})
	require.ErrorIs(t, err, types.ErrExceedsRemaining)
	_, err = types.Subtract(before, []types.ReversedLine{{Line: 0, Amount: math.NewInt(1_000_001)}})
	require.ErrorIs(t, err, types.ErrExceedsRemaining)
	_, err = types.Subtract(before, []types.ReversedLine{{Line: 2, Amount: math.OneInt()}})
	require.ErrorIs(t, err, types.ErrNoSuchLine)
	_, err = types.Subtract(before, nil)
	require.ErrorIs(t, err, valid.ErrInvalid)
}

func print(amounts []math.Int) string {
	s := "["
	for i, a := range amounts {
		if i > 0 {
			s += " "
		}
		s += a.String()
	}
	return s + "]"
}

func TestReversalFlags(t *testing.T) {
	lines := blue().Lines
	all := types.Amounts(lines)
	require.Equal(t, uint32(0), types.ReversalFlags(lines, all))
	require.Equal(t, types.FlagPartlyReversed, types.ReversalFlags(lines, []math.Int{math.ZeroInt(), all[1]}))
	require.Equal(t, types.FlagPartlyReversed, types.ReversalFlags(lines, []math.Int{all[0].SubRaw(1), all[1]}))
	require.Equal(t, types.FlagReversed, types.ReversalFlags(lines, []math.Int{math.ZeroInt(), math.ZeroInt()}))

	standing := types.FlagPreserved | types.FlagPartlyReversed
	require.Equal(t, types.FlagPreserved|types.FlagReversed, types.WithReversalFlags(standing, types.FlagReversed))
}
