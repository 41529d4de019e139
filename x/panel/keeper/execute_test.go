package keeper_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	errorsmod "cosmossdk.io/errors"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

func (w *world) execute(by string, id uint64) error {
	_, err := w.msg.Execute(w.Ctx, &types.MsgExecute{Signer: keys.Bech32(by), Resolution: id})
	return err
}

// All messages have effect, or none: whatever the last one does.
func TestExecutionIsAllOrNothing(t *testing.T) {
	cases := map[string]struct {
		act       func(ctx sdk.Context) error
		codespace string
		code      uint32
	}{
		"an error that is registered": {func(sdk.Context) error { return errorsmod.Wrap(sdkerrors.ErrUnauthorized, "not now") }, "sdk", 4},
		"an error that is not":        {func(sdk.Context) error { return errEffect }, "undefined", 1},
		"a panic":                     {func(sdk.Context) error { panic("boom") }, types.ModuleName, 22},
		"a panic with an error":       {func(sdk.Context) error { panic(errEffect) }, types.ModuleName, 22},
		"out of gas":                  {func(ctx sdk.Context) error { ctx.GasMeter().ConsumeGas(1<<40, "much"); return nil }, "sdk", 11},
		"a gas overflow":              {func(ctx sdk.Context) error { ctx.GasMeter().ConsumeGas(1<<64-1, "more"); return nil }, "sdk", 11},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.act[urlCancel] = c.act
			id := w.decide(params(types.Council), cancel(types.Council), send(types.Council))
			r := w.resolution(id)
			require.Equal(t, failed, r.Status)
			require.Equal(t, &types.Failure{Message: 1, Codespace: c.codespace, Code: c.code, Height: 1, Attempts: 1}, r.Failure)
			for _, url := range []string{urlParams, urlCancel, urlSend} {
				require.False(t, w.marked(url), "nothing had effect")
			}
			events := w.Ctx.EventManager().Events()
			require.Equal(t, "shugu.panel.v1.EventExecutionFailed", events[len(events)-1].Type)
			for _, e := range events {
				require.NotEqual(t, "effect", e.Type, "what had no effect is not told")
			}

			delete(w.act, urlCancel)
			w.Advance(time.Minute)
			require.NoError(t, w.execute("four", id), "any seat may try again")
			require.Equal(t, executed, w.resolution(id).Status)
			require.EqualValues(t, 2, w.resolution(id).EndedHeight)
			require.EqualValues(t, 1, w.resolution(id).DecidedHeight)
			require.True(t, w.marked(urlParams) && w.marked(urlCancel) && w.marked(urlSend))
			require.NoError(t, w.k.Check(w.Ctx))
		})
	}
}

// The text of an error stands in the event, bounded, and not in the state.
func TestErrorTextStaysOutOfTheState(t *testing.T) {
	w := newWorld(t)
	w.act[urlParams] = func(sdk.Context) error { return fmt.Errorf("%w: secret\xff%s", errEffect, strings.Repeat("数", 300)) }
	w.decide(params(types.Council))
	require.NotContains(t, w.dump(), fmt.Sprintf("%X", "secret"))
	events := w.Ctx.EventManager().Events()
	text, found := events[len(events)-1].GetAttribute("error")
	require.True(t, found)
	require.Contains(t, text.Value, "the handler says no")
	require.LessOrEqual(t, len(text.Value), types.MaxErrorText+2)
}

func TestExecuteFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer string
		spoil  func(w *world, id *uint64)
		want   error
	}{
		"the resolution is 0":         {"one", func(_ *world, id *uint64) { *id = 0 }, valid.ErrInvalid},
		"there is no such resolution": {"one", func(_ *world, id *uint64) { *id = 9 }, types.ErrResolutionNotFound},
		"the signer has no seat":      {"lawyer one", func(*world, *uint64) {}, types.ErrNoSeat},
		"the signer is a stranger":    {"stranger", func(*world, *uint64) {}, consortium.ErrNotMember},
		"the signer is suspended":     {"two", func(w *world, _ *uint64) { w.members.Suspend(two) }, consortium.ErrSuspended},
		"the deadline has passed":     {"one", func(w *world, _ *uint64) { w.Advance((7*day + 1) * time.Second) }, types.ErrDeadlinePassed},
		"it is open": {"one", func(w *world, id *uint64) {
			*id = w.submit(one, types.Council, send(types.Council))
		}, types.ErrNotFailed},
		"it has run": {"one", func(w *world, id *uint64) {
			*id = w.decide(send(types.Council))
		}, types.ErrNotFailed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.act[urlParams] = func(sdk.Context) error { return errEffect }
			id := w.decide(params(types.Council))
			c.spoil(w, &id)
			w.refused(c.want, func() error { return w.execute(c.signer, id) })
		})
	}
}

// A try that fails again is counted; the resolution can be tried until its deadline.
func TestExecuteCountsAttempts(t *testing.T) {
	w := newWorld(t)
	w.act[urlParams] = func(sdk.Context) error { return errEffect }
	id := w.decide(params(types.Council))
	for want := uint32(2); want < 5; want++ {
		w.Advance(time.Hour)
		require.NoError(t, w.execute("two", id))
		require.Equal(t, want, w.resolution(id).Failure.Attempts)
		require.NoError(t, w.k.Check(w.Ctx))
	}
	w.Advance(7 * day * time.Second)
	require.NoError(t, w.k.BeginBlock(w.Ctx))
	require.Equal(t, expired, w.resolution(id).Status)
	w.refused(types.ErrNotFailed, func() error { return w.execute("one", id) })
}

// The table is asked again when a resolution runs.
func TestExecutionAsksTheTableAgain(t *testing.T) {
	w := newWorld(t)
	id := w.submit(one, types.Council, params(types.Council))
	w.carriable[types.Council] = nil
	w.vote(one, id, yes)
	w.vote(two, id, yes)
	require.Equal(t, failed, w.vote(three, id, yes))
	require.EqualValues(t, 5, w.resolution(id).Failure.Code)
	require.False(t, w.marked(urlParams))
}

// The gas of the messages is used from the transaction of the deciding vote. One
// that has too little left fails as a whole, and the vote can be cast again.
func TestExecutionUsesTheVotesGas(t *testing.T) {
	w := newWorld(t)
	w.act[urlParams] = func(ctx sdk.Context) error { ctx.GasMeter().ConsumeGas(5_000_000, "work"); return nil }
	id := w.submit(one, types.Council, params(types.Council))
	w.vote(one, id, yes)
	w.vote(two, id, yes)
	before, ctx := w.dump(), w.Ctx

	cached, _ := ctx.CacheContext()
	w.Ctx = cached.WithGasMeter(storetypes.NewGasMeter(4_000_000))
	require.Panics(t, func() { _, _ = w.cast(three, id, yes) })
	w.Ctx = ctx
	require.Equal(t, before, w.dump())

	w.Ctx = ctx.WithGasMeter(storetypes.NewGasMeter(6_000_000))
	require.Equal(t, executed, w.vote(three, id, yes))
	require.Greater(t, w.Ctx.GasMeter().GasConsumed(), uint64(5_000_000))
}
