package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// cleared is a review that two of three cleared.
func cleared() types.Review {
	return types.Review{
		Product: "000002-000001", Version: 1, Round: 1, Requester: 2, SubjectDigest: digest,
		Quorum: 2, Committee: []uint32{3, 4, 5}, Status: types.REVIEW_STATUS_CLEARED,
		Opinions: []types.Opinion{
			{Member: 4, Verdict: types.VERDICT_CLEAR, Height: 11},
			{Member: 3, Verdict: types.VERDICT_RETURN, Reasons: "licence", Height: 12},
			{Member: 5, Verdict: types.VERDICT_CLEAR, Height: 12},
		},
		RequestedHeight: 10, DecidedHeight: 12,
	}
}

func TestReviewValidate(t *testing.T) {
	require.NoError(t, cleared().Validate())
	for _, tc := range []spoil[types.Review]{
		{"product of another form", func(r *types.Review) { r.Product = "x" }},
		{"version 0", func(r *types.Review) { r.Version = 0 }},
		{"round 0", func(r *types.Review) { r.Round = 0 }},
		{"requester is not the owner", func(r *types.Review) { r.Requester = 1 }},
		{"owner 0", func(r *types.Review) { r.Product, r.Requester = "000000-000001", 0 }},
		{"digest of 31 bytes", func(r *types.Review) { r.SubjectDigest = digest[:31] }},
		{"quorum 0", func(r *types.Review) { r.Quorum = 0 }},
		{"quorum over the committee", func(r *types.Review) { r.Quorum = 4 }},
		{"committee of too many", func(r *types.Review) {
			r.Committee = nil
			for n := range types.MaxCommittee + 1 {
				r.Committee = append(r.Committee, uint32(n+3))
			}
		}},
		{"committee not ascending", func(r *types.Review) { r.Committee = []uint32{4, 3, 5} }},
		{"committee member twice", func(r *types.Review) { r.Committee = []uint32{3, 4, 4, 5} }},
		{"committee member 0", func(r *types.Review) { r.Committee = []uint32{0, 3, 4, 5} }},
		{"requester in the committee", func(r *types.Review) { r.Committee = []uint32{2, 3, 4, 5} }},
		{"opinion of a stranger", func(r *types.Review) { r.Opinions[0].Member = 6 }},
		{"two opinions of one", func(r *types.Review) { r.Opinions[1].Member = 4 }},
		{"opinion without verdict", func(r *types.Review) { r.Opinions[0].Verdict = 0 }},
		{"return without reasons", func(r *types.Review) { r.Opinions[1].Reasons = "" }},
		{"opinion before the request", func(r *types.Review) { r.Opinions[0].Height = 9 }},
		{"heights fall", func(r *types.Review) { r.Opinions[0].Height = 13 }},
		{"opinion after the decision", func(r *types.Review) { r.Opinions[1], r.Opinions[2] = r.Opinions[2], r.Opinions[1] }},
		{"status that the opinions do not give", func(r *types.Review) { r.Status = types.REVIEW_STATUS_RETURNED }},
		{"no status", func(r *types.Review) { r.Status = types.REVIEW_STATUS_UNSPECIFIED }},
		{"decided at another height", func(r *types.Review) { r.DecidedHeight = 11 }},
		{"pending but decided", func(r *types.Review) {
			r.Opinions, r.Status = r.Opinions[:1], types.REVIEW_STATUS_PENDING
		}},
		{"negative height", func(r *types.Review) { r.RequestedHeight = -1 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := cleared()
			tc.spoil(&r)
			require.ErrorIs(t, r.Validate(), valid.ErrInvalid)
		})
	}
}

func TestReviewOutcome(t *testing.T) {
	const c, r = types.VERDICT_CLEAR, types.VERDICT_RETURN
	for _, tc := range []struct {
		name     string
		quorum   uint32
		members  int
		verdicts []types.Verdict
		want     types.ReviewStatus
	}{
		{"nothing said", 2, 3, nil, types.REVIEW_STATUS_PENDING},
		{"one of two", 2, 3, []types.Verdict{c}, types.REVIEW_STATUS_PENDING},
		{"one return leaves two", 2, 3, []types.Verdict{r}, types.REVIEW_STATUS_PENDING},
		{"quorum reached", 2, 3, []types.Verdict{r, c, c}, types.REVIEW_STATUS_CLEARED},
		{"quorum out of reach", 2, 3, []types.Verdict{c, r, r}, types.REVIEW_STATUS_RETURNED},
		{"quorum of all, one return", 3, 3, []types.Verdict{r}, types.REVIEW_STATUS_RETURNED},
		{"quorum of one, one clear", 1, 3, []types.Verdict{c}, types.REVIEW_STATUS_CLEARED},
	} {
		t.Run(tc.name, func(t *testing.T) {
			review := types.Review{Quorum: tc.quorum, Committee: make([]uint32, tc.members)}
			for i, v := range tc.verdicts {
				review.Opinions = append(review.Opinions, types.Opinion{Member: uint32(i), Verdict: v})
			}
			require.Equal(t, tc.want, review.Outcome())
		})
	}
}

// TestReviewAlwaysEnds: whatever the verdicts, a round ends by its last opinion at the latest,
// is cleared exactly when a quorum clears, and nothing that came later could have changed that.
func TestReviewAlwaysEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.IntRange(1, types.MaxCommittee).Draw(t, "members")
		r := types.Review{Quorum: uint32(rapid.IntRange(1, members).Draw(t, "quorum")), Committee: make([]uint32, members)}
		clears, decided := 0, types.REVIEW_STATUS_PENDING
		for i := range members {
			v := rapid.SampledFrom([]types.Verdict{types.VERDICT_CLEAR, types.VERDICT_RETURN}).Draw(t, "verdict")
			if v == types.VERDICT_CLEAR {
				clears++
			}
			r.Opinions = append(r.Opinions, types.Opinion{Member: uint32(i), Verdict: v})
			if decided != types.REVIEW_STATUS_PENDING {
				require.Equal(t, decided, r.Outcome())
			}
			decided = r.Outcome()
		}
		require.Equal(t, clears >= int(r.Quorum), decided == types.REVIEW_STATUS_CLEARED)
		require.NotEqual(t, types.REVIEW_STATUS_PENDING, decided)
	})
}
