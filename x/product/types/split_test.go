package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

func split(owner uint32, shares ...types.Share) types.Split {
	return types.Split{Shares: shares, RemainderOwner: owner}
}

// even makes n shares of nearly equal size; the first takes the rest.
func even(n int) types.Split {
	s := types.Split{RemainderOwner: 1}
	each := types.BasisPoints / uint32(n)
	for i := range n {
		s.Shares = append(s.Shares, types.Share{Member: uint32(i + 1), BasisPoints: each})
	}
	s.Shares[0].BasisPoints += types.BasisPoints - each*uint32(n)
	return s
}

func TestSplitValidate(t *testing.T) {
	cases := []struct {
		name  string
		split types.Split
		ok    bool
	}{
		{"one share", split(1, types.Share{Member: 1, BasisPoints: 10_000}), true},
		{"two shares", split(2, types.Share{Member: 1, BasisPoints: 9_999}, types.Share{Member: 2, BasisPoints: 1}), true},
		{"32 shares", even(32), true},
		{"33 shares", even(33), false},
		{"no share", split(1), false},
		{"sums to less", split(1, types.Share{Member: 1, BasisPoints: 9_999}), false},
		{"sums to more", split(1, types.Share{Member: 1, BasisPoints: 9_999}, types.Share{Member: 2, BasisPoints: 2}), false},
		{"a share of nothing", split(1, types.Share{Member: 1, BasisPoints: 10_000}, types.Share{Member: 2}), false},
		{"a share over the whole", split(1, types.Share{Member: 1, BasisPoints: 10_001}), false},
		{"sum that would wrap", split(1, types.Share{Member: 1, BasisPoints: 1<<32 - 1}, types.Share{Member: 2, BasisPoints: 10_001}), false},
		{"a member twice", split(1, types.Share{Member: 1, BasisPoints: 5_000}, types.Share{Member: 1, BasisPoints: 5_000}), false},
		{"member number 0", split(0, types.Share{Member: 0, BasisPoints: 10_000}), false},
		{"member number too large", split(1_000_000, types.Share{Member: 1_000_000, BasisPoints: 10_000}), false},
		{"remainder to a stranger", split(2, types.Share{Member: 1, BasisPoints: 10_000}), false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.split.Validate()
			if tc.ok {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, valid.ErrInvalid)
		})
	}
}

func TestSplitApply(t *testing.T) {
	thirds := split(2, types.Share{Member: 1, BasisPoints: 3_333}, types.Share{Member: 2, BasisPoints: 3_333}, types.Share{Member: 3, BasisPoints: 3_334})
	cases := []struct {
		name   string
		split  types.Split
		amount int64
		want   []int64
	}{
		{"nothing", thirds, 0, []int64{0, 0, 0}},
		{"one fen goes to the remainder's owner", thirds, 1, []int64{0, 1, 0}},
		{"one yuan", thirds, 100, []int64{33, 34, 33}},
		{"no rounding", thirds, 10_000, []int64{3_333, 3_333, 3_334}},
		{"one share gets all", split(7, types.Share{Member: 7, BasisPoints: 10_000}), 99, []int64{99}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := tc.split.Apply(math.NewInt(tc.amount))
			require.Len(t, got, len(tc.want))
			for i := range got {
				require.Equal(t, tc.want[i], got[i].Int64(), "share %d", i)
			}
		})
	}
}

// TestSecurityRule9SplitConserves: whatever the split and the amount up to 2^96, the parts sum to it,
// none is negative, and each is its share within the remainder, which is less than one fen a share.
func TestSecurityRule9SplitConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSplit(t)
		require.NoError(t, s.Validate())
		amount := drawAmount(t)
		parts := s.Apply(amount)
		sum := math.ZeroInt()
		for i, part := range parts {
			floor := amount.MulRaw(int64(s.Shares[i].BasisPoints)).QuoRaw(types.BasisPoints)
			over := part.Sub(floor)
			if s.Shares[i].Member == s.RemainderOwner {
				require.True(t, !over.IsNegative() && over.LT(math.NewInt(int64(len(parts)))), "remainder %s", over)
			} else {
				require.True(t, over.IsZero())
			}
			sum = sum.Add(part)
		}
		require.True(t, sum.Equal(amount), "parts sum to %s, not %s", sum, amount)
	})
}

func drawSplit(t *rapid.T) types.Split {
	n := rapid.IntRange(1, types.MaxShares).Draw(t, "shares")
	members := rapid.SliceOfNDistinct(rapid.Uint32Range(1, 999_999), n, n, rapid.ID[uint32]).Draw(t, "members")
	s, left := types.Split{}, uint32(types.BasisPoints)
	for i, member := range members {
		later := uint32(n - i - 1)
		points := left
		if later > 0 {
			points = rapid.Uint32Range(1, left-later).Draw(t, "points")
		}
		s.Shares = append(s.Shares, types.Share{Member: member, BasisPoints: points})
		left -= points
	}
	s.RemainderOwner = rapid.SampledFrom(members).Draw(t, "remainder owner")
	return s
}

func drawAmount(t *rapid.T) math.Int {
	high := math.NewIntFromUint64(rapid.Uint64Range(0, 1<<32).Draw(t, "high"))
	low := math.NewIntFromUint64(rapid.Uint64().Draw(t, "low"))
	return math.MinInt(valid.MaxAmount(), high.Mul(math.NewIntFromUint64(1<<32)).Mul(math.NewIntFromUint64(1<<32)).Add(low))
}
