package carry_test

import (
	"testing"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// changed is a chain whose set went from A after 4 to B, after 7 to C; its header is 11.
func changed(t *testing.T, since int64) (*verifytest.World, *carry.Batch) {
	t.Helper()
	w := verifytest.New(t, verifytest.Spec{Validators: setC, Blocks: 8})
	require.EqualValues(t, 11, w.Header.Height)
	changes := []verify.SetChange{verifytest.Change(t, w.ChainID, 4, setA, setB, nil), verifytest.Change(t, w.ChainID, 7, setB, setC, nil)}
	first := setA
	if since > 4 {
		changes, first = changes[1:], setB
	}
	if since > 7 {
		changes, first = nil, setC
	}
	batch, err := carry.NewBatch([]*verify.Bundle{bundle(t, w, w.Blue[0], first, changes...)})
	require.NoError(t, err)
	return w, batch
}

// Each update starts from what the client trusts then, and is as far as it will follow:
// from A to C no third of the power remains, so B lies between.
func TestUpdatesLeadTheClientToTheHeader(t *testing.T) {
	w, batch := changed(t, 1)
	now := w.Header.Time.Add(time.Minute)
	for name, tc := range map[string]struct {
		trusted states
		to      []int64 // heights of the updates
		from    []uint64
	}{
		"from the first set":               {states{2: stateOf(2, setA)}, []int64{7, 11}, []uint64{2, 7}},
		"from the change itself":           {states{4: stateOf(4, setB)}, []int64{11}, []uint64{4}},
		"from the block before the change": {states{3: stateOf(3, setA)}, []int64{7, 11}, []uint64{3, 7}},
		"from the last set":                {states{2: stateOf(2, setA), 9: stateOf(9, setC)}, []int64{11}, []uint64{9}},
		"from the block before":            {states{10: stateOf(10, setC)}, []int64{11}, []uint64{10}},
		"from below, with a later one":     {states{9: stateOf(9, setC), 14: stateOf(14, setC)}, []int64{11}, []uint64{9}},
		"a state of strangers between":     {states{2: stateOf(2, setA), 6: stateOf(6, setA)}, []int64{7, 11}, []uint64{2, 7}},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := batch.Updates(t.Context(), tc.trusted.client(now))
			require.NoError(t, err)
			require.Empty(t, plan.Conflict)
			var to []int64
			var from []uint64
			for _, h := range plan.Headers {
				require.NoError(t, h.ValidateBasic())
				to, from = append(to, h.Header.Height), append(from, h.TrustedHeight.RevisionHeight)
				require.EqualValues(t, 1, h.TrustedHeight.RevisionNumber)
			}
			require.Equal(t, tc.to, to)
			require.Equal(t, tc.from, from)
		})
	}
}

// A header without a voucher leads the client as well.
func TestUpdatesByAHeaderAlone(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Validators: setC, Blocks: 8})
	full := bundle(t, w, w.Blue[0], setB, verifytest.Change(t, w.ChainID, 7, setB, setC, nil))
	batch, err := carry.NewHeader(&verify.Bundle{ChainID: full.ChainID, Signed: full.Signed, Validators: full.Validators, SetChanges: full.SetChanges})
	require.NoError(t, err)
	require.Empty(t, batch.Shown)
	require.EqualValues(t, 11, batch.Height)
	client := states{5: stateOf(5, setB)}.client(w.Header.Time.Add(time.Minute))
	got, err := batch.Updates(t.Context(), client)
	require.NoError(t, err)
	_, whole := changed(t, 5)
	want, err := whole.Updates(t.Context(), client)
	require.NoError(t, err)
	require.NotEmpty(t, want.Headers)
	require.Equal(t, want, got)

	_, err = carry.NewHeader(&verify.Bundle{ChainID: full.ChainID, Signed: full.Signed})
	require.ErrorContains(t, err, "no validators")
}

