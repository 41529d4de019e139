package keeper_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/keeper"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// remembered is how many nonces an export holds.
func (w *world) remembered() int {
	w.t.Helper()
	g, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(w.t, err)
	return len(g.UsedNonces)
}

func TestPruneForgetsAfterExpiryOnly(t *testing.T) {
	w := newWorld(t)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	for _, step := range []struct {
		advance time.Duration
		want    int
	}{{0, 1}, {time.Hour, 1}, {time.Second, 0}, {time.Second, 0}} {
		w.Advance(step.advance)
		require.NoError(t, w.k.Prune(w.Ctx))
		require.Equal(t, step.want, w.remembered())
		require.NoError(t, w.k.Check(w.Ctx))
	}
}

func TestPruneIsBoundedPerBlock(t *testing.T) {
	g := worldGenesis()
	for i := range keeper.PruneLimit*2 + 50 {
		nonce := binary.BigEndian.AppendUint64(make([]byte, 8), uint64(i))
		g.UsedNonces = append(g.UsedNonces, types.UsedNonce{Address: keys.Bech32("seller"), Nonce: nonce, ExpiresAt: fixture.Start.Unix()})
	}
	w := startWorld(t, g)
	require.NoError(t, w.k.Prune(w.Ctx))
	require.Equal(t, 250, w.remembered(), "none has expired")
	w.Advance(time.Second)
	for _, want := range []int{150, 50, 0, 0} {
		require.NoError(t, w.k.Prune(w.Ctx))
		require.Equal(t, want, w.remembered())
		require.NoError(t, w.k.Check(w.Ctx))
	}
}
