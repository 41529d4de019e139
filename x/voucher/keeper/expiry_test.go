package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// begin goes on by d and begins a block.
func (w *world) begin(d time.Duration) {
	w.t.Helper()
	w.Advance(d)
	require.NoError(w.t, w.k.BeginBlock(w.Ctx))
	require.NoError(w.t, w.k.Check(w.Ctx))
}

// fail has the end of a request fail once, as if its record could not be read.
func (w *world) fail(number string) {
	w.t.Helper()
	r, err := w.k.Request(w.Ctx, number)
	require.NoError(w.t, err)
	raw, err := r.Marshal()
	require.NoError(w.t, err)
	key := append(types.RequestPrefix.Bytes(), number...)
	w.set(types.RequestStoreKey, key, []byte{0xFF})
	w.Advance(window * time.Second)
	require.NoError(w.t, w.k.BeginBlock(w.Ctx))
	w.set(types.RequestStoreKey, key, raw)
	require.NoError(w.t, w.k.Check(w.Ctx))
}

func TestRequestsExpire(t *testing.T) {
	w := newWorld(t)
	blue := w.requested()
	w.begin((window - 1) * time.Second)
	_, err := w.k.Request(w.Ctx, blue.Number)
	require.NoError(t, err)
	w.begin(time.Second)
	require.Equal(t, &types.EventReversalClosed{Number: blue.Number, Outcome: types.REVERSAL_OUTCOME_EXPIRED}, w.event())
	w.requireNoRequest(blue.Number)
	value, _, err := w.k.StatusBytes(w.Ctx, blue.Number)
	require.NoError(t, err)
	require.Nil(t, value)
	w.request(buyer, blue.Number, 700, 300)
}

func TestExpiryIsBoundedPerBlock(t *testing.T) {
	w := bare(t)
	g := types.DefaultGenesis()
	g.Params.MaxExpiriesPerBlock = 2
	require.NoError(t, w.k.InitGenesis(w.Ctx, *g))
	var numbers []string
	for range 5 {
		numbers = append(numbers, w.issue().Number)
		w.request(buyer, numbers[len(numbers)-1], 1)
		w.Advance(time.Second)
	}
	w.Advance(window * time.Second)
	for _, left := range []int{3, 1, 0, 0} {
		w.begin(0)
		res, err := w.query().Requests(w.Ctx, &types.QueryRequestsRequest{})
		require.NoError(t, err)
		require.Len(t, res.Requests, left)
		for i, r := range res.Requests {
			require.Equal(t, numbers[5-left+i], r.Number, "the earliest go first")
		}
	}
}

// A request whose end fails is set aside with its error, holds up nobody, and is tried
// again: a minute later, then after twice as long, at most a day.
func TestExpiryThatFailsIsSetAside(t *testing.T) {
	w := newWorld(t)
	broken, sound := w.issue().Number, w.issue().Number
	w.request(buyer, broken, 1)
	w.request(buyer, sound, 1)
	r, err := w.k.Request(w.Ctx, broken)
	require.NoError(t, err)
	raw, err := r.Marshal()
	require.NoError(t, err)
	key := append(types.RequestPrefix.Bytes(), broken...)
	w.set(types.RequestStoreKey, key, []byte{0xFF})

	w.Advance(window * time.Second)
	for attempt, wait := range []int64{60, 120, 240, 480} {
		require.NoError(t, w.k.BeginBlock(w.Ctx))
		res, err := w.query().Failures(w.Ctx, &types.QueryFailuresRequest{})
		require.NoError(t, err)
		require.Equal(t, []types.ExpiryFailure{{
			Number: broken, Codespace: res.Failures[0].Codespace, Code: res.Failures[0].Code, Error: "internal error",
			Attempts: uint32(attempt + 1), Height: w.Ctx.BlockHeight(), RetryAt: w.Ctx.BlockTime().Unix() + wait,
		}}, res.Failures)
		w.Advance(time.Duration(wait-1) * time.Second)
		require.NoError(t, w.k.BeginBlock(w.Ctx))
		require.Empty(t, w.Ctx.EventManager().Events(), "not before its time")
		w.Advance(time.Second)
	}
	_, err = w.k.Request(w.Ctx, sound)
	require.ErrorIs(t, err, types.ErrRequestNotFound, "the other one was ended in its block")

	w.set(types.RequestStoreKey, key, raw)
	w.begin(24 * time.Hour)
	w.requireNoRequest(broken)
	res, err := w.query().Failures(w.Ctx, &types.QueryFailuresRequest{})
	require.NoError(t, err)
	require.Empty(t, res.Failures)
}

func TestParamsQuery(t *testing.T) {
	w := newWorld(t)
	res, err := w.query().Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, types.DefaultParams(), res.Params)
	require.EqualValues(t, window, res.Params.ReversalWindow)
	require.Equal(t, fixture.Start, w.Ctx.BlockTime())
}
