package types

import (
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"
)

// Amounts are the amounts of lines, in fen: what remains of a voucher before any reversal.
func Amounts(lines []Line) []math.Int {
	amounts := make([]math.Int, len(lines))
	for i, l := range lines {
		amounts[i] = l.Amount
	}
	return amounts
}

// Subtract takes reversed lines off what remains by line and returns what then remains.
// It wraps ErrNoSuchLine, ErrExceedsRemaining or valid.ErrInvalid.
func Subtract(remaining []math.Int, reversed []ReversedLine) ([]math.Int, error) {
	if _, err := sumReversed(reversed); err != nil {
		return nil, err
	}
	left := slices.Clone(remaining)
	for _, l := range reversed {
		if int(l.Line) >= len(left) {
			return nil, errorsmod.Wrapf(ErrNoSuchLine, "expected lines 0 to %d, got %d", len(left)-1, l.Line)
		}
		if l.Amount.GT(left[l.Line]) {
			return nil, errorsmod.Wrapf(ErrExceedsRemaining, "line %d: expected at most %s fen, got %s", l.Line, left[l.Line], l.Amount)
		}
		left[l.Line] = left[l.Line].Sub(l.Amount)
	}
	return left, nil
}

// ReversalFlags are the flags that follow from what was taken back of a blue voucher:
// none, partly reversed or reversed.
func ReversalFlags(lines []Line, remaining []math.Int) uint32 {
	taken, left := false, false
	for i, r := range remaining {
		taken = taken || !r.Equal(lines[i].Amount)
		left = left || r.IsPositive()
	}
	switch {
	case !taken:
		return 0
	case left:
		return FlagPartlyReversed
	default:
		return FlagReversed
	}
}

// WithReversalFlags replaces the reversal flags in flags.
func WithReversalFlags(flags, reversal uint32) uint32 {
	return flags&^(FlagPartlyReversed|FlagReversed) | reversal
}
