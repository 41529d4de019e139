package keeper_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/keeper"
	"github.com/shugu-network/shugu/x/panel/types"
)

func TestEveryTransition(t *testing.T) {
	legal := map[types.ResolutionStatus][]types.ResolutionStatus{
		0:      {open},
		open:   {executed, failed, rejected, withdrawn, expired, noQuorum},
		failed: {executed, failed, expired},
	}
	for from := range types.ResolutionStatus_name {
		for to := range types.ResolutionStatus_name {
			w := newWorld(t)
			r := types.Resolution{Id: 1, Panel: types.Council, Deadline: 9, Status: types.ResolutionStatus(from)}
			err := w.k.Transition(w.Ctx, &r, types.ResolutionStatus(to))
			if slices.Contains(legal[types.ResolutionStatus(from)], types.ResolutionStatus(to)) {
				require.NoError(t, err)
				require.EqualValues(t, to, w.resolution(1).Status)
			} else {
				require.ErrorIs(t, err, types.ErrIllegalTransition)
			}
		}
	}
}

// Expiry is bounded per block and runs the earliest first.
func TestResolutionsExpire(t *testing.T) {
	g := types.DefaultGenesis()
	g.Params.MaxExpiriesPerBlock = 2
	w := startWorld(t, g)
	w.act[urlParams] = func(sdk.Context) error { return errEffect }
	approved := w.decide(params(types.Council))
	var ids []uint64
	for i := range 4 {
		msg := w.submission(one, types.Council, send(types.Council))
		msg.DeadlineSeconds = int64(1000 - 100*i)
		res, err := w.msg.Submit(w.Ctx, msg)
		require.NoError(t, err)
		ids = append(ids, res.Id)
	}
	w.vote(one, ids[0], yes)
	w.Advance(1001 * time.Second)
	for _, want := range [][]types.ResolutionStatus{{open, open, expired, expired}, {expired, expired, expired, expired}} {
		require.NoError(t, w.k.BeginBlock(w.Ctx))
		for i, id := range ids {
			require.Equal(t, want[i], w.resolution(id).Status, "resolution %d", id)
		}
		require.NoError(t, w.k.Check(w.Ctx))
	}
	require.Equal(t, failed, w.resolution(approved).Status)
	w.Advance(7 * day * time.Second)
	require.NoError(t, w.k.BeginBlock(w.Ctx))
	require.Equal(t, expired, w.resolution(approved).Status)
	require.Equal(t, "shugu.panel.v1.EventEnded", w.Ctx.EventManager().Events()[0].Type)
	require.False(t, w.marked(urlSend))
}

// One resolution that cannot be read halts nothing and does not stand in the way.
func TestBeginBlockSetsASpoiltResolutionAside(t *testing.T) {
	w := newWorld(t)
	spoilt, good := w.submit(one, types.Council, send(types.Council)), w.submit(one, types.Council, send(types.Council))
	store := w.Ctx.KVStore(w.Key(types.StoreKey))
	store.Set([]byte{0x20, 0, 0, 0, 0, 0, 0, 0, byte(spoilt)}, []byte{0xff})
	w.Advance((7*day + 1) * time.Second)
	for range 2 {
		require.NoError(t, w.k.BeginBlock(w.Ctx))
	}
	require.Equal(t, expired, w.resolution(good).Status)
	iterator := store.Iterator([]byte{0x23}, []byte{0x24})
	defer iterator.Close()
	require.False(t, iterator.Valid(), "the queue is empty")
}

func TestCheckFindsWhatIsBroken(t *testing.T) {
	for name, breakIt := range keeper.Breakage {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.submit(one, types.Council, params(types.Council))
			require.NoError(t, breakIt(w.k, w.Ctx))
			require.Error(t, w.k.Check(w.Ctx))
		})
	}
}
