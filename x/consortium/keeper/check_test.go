package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/consortium/keeper"
	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestCheckHoldsInAGoodWorld(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestCheckFindsThat(t *testing.T) {
	for name, spoil := range keeper.Breakage {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			require.NoError(t, spoil(w.k, w.Ctx))
			require.ErrorIs(t, w.k.Check(w.Ctx), types.ErrBroken)
		})
	}
}
