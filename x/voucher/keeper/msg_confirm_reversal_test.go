package keeper_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestConfirmReversal(t *testing.T) {
	for name, stand := range map[string]func(w *world){
		"of active parties":           func(*world) {},
		"by a suspended party":        func(w *world) { w.members.Suspend(seller) },
		"of a suspended requester":    func(w *world) { w.members.Suspend(buyer) },
		"by a party that has left":    func(w *world) { w.members.Leave(seller) },
		"a second before the end":     func(w *world) { w.Advance((window - 1) * time.Second) },
		"after BeginBlock of the end": func(w *world) { w.Advance((window - 1) * time.Second); require.NoError(w.t, w.k.BeginBlock(w.Ctx)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			blue := w.requested()
			stand(w)
			w.money.owed = 7
			o := w.wire()
			w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
			res, err := w.msg.ConfirmReversal(w.Ctx, confirmMsg(seller, blue.Number, 100, 50))
			require.NoError(t, err)
			require.Equal(t, "7", res.Owed.String())
			red, err := w.k.Voucher(w.Ctx, res.RedNumber)
			require.NoError(t, err)
			require.Equal(t, blue.Number, red.Reverses)
			require.Equal(t, "150", red.Total.String())
			require.Equal(t, []string{"261123-000002-000001 " + red.Number + " 150"}, w.money.asked)
			require.Equal(t, []string{blue.Number}, o.changed)
			_, d := w.standing(blue.Number)
			require.Equal(t, []int64{600, 250}, amounts(t, d.Remaining))
			w.requireNoRequest(blue.Number)
			events := w.Ctx.EventManager().ABCIEvents()
			closed, err := sdk.ParseTypedEvent(events[len(events)-1])
			require.NoError(t, err)
			require.Equal(t, &types.EventReversalClosed{
				Number: blue.Number, Outcome: types.REVERSAL_OUTCOME_CONFIRMED, By: seller, RedNumber: red.Number,
			}, closed)
			if name == "of active parties" {
				w.request(seller, blue.Number, 600, 250) // the rest may be asked for anew
			}
		})
	}
}

func TestConfirmReversalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgConfirmReversal)
		want  error
	}{
		"if the signer is no address":  {func(_ *world, m *types.MsgConfirmReversal) { m.Signer = "x" }, valid.ErrInvalid},
		"if the signer is no member":   {func(_ *world, m *types.MsgConfirmReversal) { m.Signer = signer(77) }, consortium.ErrNotMember},
		"if the signer asked":          {func(_ *world, m *types.MsgConfirmReversal) { m.Signer = signer(buyer) }, types.ErrWrongParty},
		"if the signer is no party":    {func(_ *world, m *types.MsgConfirmReversal) { m.Signer = signer(other) }, types.ErrWrongParty},
		"if the number is malformed":   {func(_ *world, m *types.MsgConfirmReversal) { m.Number = "1" }, types.ErrNumber},
		"if nobody asked":              {func(w *world, m *types.MsgConfirmReversal) { m.Number = w.issue().Number }, types.ErrRequestNotFound},
		"if the time is over":          {func(w *world, _ *types.MsgConfirmReversal) { w.Advance(window * time.Second) }, types.ErrRequestExpired},
		"if an amount is another":      {func(_ *world, m *types.MsgConfirmReversal) { m.Lines[0].Amount = m.Lines[0].Amount.SubRaw(1) }, types.ErrRequestChanged},
		"if a line is another":         {func(_ *world, m *types.MsgConfirmReversal) { m.Lines = m.Lines[:1] }, types.ErrRequestChanged},
		"if the reason is another":     {func(_ *world, m *types.MsgConfirmReversal) { m.ReasonDigest = digest([]byte("another")) }, types.ErrRequestChanged},
		"if there are no lines":        {func(_ *world, m *types.MsgConfirmReversal) { m.Lines = nil }, valid.ErrInvalid},
		"if no reason is restated":     {func(_ *world, m *types.MsgConfirmReversal) { m.ReasonDigest = nil }, valid.ErrInvalid},
		"if less remains by now":       {func(w *world, m *types.MsgConfirmReversal) { w.reverse(m.Number, 601) }, types.ErrExceedsRemaining},
		"if the voucher is held":       {func(w *world, _ *types.MsgConfirmReversal) { w.wire().held = errHeld }, errHeld},
		"if the request was withdrawn": {func(w *world, m *types.MsgConfirmReversal) { w.withdraw(buyer, m.Number) }, types.ErrRequestNotFound},
		"if the request is another by now": {func(w *world, m *types.MsgConfirmReversal) {
			w.withdraw(buyer, m.Number)
			w.request(buyer, m.Number, 700, 50)
		}, types.ErrRequestChanged},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := confirmMsg(seller, w.requested().Number, 100, 50)
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.ConfirmReversal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

// Voucher and money go together: when the claw-back fails, the transaction fails.
func TestConfirmReversalFailsWithTheClawBack(t *testing.T) {
	w := newWorld(t)
	m := confirmMsg(seller, w.requested().Number, 100, 50)
	w.money.err = errors.New("no record")
	before := w.dump()
	cached, _ := w.Ctx.CacheContext()
	_, err := w.msg.ConfirmReversal(cached, m)
	require.ErrorIs(t, err, w.money.err)
	require.Equal(t, before, w.dump())
}

// The status at every past height is told by the details that are kept, and they are
// bound to today's status by their digests.
func TestStatusAtAPastHeightIsProvable(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	remains := map[int64][]int64{} // by height
	for _, fen := range [][]int64{{100, 50}, {1, 0}, {599, 250}} {
		w.Advance(time.Hour)
		w.request(buyer, blue.Number, fen...)
		w.Advance(time.Hour)
		w.confirm(seller, blue.Number, fen...)
		_, d := w.standing(blue.Number)
		remains[w.Ctx.BlockHeight()] = amounts(t, d.Remaining)
	}
	w.Advance(365 * 24 * time.Hour)

	value, _, err := w.k.StatusBytes(w.Ctx, blue.Number)
	require.NoError(t, err)
	status, err := types.DecodeStatus(value)
	require.NoError(t, err)
	require.EqualValues(t, 3, status.Version)
	require.Equal(t, types.FlagReversed, status.Flags)
	expected := status.DetailDigest
	for version := status.Version; version >= 1; version-- {
		raw, err := w.Service(types.StoreKey).OpenKVStore(w.Ctx).Get(types.DetailKey(blue.Number, version))
		require.NoError(t, err)
		sum := sha256.Sum256(raw)
		require.True(t, bytes.Equal(expected, sum[:]), "version %d is bound to the one after it", version)
		d, err := types.DecodeStatusDetail(raw)
		require.NoError(t, err)
		require.Equal(t, remains[d.Height], amounts(t, d.Remaining))
		if version == 1 {
			require.Equal(t, status.FirstHeight, d.Height, "before this height nothing stood against it")
		}
		expected = d.PreviousDigest
	}
	require.Equal(t, make([]byte, sha256.Size), expected)
	require.Len(t, remains, 3)
	require.Equal(t, math.NewInt(1000).String(), blue.Total.String())
}