func TestUpdatesAreNoneWhenTheClientHasTheHeader(t *testing.T) {
	w, batch := changed(t, 9)
	same := stateOf(11, setC)
	same.Root = commitmenttypes.NewMerkleRoot(w.Header.AppHash)
	plan, err := batch.Updates(t.Context(), states{9: stateOf(9, setC), 11: same}.client(w.Header.Time))
	require.NoError(t, err)
	require.Equal(t, carry.Updates{}, plan)
}

// What the client was told before and what the bundle's header says cannot both be true:
// the update is evidence.
func TestUpdatesThatConflictAreEvidence(t *testing.T) {
	w, batch := changed(t, 9)
	late, early := stateOf(12, setC), stateOf(10, setC)
	late.Timestamp, early.Timestamp = w.Header.Time, w.Header.Time
	for name, tc := range map[string]struct {
		trusted states
		says    string
	}{
		"another header of the height":  {states{9: stateOf(9, setC), 11: stateOf(11, setC)}, "another header of the same height 11"},
		"a later one that is not later": {states{9: stateOf(9, setC), 12: late}, "of height 12, beside"},
		"an earlier one not earlier":    {states{9: stateOf(9, setC), 10: early}, "of height 10, beside"},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := batch.Updates(t.Context(), tc.trusted.client(w.Header.Time.Add(time.Second)))
			require.NoError(t, err)
			require.Contains(t, plan.Conflict, tc.says)
			require.Len(t, plan.Headers, 1)
			require.EqualValues(t, 9, plan.Headers[0].TrustedHeight.RevisionHeight)
		})
	}
}

func TestUpdatesFailIf(t *testing.T) {
	w, whole := changed(t, 1)
	_, late := changed(t, 9)
	soon := w.Header.Time.Add(time.Second)
	torn := []verify.SetChange{verifytest.Change(t, w.ChainID, 4, setA, setC, nil)}
	jump, err := carry.NewBatch([]*verify.Bundle{bundle(t, w, w.Blue[0], setA, torn...)})
	require.NoError(t, err)
	for name, tc := range map[string]struct {
		batch   *carry.Batch
		trusted states
		now     time.Time
		says    string
	}{
		"nothing is trusted below":        {whole, states{12: stateOf(12, setC)}, soon, "trusts no height below 11"},
		"all that is trusted has expired": {whole, states{9: stateOf(9, setC)}, w.Header.Time.Add(2 * time.Hour), "trusting period"},
		"the bundle leads from elsewhere": {late, states{2: stateOf(2, setA)}, soon, "--since 2"},
		"other validators are trusted":    {whole, states{9: stateOf(9, setA)}, soon, "does not know the validators"},
		"the header is of the future":     {whole, states{9: stateOf(9, setC)}, w.Header.Time.Add(-time.Hour), "cannot be led"},
		"too few signed that are trusted": {jump, states{2: stateOf(2, cutOff)}, soon, "does not know"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tc.batch.Updates(t.Context(), tc.trusted.client(tc.now))
			require.ErrorContains(t, err, tc.says)
		})
	}
}

// cutOff is a set that no bundle here knows.
var cutOff = verifytest.Validators("wuxi-dex")

// A batch takes the longest way that one of its bundles shows.
func TestBatchUsesTheBundleThatLeadsFromFurthestBack(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Validators: setC, Vouchers: 2, Blocks: 8})
	changes := []verify.SetChange{verifytest.Change(t, w.ChainID, 7, setB, setC, map[int]verifytest.Vote{0: {Flag: cmttypes.BlockIDFlagAbsent}})}
	batch, err := carry.NewBatch([]*verify.Bundle{bundle(t, w, w.Blue[1], setC), bundle(t, w, w.Blue[0], setB, changes...)})
	require.NoError(t, err)
	plan, err := batch.Updates(t.Context(), states{5: stateOf(5, setB)}.client(w.Header.Time))
	require.NoError(t, err)
	require.NotEmpty(t, plan.Headers)
	require.Len(t, batch.Shown, 2)
	require.Less(t, batch.Shown[0].Bundle.Number, batch.Shown[1].Bundle.Number)
}
