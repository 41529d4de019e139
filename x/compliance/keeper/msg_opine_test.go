package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestOpineClears(t *testing.T) {
	w := newWorld(t)
	w.mustRequest(request())
	w.Advance(0)
	first := opine("audit", types.VERDICT_CLEAR)
	first.DocumentDigest = other
	require.Equal(t, types.REVIEW_STATUS_PENDING, w.mustOpine(first))
	require.Equal(t, "shugu.compliance.v1.EventOpinionGiven", w.lastEvent())
	w.Advance(0)
	require.Equal(t, types.REVIEW_STATUS_CLEARED, w.mustOpine(opine("law", types.VERDICT_CLEAR)))
	require.Equal(t, "shugu.compliance.v1.EventReviewDecided", w.lastEvent())

	r := w.review(1)
	require.Equal(t, types.REVIEW_STATUS_CLEARED, r.Status)
	require.Equal(t, int64(3), r.DecidedHeight)
	require.Equal(t, []types.Opinion{
		{Member: 4, Verdict: types.VERDICT_CLEAR, Reasons: "see the document", DocumentDigest: other, Height: 2},
		{Member: 3, Verdict: types.VERDICT_CLEAR, Reasons: "see the document", Height: 3},
	}, r.Opinions)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

// TestOpineReturns: two returns of three leave one, and the quorum is two.
func TestOpineReturns(t *testing.T) {
	w := newWorld(t)
	w.mustRequest(request())
	require.Equal(t, types.REVIEW_STATUS_PENDING, w.mustOpine(opine("law", types.VERDICT_RETURN)))
	require.Equal(t, types.REVIEW_STATUS_RETURNED, w.mustOpine(opine("books", types.VERDICT_RETURN)))
	require.Equal(t, int64(1), w.review(1).DecidedHeight)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestOpineRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgOpine)
		want  error
	}{
		{"field of a wrong form", func(_ *world, m *types.MsgOpine) { m.Verdict = types.VERDICT_UNSPECIFIED }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgOpine) { m.Signer = "" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgOpine) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgOpine) { w.members.Suspend(3) }, consortium.ErrSuspended},
		{"signer has another role", func(_ *world, m *types.MsgOpine) { m.Signer = keys.Bech32("bank") }, consortium.ErrRoleMissing},
		{"signer has lost the role", func(w *world, _ *types.MsgOpine) {
			w.members.Add(consortium.Member{Number: 3, Name: "law", Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
		}, consortium.ErrRoleMissing},
		{"signer joined the committee later", func(w *world, m *types.MsgOpine) {
			w.members.Add(consortium.Member{Number: 7, Name: "late", Roles: []consortium.Role{consortium.ROLE_COMMITTEE_MEMBER}})
			m.Signer = keys.Bech32("late")
		}, types.ErrNotInCommittee},
		{"no such product", func(_ *world, m *types.MsgOpine) { m.Product = "000002-000009" }, types.ErrReviewNotFound},
		{"no such version", func(_ *world, m *types.MsgOpine) { m.Version = 2 }, types.ErrReviewNotFound},
		{"no such round", func(_ *world, m *types.MsgOpine) { m.Round = 2 }, types.ErrReviewNotFound},
		{"opinion already given", func(w *world, _ *types.MsgOpine) { w.mustOpine(opine("law", types.VERDICT_RETURN)) }, types.ErrAlreadyOpined},
		{"round is cleared", func(w *world, _ *types.MsgOpine) {
			w.mustOpine(opine("audit", types.VERDICT_CLEAR))
			w.mustOpine(opine("books", types.VERDICT_CLEAR))
		}, types.ErrIllegalMove},
		{"round is returned", func(w *world, _ *types.MsgOpine) {
			w.mustOpine(opine("audit", types.VERDICT_RETURN))
			w.mustOpine(opine("books", types.VERDICT_RETURN))
		}, types.ErrIllegalMove},
		{"round is returned and another is pending", func(w *world, _ *types.MsgOpine) {
			w.mustOpine(opine("audit", types.VERDICT_RETURN))
			w.mustOpine(opine("books", types.VERDICT_RETURN))
			w.mustRequest(request())
		}, types.ErrIllegalMove},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := newWorld(t), opine("law", types.VERDICT_CLEAR)
			w.mustRequest(request())
			tc.spoil(w, msg)
			w.refused(tc.want, func(ctx context.Context) error {
				_, err := w.msgs.Opine(ctx, msg)
				return err
			})
		})
	}
}

// TestOpineQuorumIsFixedAtSubmission: neither new parameters nor new members change a running round.
func TestOpineQuorumIsFixedAtSubmission(t *testing.T) {
	w := newWorld(t)
	w.mustRequest(request())
	g, err := w.keeper.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	g.Params.Quorum = 1
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	require.Equal(t, types.REVIEW_STATUS_PENDING, w.mustOpine(opine("law", types.VERDICT_CLEAR)))
	require.Equal(t, types.REVIEW_STATUS_CLEARED, w.mustOpine(opine("audit", types.VERDICT_CLEAR)))
}
