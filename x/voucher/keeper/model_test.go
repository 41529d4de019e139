package keeper_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// model is what vouchers, reversals and numbers should be, in plain Go.
type model struct {
	*world
	vouchers []types.Voucher
	bytes    map[string][]byte       // by number: the store value when it was written
	left     map[string][]int64      // by blue number: fen by line
	statuses map[string]types.Status // without digest
	issued   map[string]int          // by seller and day
}

// next is the number that the seller's next voucher should get.
func (m *model) next(region string, seller uint32) string {
	day := ids.Day(m.Ctx.BlockTime())
	key := ids.Owned(seller, 1) + day
	m.issued[key]++
	return types.Number(region, day, seller, uint32(m.issued[key]))
}

// add remembers a new voucher, which the store must hold from now on.
func (m *model) add(t *rapid.T, v types.Voucher) {
	encoded, err := types.EncodeVoucher(v)
	require.NoError(t, err)
	require.NotContains(t, m.bytes, v.Number)
	m.vouchers = append(m.vouchers, v)
	m.bytes[v.Number] = encoded
}

func (m *model) issue(t *rapid.T) {
	r := trade()
	r.Seller = rapid.SampledFrom([]uint32{seller, other}).Draw(t, "seller")
	region := "3301"
	if rapid.Bool().Draw(t, "in Ningbo") {
		r.Exchange, region = ningbo, "3302"
	}
	r.Lines, r.Total = nil, math.ZeroInt()
	fen := rapid.SliceOfN(rapid.Int64Range(1, 50), 1, 4).Draw(t, "lines")
	for _, f := range fen {
		r.Lines = append(r.Lines, types.Line{What: "data", Units: 1, Amount: math.NewInt(f)})
		r.Total = r.Total.AddRaw(f)
	}
	v, err := m.k.Issue(m.Ctx, r)
	require.NoError(t, err)
	require.Equal(t, m.next(region, r.Seller), v.Number)
	m.add(t, v)
	m.left[v.Number] = slices.Clone(fen)
}

func (m *model) reverse(t *rapid.T) {
	if len(m.vouchers) == 0 {
		t.Skip("nothing to reverse")
	}
	v := rapid.SampledFrom(m.vouchers).Draw(t, "voucher")
	take := rapid.SliceOfN(rapid.Int64Range(0, 30), 1, 5).Draw(t, "amounts")
	r := reversal(v.Number, take...)
	if len(r.Lines) == 0 {
		t.Skip("takes nothing")
	}
	want := m.refusal(v, r)
	before := m.dump()
	red, err := m.k.Reverse(m.Ctx, r)
	if want != nil {
		require.ErrorIs(t, err, want)
		require.Equal(t, before, m.dump())
		return
	}
	require.NoError(t, err)
	parts, err := types.ParseNumber(v.Number)
	require.NoError(t, err)
	require.Equal(t, m.next(parts.Region, parts.Seller), red.Number)
	m.add(t, red)
	for _, l := range r.Lines {
		m.left[v.Number][l.Line] -= l.Amount.Int64()
	}
	s := m.statuses[v.Number]
	s.Version++
	s.Height = m.Ctx.BlockHeight()
	if s.Version == 1 {
		s.FirstHeight = s.Height
	}
	s.Flags = types.FlagPartlyReversed
	if !slices.ContainsFunc(m.left[v.Number], func(f int64) bool { return f > 0 }) {
		s.Flags = types.FlagReversed
	}
	m.statuses[v.Number] = s
}

// refusal is the error that a reversal should meet, if any.
func (m *model) refusal(v types.Voucher, r types.Reversal) error {
	if v.Kind == types.KIND_RED {
		return types.ErrRedVoucher
	}
	for _, l := range r.Lines {
		if int(l.Line) >= len(m.left[v.Number]) {
			return types.ErrNoSuchLine
		}
		if l.Amount.Int64() > m.left[v.Number][l.Line] {
			return types.ErrExceedsRemaining
		}
	}
	return nil
}

// agree compares the keeper with the model.
func (m *model) agree(t *rapid.T) {
	require.NoError(t, m.k.Check(m.Ctx))
	for _, v := range m.vouchers {
		stored, err := m.k.VoucherBytes(m.Ctx, v.Number)
		require.NoError(t, err)
		require.Equal(t, m.bytes[v.Number], stored, "a voucher never changes")
		want, ok := m.statuses[v.Number]
		if !ok {
			value, detail, err := m.k.StatusBytes(m.Ctx, v.Number)
			require.NoError(t, err)
			require.True(t, value == nil && detail == nil)
			continue
		}
		s, d := m.standing(v.Number)
		s.DetailDigest = nil
		require.Equal(t, want, s)
		require.Equal(t, m.left[v.Number], amounts(m.t, d.Remaining))
	}
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{
			world: newWorld(t), bytes: map[string][]byte{}, left: map[string][]int64{},
			statuses: map[string]types.Status{}, issued: map[string]int{},
		}
		rt.Repeat(map[string]func(*rapid.T){
			"issue":   m.issue,
			"reverse": m.reverse,
			"advance": func(t *rapid.T) {
				m.Advance(time.Duration(rapid.IntRange(1, 36*3600).Draw(t, "seconds")) * time.Second)
			},
			"": m.agree,
		})
	})
}
