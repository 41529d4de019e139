package verify_test

import (
	"bytes"
	"testing"

	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// beside is the key just below or above another.
func beside(key []byte, above bool) []byte {
	b := bytes.Clone(key)
	for i := len(b) - 1; ; i-- {
		if above {
			if b[i]++; b[i] != 0 {
				return b
			}
			continue
		}
		if b[i]--; b[i] != 0xFF {
			return b
		}
	}
}

// TestRule21AbsenceBesideEachKindOfNeighbour puts neighbours close to the absent key.
func TestRule21AbsenceBesideEachKindOfNeighbour(t *testing.T) {
	number := vouchertypes.Number("3301", "261123", 123, 1)
	key := vouchertypes.StatusKey(number)
	status := verifytest.StatusValue(vouchertypes.Status{
		Version: 1, FirstHeight: 2, Height: 2, Flags: 4, DetailDigest: verifytest.Digest("detail"),
	})
	sentinels := vouchertypes.SentinelKeys()
	type pair struct{ key, value []byte }
	for name, tc := range map[string]struct {
		pairs []pair
		ok    bool
	}{
		"sentinels on both sides":      {nil, true},
		"status below":                 {[]pair{{beside(key, false), status}}, true},
		"status above":                 {[]pair{{beside(key, true), status}}, true},
		"status on both sides":         {[]pair{{beside(key, false), status}, {beside(key, true), status}}, true},
		"empty value below":            {[]pair{{beside(key, false), []byte{}}}, false},
		"empty value above":            {[]pair{{beside(key, true), []byte{}}}, false},
		"other value below":            {[]pair{{beside(key, false), []byte("x")}}, false},
		"other value above":            {[]pair{{beside(key, true), status[:60]}}, false},
		"shorter key below":            {[]pair{{key[:31], status}}, false},
		"longer key above":             {[]pair{{append(bytes.Clone(key), 0), status}}, false},
		"low sentinel of other value":  {[]pair{{sentinels[0], []byte("x")}}, false},
		"high sentinel of other value": {[]pair{{sentinels[1], status}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := verifytest.New(t, verifytest.Spec{Edit: func(set func(store string, key, value []byte)) {
				for _, p := range tc.pairs {
					set("voucherstatus", p.key, p.value)
				}
			}})
			require.Equal(t, number, w.Blue[0])
			b := w.Bundle(t, number)
			if tc.ok {
				require.Nil(t, requireHolds(t, b, w.Root()).Status)
				return
			}
			requireFails(t, b, w.Root(), "status-proof")
		})
	}
}

// TestRule21AbsenceNeedsBothNeighbours: a store without sentinels proves nothing.
func TestRule21AbsenceNeedsBothNeighbours(t *testing.T) {
	for _, sentinel := range []int{0, 1} {
		w := verifytest.New(t, verifytest.Spec{Vouchers: 3, WithoutSentinel: sentinel + 1})
		_, err := w.Bundle(t, w.Blue[0]).Encode()
		require.ErrorContains(t, err, "both sides")
	}
}

// TestRule22StatusCannotBeHiddenBehindAnotherAbsence: a voucher with a status cannot be
// shown as one without, whatever absence is proved.
func TestRule22StatusCannotBeHiddenBehindAnotherAbsence(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 40, Reversed: 20})
	for _, hidden := range []string{w.Blue[0], w.Blue[1], w.Red[0], w.Red[1]} {
		for _, other := range w.Blue[20:] {
			b := w.Bundle(t, hidden)
			b.Status = w.Bundle(t, other).Status
			requireFails(t, b, w.Root(), "status-proof")
		}
	}
}

// TestRule22AnotherVouchersGapDoesNotServe: the gap must be the one of this number.
func TestRule22AnotherVouchersGapDoesNotServe(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 40, Reversed: 20})
	served := 0
	for _, number := range w.Blue[20:] {
		for _, other := range w.Blue[20:] {
			b, o := w.Bundle(t, number), w.Bundle(t, other)
			sameGap := bytes.Equal(b.Status.Proof, o.Status.Proof)
			b.Status = o.Status
			if sameGap {
				served++
				requireHolds(t, b, w.Root())
				continue
			}
			requireFails(t, b, w.Root(), "status-proof")
		}
	}
	require.GreaterOrEqual(t, served, 20)
}

// TestRule22AbsenceCannotBeClaimedFromFarNeighbours: two entries that enclose the key
// but are not neighbours prove nothing.
func TestRule22AbsenceCannotBeClaimedFromFarNeighbours(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 40, Reversed: 20})
	low := w.Query(t, "voucherstatus", vouchertypes.SentinelKeys()[0])
	high := w.Query(t, "voucherstatus", vouchertypes.SentinelKeys()[1])
	exist := func(proof []byte) *ics23.ExistenceProof {
		p := new(ics23.CommitmentProof)
		require.NoError(t, p.Unmarshal(proof))
		return p.GetExist()
	}
	forged, err := (&ics23.CommitmentProof{Proof: &ics23.CommitmentProof_Nonexist{
		Nonexist: &ics23.NonExistenceProof{Left: exist(low.Store), Right: exist(high.Store)},
	}}).Marshal()
	require.NoError(t, err)
	for _, number := range []string{w.Blue[0], w.Blue[30]} {
		b := w.Bundle(t, number)
		b.Status = verify.StatusEntry{Proof: forged}
		requireFails(t, b, w.Root(), "status-proof")
	}
}

// TestRule22KeysDeriveFromTheNumber: they are the store's, and depend on nothing else.
func TestRule22KeysDeriveFromTheNumber(t *testing.T) {
	number := vouchertypes.Number("3301", "261123", 123, 42)
	require.Equal(t, vouchertypes.VoucherKey(number), verify.VoucherKey(number))
	require.Equal(t, vouchertypes.DetailKey(number, 7), verify.DetailKey(number, 7))
	require.Equal(t, vouchertypes.StatusKey(number), verify.StatusKey(number))
	require.Equal(t, append([]byte{0x10}, "261123-000123-000042"...), verify.SettlementKey("261123-000123-000042"))
}
