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

func TestRequest(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, uint32(1), w.mustRequest(request()))
	require.Equal(t, types.Review{
		Product: product, Version: 1, Round: 1, Requester: 2, SubjectDigest: digest,
		Quorum: 2, Committee: []uint32{3, 4, 5}, Status: types.REVIEW_STATUS_PENDING, RequestedHeight: 1,
	}, w.review(0))
	require.Equal(t, "shugu.compliance.v1.EventReviewRequested", w.lastEvent())
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestRequestRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgRequest)
		want  error
	}{
		{"field of a wrong form", func(_ *world, m *types.MsgRequest) { m.SubjectDigest = digest[:31] }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgRequest) { m.Signer = "seller" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgRequest) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgRequest) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"signer's roles may not offer", func(_ *world, m *types.MsgRequest) {
			m.Signer, m.Product = keys.Bech32("bank"), "000006-000001"
		}, consortium.ErrRoleMissing},
		{"product of another member", func(_ *world, m *types.MsgRequest) { m.Signer = keys.Bech32("exchange") }, types.ErrNotOwner},
		{"a round is pending", func(w *world, _ *types.MsgRequest) { w.mustRequest(request()) }, types.ErrReviewPending},
		{"a round is pending for another digest", func(w *world, m *types.MsgRequest) {
			w.mustRequest(request())
			m.SubjectDigest = other
		}, types.ErrReviewPending},
		{"the digest is cleared", func(w *world, _ *types.MsgRequest) {
			w.mustRequest(request())
			w.mustOpine(opine("law", types.VERDICT_CLEAR))
			w.mustOpine(opine("audit", types.VERDICT_CLEAR))
		}, types.ErrAlreadyCleared},
		{"committee under the quorum", func(w *world, _ *types.MsgRequest) {
			w.members.Suspend(3)
			w.members.Suspend(4)
		}, types.ErrCommitteeTooSmall},
		{"committee under the quorum without the requester", func(w *world, _ *types.MsgRequest) {
			w.members.Suspend(3)
			w.members.Add(consortium.Member{Number: 4, Name: "audit", Roles: []consortium.Role{consortium.ROLE_BANK}})
			w.members.Add(consortium.Member{Number: 2, Name: "seller", Roles: []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_COMMITTEE_MEMBER}})
		}, types.ErrCommitteeTooSmall},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := newWorld(t), request()
			tc.spoil(w, msg)
			w.refused(tc.want, func(ctx context.Context) error {
				_, err := w.msgs.Request(ctx, msg)
				return err
			})
		})
	}
}

// TestRequestRoles: exchanges and operators of public data offer products as merchants do.
func TestRequestRoles(t *testing.T) {
	w := newWorld(t)
	w.members.Add(consortium.Member{Number: 7, Name: "operator", Roles: []consortium.Role{consortium.ROLE_OPERATOR}})
	for name, id := range map[string]string{"exchange": "000001-000001", "operator": "000007-000001"} {
		msg := request()
		msg.Signer, msg.Product = keys.Bech32(name), id
		w.mustRequest(msg)
	}
}

func TestRequesterIsNeverInItsCommittee(t *testing.T) {
	w := newWorld(t)
	w.members.Add(consortium.Member{Number: 2, Name: "seller", Roles: []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_COMMITTEE_MEMBER}})
	w.mustRequest(request())
	require.Equal(t, []uint32{3, 4, 5}, w.review(1).Committee)
	w.refused(types.ErrNotInCommittee, func(ctx context.Context) error {
		_, err := w.msgs.Opine(ctx, opine("seller", types.VERDICT_CLEAR))
		return err
	})
}

// TestRequestCommitteeIsBounded: the limit counts without the requester.
func TestRequestCommitteeIsBounded(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, &types.GenesisState{Params: types.Params{Quorum: 1, MaxCommittee: 2}}))
	w.mustRequest(request())
	require.Equal(t, []uint32{3, 4}, w.review(1).Committee)

	w.members.Add(consortium.Member{Number: 2, Name: "seller", Roles: []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_COMMITTEE_MEMBER}})
	msg := request()
	msg.Product = "000002-000002"
	w.mustRequest(msg)
	resp, err := w.queries.Review(w.Ctx, &types.QueryReviewRequest{Product: msg.Product, Version: 1})
	require.NoError(t, err)
	require.Equal(t, []uint32{3, 4}, resp.Review.Committee)
}

func TestRequestAgain(t *testing.T) {
	w := newWorld(t)
	w.mustRequest(request())
	w.mustOpine(opine("law", types.VERDICT_RETURN))
	w.mustOpine(opine("audit", types.VERDICT_RETURN))
	require.Equal(t, uint32(2), w.mustRequest(request()), "after a return the same digest may be asked again")
	require.Equal(t, types.REVIEW_STATUS_RETURNED, w.review(1).Status)
	require.Equal(t, types.REVIEW_STATUS_PENDING, w.review(0).Status)

	for _, name := range []string{"law", "books"} {
		msg := opine(name, types.VERDICT_CLEAR)
		msg.Round = 2
		w.mustOpine(msg)
	}
	msg := request()
	msg.SubjectDigest = other
	require.Equal(t, uint32(3), w.mustRequest(msg), "another digest may be asked after one was cleared")
	require.NoError(t, w.keeper.Check(w.Ctx))
}
