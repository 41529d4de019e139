package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestReinstateByTheExchangeThatSuspended(t *testing.T) {
	w := newWorld(t)
	before := w.member(seller)
	require.NoError(t, w.suspend("hangzhou", seller))
	w.Advance(0)
	require.NoError(t, w.reinstate("hangzhou", seller))
	require.Equal(t, before, w.member(seller), "nothing of the suspension is left but the history")
	require.Equal(t, types.MemberChange{
		Member: seller, Height: 2, Sequence: 2, Kind: types.CHANGE_KIND_REINSTATED, By: hangzhou, Reason: "data deleted",
	}, w.lastChange(seller))
	require.Equal(t, "shugu.consortium.v1.EventMemberReinstated", w.lastEvent())
	_, err := w.k.RequireActive(w.Ctx, keys.Address("seller"), types.ROLE_MERCHANT)
	require.NoError(t, err)
	merchants, err := w.k.WithRole(w.Ctx, types.ROLE_MERCHANT, 10)
	require.NoError(t, err)
	require.Equal(t, []uint32{seller}, merchants)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReinstateByTheCouncil(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("hangzhou", seller))
	for _, number := range []uint32{seller, closed} {
		require.NoError(t, w.reinstate("authority", number))
		member := w.member(number)
		require.True(t, member.Active())
	}
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReinstateFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		member uint32
		want   error
	}{
		"member number is zero":             {"authority", 0, valid.ErrInvalid},
		"there is no such member":           {"authority", next, types.ErrMemberNotFound},
		"member is active":                  {"authority", lawyer, types.ErrIllegalTransition},
		"another exchange admitted it":      {"ningbo", seller, types.ErrNotEntitled},
		"an exchange reinstates another":    {"hangzhou", closed, types.ErrNotEntitled},
		"a suspended member does so itself": {"closed", closed, types.ErrSuspended},
		"a suspended merchant does so":      {"seller", seller, types.ErrRoleMissing},
		"signer is a stranger":              {"stranger", seller, types.ErrNotMember},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			require.NoError(t, w.suspend("hangzhou", seller))
			w.refused(c.want, func() error { return w.reinstate(c.signer, c.member) })
		})
	}
}

func TestReinstateFailsIfReasonIsMissing(t *testing.T) {
	w := newWorld(t)
	w.refused(valid.ErrInvalid, func() error {
		_, err := w.msg.Reinstate(w.Ctx, &types.MsgReinstate{Signer: keys.Bech32("authority"), Member: closed})
		return err
	})
}

// An exchange cannot undo what the council decided.
func TestReinstateFailsIfTheCouncilSuspended(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("authority", seller))
	w.refused(types.ErrNotEntitled, func() error { return w.reinstate("hangzhou", seller) })
	require.NoError(t, w.reinstate("authority", seller))
	require.NoError(t, w.suspend("hangzhou", seller))
	require.NoError(t, w.reinstate("hangzhou", seller))
}
