package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestRequestReversal(t *testing.T) {
	for name, by := range map[string][2]uint32{"by the buyer": {buyer, seller}, "by the seller": {seller, buyer}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			blue := w.issue()
			w.Advance(0)
			res, err := w.msg.RequestReversal(w.Ctx, requestMsg(by[0], blue.Number, 100, 0))
			require.NoError(t, err)
			end := w.Ctx.BlockTime().Unix() + window
			require.Equal(t, end, res.ExpiresAt)
			want := reversal(blue.Number, 100, 0)
			got, err := w.k.Request(w.Ctx, blue.Number)
			require.NoError(t, err)
			require.Equal(t, (&types.ReversalRequest{
				Number: blue.Number, Requester: by[0], Lines: want.Lines, ReasonDigest: want.ReasonDigest, Height: 2, ExpiresAt: end,
			}).String(), got.String())
			require.Equal(t, (&types.EventReversalRequested{
				Number: blue.Number, Requester: by[0], Other: by[1], Lines: want.Lines, ReasonDigest: want.ReasonDigest, ExpiresAt: end,
			}).String(), w.event().(*types.EventReversalRequested).String())
			value, _, err := w.k.StatusBytes(w.Ctx, blue.Number)
			require.NoError(t, err)
			require.Nil(t, value, "a request changes no status")
			require.Empty(t, w.money.asked)
			require.NoError(t, w.k.Check(w.Ctx))
		})
	}
}

func TestRequestReversalByAMerchantsAccount(t *testing.T) {
	w := newWorld(t)
	blue := w.issue()
	w.members.AddAccount(buyer, "Other seller's clerk", consortium.ROLE_MERCHANT)
	signers[99] = "Other seller's clerk"
	defer delete(signers, 99)
	w.request(99, blue.Number, 1)
}

func TestRequestReversalFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, m *types.MsgRequestReversal)
		want  error
	}{
		"if the signer is no address":      {func(_ *world, m *types.MsgRequestReversal) { m.Signer = "x" }, valid.ErrInvalid},
		"if the signer is no member":       {func(_ *world, m *types.MsgRequestReversal) { m.Signer = signer(77) }, consortium.ErrNotMember},
		"if the signer is no party":        {func(_ *world, m *types.MsgRequestReversal) { m.Signer = signer(other) }, types.ErrNotParty},
		"if the signer is suspended":       {func(w *world, _ *types.MsgRequestReversal) { w.members.Suspend(buyer) }, consortium.ErrSuspended},
		"if the signer has left":           {func(w *world, _ *types.MsgRequestReversal) { w.members.Leave(buyer) }, consortium.ErrLeft},
		"if the number is malformed":       {func(_ *world, m *types.MsgRequestReversal) { m.Number = "1" }, types.ErrNumber},
		"if there is no such voucher":      {func(_ *world, m *types.MsgRequestReversal) { m.Number = types.Number("3301", "261123", seller, 9) }, types.ErrVoucherNotFound},
		"if the voucher is red":            {func(w *world, m *types.MsgRequestReversal) { m.Number = w.reverse(m.Number, 1).Number }, types.ErrRedVoucher},
		"if there are no lines":            {func(_ *world, m *types.MsgRequestReversal) { m.Lines = nil }, valid.ErrInvalid},
		"if a line is not there":           {func(_ *world, m *types.MsgRequestReversal) { m.Lines[1].Line = 2 }, types.ErrNoSuchLine},
		"if the lines are out of order":    {func(_ *world, m *types.MsgRequestReversal) { m.Lines[1].Line = 0 }, valid.ErrInvalid},
		"if an amount is 0":                {func(_ *world, m *types.MsgRequestReversal) { m.Lines[0].Amount = m.Lines[0].Amount.SubRaw(100) }, valid.ErrInvalid},
		"if it is more than the line":      {func(_ *world, m *types.MsgRequestReversal) { m.Lines[1].Amount = m.Lines[1].Amount.AddRaw(251) }, types.ErrExceedsRemaining},
		"if it is more than remains":       {func(w *world, m *types.MsgRequestReversal) { w.reverse(m.Number, 0, 251) }, types.ErrExceedsRemaining},
		"if the reason is not of 32 bytes": {func(_ *world, m *types.MsgRequestReversal) { m.ReasonDigest = m.ReasonDigest[1:] }, valid.ErrInvalid},
		"if a request is open":             {func(w *world, m *types.MsgRequestReversal) { w.request(buyer, m.Number, 1) }, types.ErrRequestOpen},
		"if the other party's is open":     {func(w *world, m *types.MsgRequestReversal) { w.request(seller, m.Number, 1) }, types.ErrRequestOpen},
		"if one over waits to be ended": {func(w *world, m *types.MsgRequestReversal) {
			w.request(buyer, m.Number, 1)
			w.Advance(window * time.Second)
		}, types.ErrRequestOpen},
		"if the voucher is held": {func(w *world, _ *types.MsgRequestReversal) { w.wire().held = errHeld }, errHeld},
		"if the account has another role": {func(w *world, m *types.MsgRequestReversal) {
			w.members.AddAccount(buyer, "relay", consortium.ROLE_RELAYER)
			signers[98] = "relay"
			m.Signer = signer(98)
		}, consortium.ErrRoleMissing},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := requestMsg(buyer, w.issue().Number, 100, 50)
			c.spoil(w, m)
			before := w.dump()
			_, err := w.msg.RequestReversal(w.Ctx, m)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}
