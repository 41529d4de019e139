package keeper_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestLeave(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.leave("seller"))
	member := w.member(seller)
	require.Equal(t, types.MEMBER_STATUS_LEFT, member.Status)
	require.Equal(t, types.MemberChange{
		Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_LEFT, By: seller, Reason: "merged",
	}, w.lastChange(seller))
	require.Equal(t, "shugu.consortium.v1.EventMemberLeft", w.lastEvent())
	require.NoError(t, w.k.Check(w.Ctx))

	_, err := w.k.RequireActive(w.Ctx, keys.Address("seller"), types.ROLE_MERCHANT)
	require.ErrorIs(t, err, types.ErrLeft)
	_, err = w.k.RequireStanding(w.Ctx, keys.Address("seller"), types.ROLE_MERCHANT)
	require.NoError(t, err, "what is open may still be finished or refunded")
	merchants, err := w.k.WithRole(w.Ctx, types.ROLE_MERCHANT, 10)
	require.NoError(t, err)
	require.Empty(t, merchants)
	require.Equal(t, []uint32{hangzhou, ningbo, closed}, w.pages(types.ROLE_EXCHANGE, 100))
}

func TestLeaveOfASuspendedMember(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.leave("closed"))
	member := w.member(closed)
	require.Equal(t, types.MEMBER_STATUS_LEFT, member.Status)
	require.Empty(t, member.SuspensionReason)
	require.NoError(t, w.k.Check(w.Ctx))
}

// An organisation that left comes back under a new number with a new key, again and again.
func TestLeaveFreesTheCreditCode(t *testing.T) {
	w := newWorld(t)
	number := seller
	for i, name := range []string{"again", "and again"} {
		signer := []string{"seller", "again"}[i]
		app := w.application()
		app.PublicKey, app.CreditCode, app.Nonce = keys.Account(name).PubKey().Bytes(), "91330100MA00000003", bytes.Repeat([]byte{byte(i + 1)}, 16)
		w.refused(types.ErrCreditCodeInUse, func() error { _, err := w.admit("hangzhou", name, app); return err })
		require.NoError(t, w.leave(signer))

		old := app
		old.PublicKey = keys.Account(signer).PubKey().Bytes()
		w.refused(types.ErrOwnerInUse, func() error { _, err := w.admit("hangzhou", signer, old); return err })
		res, err := w.admit("hangzhou", name, app)
		require.NoError(t, err)
		require.Equal(t, number, w.member(res.Number).Previous)
		require.NoError(t, w.k.Check(w.Ctx))

		last, err := w.query.MemberByCreditCode(w.Ctx, &types.QueryMemberByCreditCodeRequest{CreditCode: "91330100MA00000003"})
		require.NoError(t, err)
		require.Equal(t, res.Number, last.Member.Number)
		number = res.Number
	}
	require.Equal(t, []uint32{1, 2, 3, 4, 5, 6, 7}, w.pages(types.ROLE_UNSPECIFIED, 100))
	_, err := w.k.MemberOf(w.Ctx, keys.Address("seller"))
	require.NoError(t, err, "the old account still acts for the old number")
}

func TestLeaveFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		reason string
		want   error
	}{
		"member holds a seat":        {"hangzhou", "", types.ErrHoldsSeat},
		"signer is a stranger":       {"stranger", "", types.ErrNotMember},
		"signer is the council":      {"authority", "", types.ErrNotMember},
		"signer is an added account": {"clerk", "", types.ErrNotOwner},
		"reason is too long":         {"seller", strings.Repeat("r", 513), valid.ErrInvalid},
		"member has left":            {"lawyer", "", types.ErrIllegalTransition},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.mustAdd("seller", "clerk", types.ROLE_MERCHANT)
			require.NoError(t, w.leave("lawyer"))
			w.refused(c.want, func() error {
				_, err := w.msg.Leave(w.Ctx, &types.MsgLeave{Signer: keys.Bech32(c.signer), Reason: c.reason})
				return err
			})
		})
	}
	w := newWorld(t)
	w.refused(valid.ErrInvalid, func() error { _, err := w.msg.Leave(w.Ctx, &types.MsgLeave{Signer: "seller"}); return err })
}

// A member can leave once its seat is gone.
func TestLeaveAfterTheSeat(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.k.DropSeat(w.Ctx, ningbo))
	_, err := w.k.ValidatorUpdates(w.Ctx)
	require.NoError(t, err)
	require.NoError(t, w.leave("ningbo"))
	require.NoError(t, w.k.Check(w.Ctx))
}

// What left changes no more: no tier, no account, no update.
func TestLeftMemberStartsNothing(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("seller", "clerk", types.ROLE_MERCHANT)
	require.NoError(t, w.leave("seller"))
	w.refused(types.ErrLeft, func() error {
		_, err := w.msg.SetTier(w.Ctx, &types.MsgSetTier{Signer: keys.Bech32("hangzhou"), Member: seller, Tier: types.TIER_SPARK, RuleVersion: "v1"})
		return err
	})
	w.refused(types.ErrLeft, func() error {
		_, err := w.msg.AddAccount(w.Ctx, w.addition("seller", "second", accountApplication("second", seller, types.ROLE_MERCHANT)))
		return err
	})
	w.refused(types.ErrLeft, func() error {
		_, err := w.msg.UpdateMember(w.Ctx, &types.MsgUpdateMember{Signer: keys.Bech32("seller"), DocumentsDigest: bytes.Repeat([]byte{1}, 32)})
		return err
	})
	w.must(w.msg.RevokeAccount(w.Ctx, &types.MsgRevokeAccount{Signer: keys.Bech32("seller"), Account: keys.Bech32("clerk")}))
	require.NoError(t, w.k.Check(w.Ctx))
}
