package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/product/types"
)

func TestListedVersion(t *testing.T) {
	w := listed(t)
	p, v, err := w.keeper.ListedVersion(w.Ctx, productID, 1)
	require.NoError(t, err)
	require.Equal(t, productID, p.Id)
	require.Equal(t, types.NewVersion(productID, 1, content(), 1), v)

	for _, version := range []uint32{0, 2} {
		_, _, err = w.keeper.ListedVersion(w.Ctx, productID, version)
		require.ErrorIs(t, err, types.ErrNotListed)
	}
	_, _, err = w.keeper.ListedVersion(w.Ctx, "000002-000009", 1)
	require.ErrorIs(t, err, types.ErrProductNotFound)

	w.must(register())
	for _, version := range []uint32{0, 1} { // version 0 is not the listed version of what is not listed
		_, _, err = w.keeper.ListedVersion(w.Ctx, "000002-000002", version)
		require.ErrorIs(t, err, types.ErrNotListed)
	}
}
