package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func (w *world) withdraw(by uint32, number string) {
	w.t.Helper()
	_, err := w.msg.WithdrawReversal(w.Ctx, &types.MsgWithdrawReversal{Signer: signer(by), Number: number})
	require.NoError(w.t, err)
}

// Declining and withdrawing end a request; nothing is taken back. Both stay possible for
// a suspended party, on a held voucher, and while an over request waits for its turn.
func TestDeclineAndWithdrawReversal(t *testing.T) {
	for name, end := range map[string]struct {
		by   uint32
		send func(w *world, number string) error
		want types.EventReversalClosed
	}{
		"decline": {seller, func(w *world, number string) error {
			_, err := w.msg.DeclineReversal(w.Ctx, declineMsg(seller, number))
			return err
		}, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_DECLINED, By: seller, ReasonDigest: digest([]byte("no"))}},
		"withdraw": {buyer, func(w *world, number string) error {
			_, err := w.msg.WithdrawReversal(w.Ctx, &types.MsgWithdrawReversal{Signer: signer(buyer), Number: number})
			return err
		}, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_WITHDRAWN, By: buyer}},
	} {
		for when, stand := range map[string]func(w *world){
			"in time":      func(*world) {},
			"suspended":    func(w *world) { w.members.Suspend(end.by) },
			"having left":  func(w *world) { w.members.Leave(end.by) },
			"when held":    func(w *world) { w.wire().held = errHeld },
			"when over":    func(w *world) { w.Advance(2 * window * time.Second) },
			"after a fail": func(w *world) { w.fail(w.requestNumber()) },
		} {
			t.Run(name+" "+when, func(t *testing.T) {
				w := newWorld(t)
				empty := w.issue().Number
				blue := w.requested()
				stand(w)
				w.Ctx = w.Ctx.WithEventManager(sdk.NewEventManager())
				require.NoError(t, end.send(w, blue.Number))
				end.want.Number = blue.Number
				require.Equal(t, &end.want, w.event())
				w.requireNoRequest(blue.Number)
				require.Empty(t, w.money.asked)
				require.ErrorIs(t, end.send(w, empty), types.ErrRequestNotFound)
			})
		}
	}
}

// requestNumber is that of the first open request.
func (w *world) requestNumber() string {
	res, err := w.query().Requests(w.Ctx, &types.QueryRequestsRequest{})
	require.NoError(w.t, err)
	return res.Requests[0].Number
}

func TestDeclineReversalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgDeclineReversal)
		want  error
	}{
		"if the signer is no address":      {func(_ *world, m *types.MsgDeclineReversal) { m.Signer = "x" }, valid.ErrInvalid},
		"if the signer is no member":       {func(_ *world, m *types.MsgDeclineReversal) { m.Signer = signer(77) }, consortium.ErrNotMember},
		"if the signer asked":              {func(_ *world, m *types.MsgDeclineReversal) { m.Signer = signer(buyer) }, types.ErrWrongParty},
		"if the signer is no party":        {func(_ *world, m *types.MsgDeclineReversal) { m.Signer = signer(other) }, types.ErrWrongParty},
		"if the number is malformed":       {func(_ *world, m *types.MsgDeclineReversal) { m.Number = "1" }, types.ErrNumber},
		"if nobody asked":                  {func(w *world, m *types.MsgDeclineReversal) { m.Number = w.issue().Number }, types.ErrRequestNotFound},
		"if the reason is not of 32 bytes": {func(_ *world, m *types.MsgDeclineReversal) { m.ReasonDigest = nil }, valid.ErrInvalid},
		"if it was confirmed":              {func(w *world, m *types.MsgDeclineReversal) { w.confirm(seller, m.Number, 100, 50) }, types.ErrRequestNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := declineMsg(seller, w.requested().Number)
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.DeclineReversal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

func TestWithdrawReversalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgWithdrawReversal)
		want  error
	}{
		"if the signer is no address":    {func(_ *world, m *types.MsgWithdrawReversal) { m.Signer = "x" }, valid.ErrInvalid},
		"if the signer is no member":     {func(_ *world, m *types.MsgWithdrawReversal) { m.Signer = signer(77) }, consortium.ErrNotMember},
		"if the signer is the one asked": {func(_ *world, m *types.MsgWithdrawReversal) { m.Signer = signer(seller) }, types.ErrWrongParty},
		"if the signer is no party":      {func(_ *world, m *types.MsgWithdrawReversal) { m.Signer = signer(other) }, types.ErrWrongParty},
		"if the number is malformed":     {func(_ *world, m *types.MsgWithdrawReversal) { m.Number = "1" }, types.ErrNumber},
		"if nobody asked":                {func(w *world, m *types.MsgWithdrawReversal) { m.Number = w.issue().Number }, types.ErrRequestNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgWithdrawReversal{Signer: signer(buyer), Number: w.requested().Number}
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.WithdrawReversal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}
