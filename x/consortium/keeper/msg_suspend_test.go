package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestSuspendByTheExchangeThatAdmitted(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("hangzhou", seller))
	member, err := w.k.Member(w.Ctx, seller)
	require.NoError(t, err)
	require.Equal(t, types.MEMBER_STATUS_SUSPENDED, member.Status)
	require.Equal(t, "resold data", member.SuspensionReason)
	require.Equal(t, hangzhou, member.SuspendedBy)

	_, err = w.k.RequireActive(w.Ctx, keys.Address("seller"), types.ROLE_MERCHANT)
	require.ErrorIs(t, err, types.ErrSuspended)
	_, err = w.k.RequireStanding(w.Ctx, keys.Address("seller"), types.ROLE_MERCHANT)
	require.NoError(t, err, "a suspended member can finish what is open")
	merchants, err := w.k.WithRole(w.Ctx, types.ROLE_MERCHANT, 10)
	require.NoError(t, err)
	require.Empty(t, merchants)

	history, err := w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: seller})
	require.NoError(t, err)
	require.Equal(t, []types.MemberChange{
		{Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_SUSPENDED, By: hangzhou, Reason: "resold data"},
	}, history.Changes)
	require.Equal(t, "shugu.consortium.v1.EventMemberSuspended", w.Ctx.EventManager().Events()[0].Type)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestSuspendByTheAuthority(t *testing.T) {
	for _, number := range []uint32{hangzhou, ningbo, seller, lawyer} {
		w := newWorld(t)
		require.NoError(t, w.suspend("authority", number))
		member, err := w.k.Member(w.Ctx, number)
		require.NoError(t, err)
		require.False(t, member.Active())
		require.NoError(t, w.k.Check(w.Ctx))
	}
}

func TestSuspendLeavesTheSeat(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("authority", hangzhou))
	updates, err := w.k.ValidatorUpdates(w.Ctx)
	require.NoError(t, err)
	require.Empty(t, updates)
	seats, err := w.query.Seats(w.Ctx, &types.QuerySeatsRequest{})
	require.NoError(t, err)
	require.Len(t, seats.Seats, 2)
	_, err = w.admit("hangzhou", "buyer", w.application())
	require.ErrorIs(t, err, types.ErrSuspended, "but it admits nobody")
}

func TestSuspendFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		member uint32
		want   error
	}{
		"member number is zero":              {"authority", 0, valid.ErrInvalid},
		"there is no such member":            {"authority", next, types.ErrMemberNotFound},
		"member is suspended already":        {"authority", closed, types.ErrIllegalTransition},
		"another exchange admitted it":       {"ningbo", seller, types.ErrNotEntitled},
		"an exchange suspends an exchange":   {"hangzhou", ningbo, types.ErrNotEntitled},
		"an exchange suspends the committee": {"hangzhou", lawyer, types.ErrNotEntitled},
		"signer is the member":               {"seller", seller, types.ErrSelfSuspension},
		"an exchange suspends itself":        {"hangzhou", hangzhou, types.ErrSelfSuspension},
		"signer is a merchant":               {"seller", lawyer, types.ErrRoleMissing},
		"signer is suspended":                {"closed", seller, types.ErrSuspended},
		"signer is a stranger":               {"stranger", seller, types.ErrNotMember},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.refused(c.want, func() error { return w.suspend(c.signer, c.member) })
		})
	}
}

func TestSuspendFailsIfReasonIsMissing(t *testing.T) {
	w := newWorld(t)
	w.refused(valid.ErrInvalid, func() error {
		_, err := w.msg.Suspend(w.Ctx, &types.MsgSuspend{Signer: keys.Bech32("hangzhou"), Member: seller})
		return err
	})
}

// An exchange's word ends where the council gave a merchant more roles.
func TestSuspendFailsIfMerchantHasMoreRoles(t *testing.T) {
	g := worldGenesis()
	g.Members[seller-1].Roles = []types.Role{types.ROLE_MERCHANT, types.ROLE_RELAYER}
	w := startWorld(t, g)
	w.refused(types.ErrNotEntitled, func() error { return w.suspend("hangzhou", seller) })
}
