package keeper_test

import (
	"context"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// standing reads status and detail and checks that one commits to the other.
func (w *world) standing(number string) (types.Status, types.StatusDetail) {
	w.t.Helper()
	value, encoded, err := w.k.StatusBytes(w.Ctx, number)
	require.NoError(w.t, err)
	s, err := types.DecodeStatus(value)
	require.NoError(w.t, err)
	d, err := types.DecodeStatusDetail(encoded)
	require.NoError(w.t, err)
	require.Equal(w.t, digest(encoded), s.DetailDigest)
	require.Equal(w.t, []any{number, s.Version, s.Flags, s.Height}, []any{d.Number, d.Version, d.Flags, d.Height})
	return s, d
}

func amounts(t testing.TB, all []math.Int) []int64 {
	t.Helper()
	out := make([]int64, len(all))
	for i, a := range all {
		require.True(t, a.IsInt64())
		out[i] = a.Int64()
	}
	return out
}

func TestReverseInPartThenWhole(t *testing.T) {
	w := newWorld(t)
	o := w.wire()
	blue := w.issue()
	w.Advance(time.Hour)
	red := w.reverse(blue.Number, 200, 300)

	want := blue
	want.Kind, want.Number, want.Lines = types.KIND_RED, types.Number("3301", "261123", seller, 2), nil
	want.Total, want.IssuedAt, want.Reverses = math.NewInt(500), w.Ctx.BlockTime().Unix(), blue.Number
	want.ReversedLines = []types.ReversedLine{{Line: 0, Amount: math.NewInt(200)}, {Line: 1, Amount: math.NewInt(300)}}
	require.Equal(t, want, red)
	stored, err := w.k.Voucher(w.Ctx, red.Number)
	require.NoError(t, err)
	require.Equal(t, want, stored)

	s, d := w.standing(blue.Number)
	require.Equal(t, []any{uint64(1), int64(2), int64(2), types.FlagPartlyReversed}, []any{s.Version, s.FirstHeight, s.Height, s.Flags})
	require.Equal(t, []int64{500, 0}, amounts(t, d.Remaining))
	require.Equal(t, red.Number, d.RedNumber)
	require.Equal(t, digest([]byte("reason")), d.ReasonDigest)
	require.Equal(t, make([]byte, 32), d.PreviousDigest)
	require.Equal(t, &types.EventReversed{
		Number: blue.Number, RedNumber: red.Number, Total: red.Total, Version: 1, Flags: types.FlagPartlyReversed,
	}, w.event())

	w.Advance(24 * time.Hour)
	rest := w.reverse(blue.Number, 500)
	require.Equal(t, types.Number("3301", "261124", seller, 1), rest.Number)
	previous := s.DetailDigest
	s, d = w.standing(blue.Number)
	require.Equal(t, []any{uint64(2), int64(2), int64(3), types.FlagReversed}, []any{s.Version, s.FirstHeight, s.Height, s.Flags})
	require.Equal(t, []int64{0, 0}, amounts(t, d.Remaining))
	require.Equal(t, previous, d.PreviousDigest)

	require.Equal(t, []string{blue.Number, blue.Number}, o.changed)
	require.Equal(t, []string{"voucher " + blue.Number, "voucher " + blue.Number}, o.asked)
	require.Len(t, o.issued, 1, "the observer hears of red vouchers through the status")
	unchanged, err := w.k.Voucher(w.Ctx, blue.Number)
	require.NoError(t, err)
	require.Equal(t, blue, unchanged)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReverseTwiceInOneBlock(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	w.reverse(blue.Number, 1)
	w.reverse(blue.Number, 1)
	s, d := w.standing(blue.Number)
	require.Equal(t, []any{uint64(2), int64(1), int64(1)}, []any{s.Version, s.FirstHeight, s.Height})
	require.Equal(t, []int64{698, 300}, amounts(t, d.Remaining))
	require.NoError(t, w.k.Check(w.Ctx))
}

// Names and standing of members may have changed since; the red voucher tells the trade as the blue one did.
func TestReverseKeepsTheNamesOfTheBlue(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	w.members.Add(consortium.Member{Number: seller, Name: "Renamed"})
	w.members.Add(consortium.Member{Number: hangzhou, Name: "Moved", Region: "3399"})
	w.members.Suspend(buyer)
	red := w.reverse(blue.Number, 1)
	require.Equal(t, blue.Seller, red.Seller)
	require.Equal(t, types.Number("3301", "261123", seller, 2), red.Number)
	require.NoError(t, w.k.Check(w.Ctx))
}

// Other modules set flags of their own; a reversal leaves them.
func TestReverseKeepsOtherFlags(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	w.reverse(blue.Number, 1)
	s, d := w.standing(blue.Number)
	s.Flags |= types.FlagPreserved | types.FlagContested
	d.Flags = s.Flags
	encoded, err := types.EncodeStatusDetail(d)
	require.NoError(t, err)
	s.DetailDigest = digest(encoded)
	value, err := types.EncodeStatus(s)
	require.NoError(t, err)
	w.set(types.StoreKey, types.DetailKey(blue.Number, 1), encoded)
	w.set(types.StatusStoreKey, types.StatusKey(blue.Number), value)

	w.reverse(blue.Number, 699, 300)
	s, _ = w.standing(blue.Number)
	require.Equal(t, types.FlagReversed|types.FlagPreserved|types.FlagContested, s.Flags)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReverseFailsIf(t *testing.T) {
	var (
		held    = errors.New("preserved by order 7")
		big96   = math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 97))
		blueNum = types.Number("3301", "261123", seller, 1)
		redNum  = types.Number("3301", "261123", seller, 2)
	)
	for name, c := range map[string]struct {
		spoil func(w *world, o *wire, r *types.Reversal)
		want  error
	}{
		"the number has wrong check digits":    {func(_ *world, _ *wire, r *types.Reversal) { r.Number = blueNum[:22] + "00" }, types.ErrNumber},
		"the number is unknown":                {func(_ *world, _ *wire, r *types.Reversal) { r.Number = types.Number("3301", "261123", seller, 9) }, types.ErrVoucherNotFound},
		"the voucher is red":                   {func(_ *world, _ *wire, r *types.Reversal) { r.Number = redNum }, types.ErrRedVoucher},
		"the voucher is held":                  {func(_ *world, o *wire, _ *types.Reversal) { o.held = held }, held},
		"there are no lines":                   {func(_ *world, _ *wire, r *types.Reversal) { r.Lines = nil }, valid.ErrInvalid},
		"a line is not there":                  {func(_ *world, _ *wire, r *types.Reversal) { r.Lines[0].Line = 2 }, types.ErrNoSuchLine},
		"a line comes twice":                   {func(_ *world, _ *wire, r *types.Reversal) { r.Lines = append(r.Lines, r.Lines[0]) }, valid.ErrInvalid},
		"an amount is 0":                       {func(_ *world, _ *wire, r *types.Reversal) { r.Lines[0].Amount = math.ZeroInt() }, valid.ErrInvalid},
		"an amount is negative":                {func(_ *world, _ *wire, r *types.Reversal) { r.Lines[0].Amount = math.NewInt(-1) }, valid.ErrInvalid},
		"an amount is over 2^96":               {func(_ *world, _ *wire, r *types.Reversal) { r.Lines[0].Amount = big96 }, valid.ErrInvalid},
		"it takes more of a line than is left": {func(_ *world, _ *wire, r *types.Reversal) { r.Lines[0].Amount = math.NewInt(601) }, types.ErrExceedsRemaining},
		"the reason digest is short":           {func(_ *world, _ *wire, r *types.Reversal) { r.ReasonDigest = r.ReasonDigest[1:] }, valid.ErrInvalid},
		"the sequence is exhausted": {func(w *world, _ *wire, _ *types.Reversal) {
			w.set(types.StoreKey, types.CounterKey(seller), types.EncodeCounter(types.Counter{Day: "261123", Next: 1_000_000}))
		}, types.ErrSequenceExhausted},
		"the status is not of its detail": {func(w *world, _ *wire, _ *types.Reversal) {
			s, _ := w.standing(blueNum)
			s.DetailDigest[0] ^= 1
			value, err := types.EncodeStatus(s)
			require.NoError(w.t, err)
			w.set(types.StatusStoreKey, types.StatusKey(blueNum), value)
		}, types.ErrInconsistent},
		"the detail is missing": {func(w *world, _ *wire, _ *types.Reversal) {
			s, _ := w.standing(blueNum)
			s.Version = 2
			value, err := types.EncodeStatus(s)
			require.NoError(w.t, err)
			w.set(types.StatusStoreKey, types.StatusKey(blueNum), value)
		}, types.ErrInconsistent},
		"the status is broken": {func(w *world, _ *wire, _ *types.Reversal) {
			w.set(types.StatusStoreKey, types.StatusKey(blueNum), []byte{1})
		}, types.ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			require.Equal(t, blueNum, w.issue().Number)
			require.Equal(t, redNum, w.reverse(blueNum, 100).Number)
			o := w.wire()
			w.Advance(time.Second)
			r := reversal(blueNum, 5)
			c.spoil(w, o, &r)
			before := w.dump()
			_, err := w.k.Reverse(w.Ctx, r)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
			require.Empty(t, o.changed)
			require.Empty(t, w.Ctx.EventManager().Events())
		})
	}
}

func TestReverseTellsTheObserverLast(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	o := w.wire()
	refusal := errors.New("the outbox is full")
	o.onChanged = func(ctx context.Context) error {
		value, detail, err := w.k.StatusBytes(ctx, blue.Number)
		require.NoError(t, err)
		require.NotNil(t, value)
		require.NotNil(t, detail)
		require.NoError(t, w.k.Check(ctx))
		return refusal
	}
	_, err := w.k.Reverse(w.Ctx, reversal(blue.Number, 1))
	require.ErrorIs(t, err, refusal)
	require.Equal(t, []string{blue.Number}, o.changed)
}
