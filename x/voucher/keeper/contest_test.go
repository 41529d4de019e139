package keeper_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestContestAndUncontest(t *testing.T) {
	w := newWorld(t)
	o := w.wire()
	blue := w.issue()
	w.event()
	require.NoError(t, w.k.Contest(w.Ctx, blue.Number, blue.Nullifier))
	require.Equal(t, &types.EventContested{Number: blue.Number, Contested: true, Version: 1, Flags: types.FlagContested}, w.event())
	require.Equal(t, []string{blue.Number}, o.changed)
	s, d := w.standing(blue.Number)
	require.Equal(t, []any{uint64(1), types.FlagContested}, []any{s.Version, s.Flags})
	require.Equal(t, []any{"", blue.Nullifier, []int64{700, 300}}, []any{d.RedNumber, d.ReasonDigest, amounts(t, d.Remaining)})
	before := w.dump()
	require.NoError(t, w.k.Contest(w.Ctx, blue.Number, blue.Nullifier))
	require.Equal(t, before, w.dump(), "one that is marked stays as it is")

	// It can be reversed, and stays marked.
	w.reverse(blue.Number, 100)
	s, d = w.standing(blue.Number)
	require.Equal(t, []any{uint64(2), types.FlagContested | types.FlagPartlyReversed}, []any{s.Version, s.Flags})
	require.Equal(t, []int64{600, 300}, amounts(t, d.Remaining))

	require.NoError(t, w.k.Uncontest(w.Ctx, blue.Number, digest([]byte("decided"))))
	s, d = w.standing(blue.Number)
	require.Equal(t, []any{uint64(3), types.FlagPartlyReversed}, []any{s.Version, s.Flags})
	require.Equal(t, []int64{600, 300}, amounts(t, d.Remaining))
	require.NoError(t, w.k.Uncontest(w.Ctx, blue.Number, digest([]byte("decided"))))
	w.reverse(blue.Number, 600, 300)
	require.NoError(t, w.k.Contest(w.Ctx, blue.Number, blue.Nullifier))
	s, _ = w.standing(blue.Number)
	require.Equal(t, types.FlagContested|types.FlagReversed, s.Flags)
	require.NoError(t, w.k.Check(w.Ctx))
}

// A mark moves nothing: it is made while a court holds the voucher.
func TestContestOfAHeldVoucher(t *testing.T) {
	w := newWorld(t)
	o := w.wire()
	blue := w.issue()
	o.held = errors.New("held")
	require.NoError(t, w.k.Contest(w.Ctx, blue.Number, blue.Nullifier))
	require.Empty(t, o.asked)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestContestFailsIf(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	red := w.reverse(blue.Number, 100)
	for name, c := range map[string]struct {
		number string
		reason []byte
		want   error
	}{
		"the number is malformed":  {"1", blue.Nullifier, types.ErrNumber},
		"there is no such voucher": {types.Number("3301", "261123", other, 7), blue.Nullifier, types.ErrVoucherNotFound},
		"the voucher is red":       {red.Number, blue.Nullifier, types.ErrRedVoucher},
		"the reason is no digest":  {blue.Number, []byte("why"), valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.dump()
			require.ErrorIs(t, w.k.Contest(w.Ctx, c.number, c.reason), c.want)
			require.ErrorIs(t, w.k.Uncontest(w.Ctx, c.number, c.reason), c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

func TestRedRepeatsTheNullifier(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	red := w.reverse(blue.Number, 100)
	require.Equal(t, blue.Nullifier, red.Nullifier)
	require.True(t, red.Total.Equal(math.NewInt(100)))
}
