package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// What panels ask is answered by keeper and fake alike.
func TestPanelsAskAsTheFakeDoes(t *testing.T) {
	w := newWorld(t)
	stand := fake.NewMembership(worldGenesis().Members...)
	for account, want := range map[string]error{
		"hangzhou": nil, "lawyer": nil, "closed": types.ErrSuspended, "stranger": types.ErrNotMember, "authority": types.ErrNotMember,
	} {
		got, err := w.k.ActiveMember(w.Ctx, keys.Address(account))
		require.ErrorIs(t, err, want, account)
		other, err := stand.ActiveMember(w.Ctx, keys.Address(account))
		require.ErrorIs(t, err, want, account)
		require.Equal(t, other, got)
	}
	for number := uint32(0); number <= next; number++ {
		got, err := w.k.IsActive(w.Ctx, number)
		require.NoError(t, err)
		other, err := stand.IsActive(w.Ctx, number)
		require.NoError(t, err)
		require.Equal(t, other, got, number)
		require.Equal(t, number > 0 && number < next && number != closed, got)
	}
}

// A seat counts whatever its holder's standing.
func TestSeatHolders(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.suspend("authority", hangzhou))
	holders, err := w.k.SeatHolders(w.Ctx)
	require.NoError(t, err)
	require.Equal(t, []uint32{hangzhou, ningbo}, holders)
	require.NoError(t, w.k.DropSeat(w.Ctx, hangzhou))
	holders, err = w.k.SeatHolders(w.Ctx)
	require.NoError(t, err)
	require.Equal(t, []uint32{ningbo}, holders)
}

// A key that carries packets or trades does not speak for its member in a panel; one of its deciding roles does.
func TestOnlyDecidingAccountsSpeakInPanels(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	w.mustAdd("ningbo", "deputy", types.ROLE_EXCHANGE)
	_, err := w.k.ActiveMember(w.Ctx, keys.Address("carrier"))
	require.ErrorIs(t, err, types.ErrRoleMissing)
	number, err := w.k.ActiveMember(w.Ctx, keys.Address("deputy"))
	require.NoError(t, err)
	require.EqualValues(t, ningbo, number)
}
