package keeper_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestPresent(t *testing.T) {
	for _, signer := range []string{world.Seller, world.Buyer, world.Exchange} {
		t.Run(signer, func(t *testing.T) {
			w := world.Joined(t)
			v := w.Book.Issue()
			_, err := w.Msgs.Present(w.Ctx, &types.MsgPresent{Signer: keys.Bech32(signer), Voucher: v.Number, ChainId: world.Away})
			require.NoError(t, err)
			requireStatus(t, w, voucherKind, v.Number, types.OUTBOX_STATUS_QUEUED)
			requireStatus(t, w, settlementKind, v.Settlement, types.OUTBOX_STATUS_QUEUED)
			require.Empty(t, w.Entry(t, statusKind, v.Number))
			require.NoError(t, w.Keeper.Check(w.Ctx))
		})
	}
}

func TestPresentWithStatus(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	w.Book.PutStatus(v.Number, 1, vouchertypes.FlagPartlyReversed)
	require.NoError(t, w.Present(v.Number))
	requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_QUEUED)
}

func TestPresentFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgPresent, *world.World)
		err   error
	}{
		"signer is no address":  {func(m *types.MsgPresent, _ *world.World) { m.Signer = "seller" }, types.ErrUnauthorized},
		"signer is no member":   {func(m *types.MsgPresent, _ *world.World) { m.Signer = keys.Bech32("nobody") }, consortiumtypes.ErrNotMember},
		"signer is suspended":   {func(_ *types.MsgPresent, w *world.World) { w.Members.Suspend(world.SellerNumber) }, consortiumtypes.ErrSuspended},
		"signer has no part":    {func(m *types.MsgPresent, _ *world.World) { m.Signer = keys.Bech32(world.Stranger) }, types.ErrNotParty},
		"wrong check digits":    {func(m *types.MsgPresent, _ *world.World) { m.Voucher = m.Voucher[:23] + "0" }, vouchertypes.ErrNumber},
		"no such voucher":       {func(m *types.MsgPresent, _ *world.World) { m.Voucher = world.Voucher(world.Home, 9).Number }, vouchertypes.ErrVoucherNotFound},
		"no chain id":           {func(m *types.MsgPresent, _ *world.World) { m.ChainId = "" }, valid.ErrInvalid},
		"no agreement":          {func(m *types.MsgPresent, _ *world.World) { m.ChainId = "shugu-beijing-1" }, types.ErrNoAgreement},
		"agreement ended":       {func(_ *types.MsgPresent, w *world.World) { end(t, w) }, types.ErrNoAgreement},
		"agreement over":        {func(_ *types.MsgPresent, w *world.World) { w.Advance(366 * 24 * time.Hour) }, types.ErrNoAgreement},
		"agreement not begun":   {func(_ *types.MsgPresent, w *world.World) { w.Advance(-time.Second) }, types.ErrNoAgreement},
		"settlement is missing": {func(_ *types.MsgPresent, w *world.World) { forgetSettlement(w) }, sdkerrors.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			msg := &types.MsgPresent{Signer: keys.Bech32(world.Seller), Voucher: w.Book.Issue().Number, ChainId: world.Away}
			c.spoil(msg, w)
			before := w.Dump()
			_, err := w.Msgs.Present(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
		})
	}
}

func TestPresentFailsIfARecordIsTooLarge(t *testing.T) {
	for name, spoil := range map[string]func(*world.World, *vouchertypes.Voucher){
		"voucher": func(w *world.World, v *vouchertypes.Voucher) {
			v.Lines[0].What = strings.Repeat("a", types.MaxRecordBytes)
			w.Book.Put(*v)
		},
		"settlement": func(w *world.World, v *vouchertypes.Voucher) {
			w.Book.PutSettlementBytes(v.Settlement, bytes.Repeat([]byte{1}, types.MaxRecordBytes+1))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			v := w.Book.Issue()
			spoil(w, &v)
			before := w.Dump()
			require.ErrorIs(t, w.Present(v.Number), types.ErrRecordTooLarge)
			require.Equal(t, before, w.Dump())
		})
	}
}

func TestPresentTwiceQueuesNothing(t *testing.T) {
	w := world.Joined(t)
	v := w.Book.Issue()
	require.NoError(t, w.Present(v.Number))
	queued := w.Dump()
	require.NoError(t, w.Present(v.Number))
	require.Equal(t, queued, w.Dump(), "while queued")

	nextBlock(t, w, time.Second)
	pending := w.Dump()
	require.NoError(t, w.Present(v.Number))
	require.Equal(t, pending, w.Dump(), "while pending")

	acknowledge(t, w, w.IBC.Last(), types.RESULT_CODE_OK, types.RESULT_CODE_OK)
	recognised := w.Dump()
	require.NoError(t, w.Present(v.Number))
	require.Equal(t, recognised, w.Dump(), "when recognised")
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1)
}

func TestPresentAgainAfterATimeout(t *testing.T) {
	w := world.Joined(t)
	number, settlement, packet := presented(t, w)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(packet)))
	requireStatus(t, w, voucherKind, number, types.OUTBOX_STATUS_TIMED_OUT)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1, "nothing is sent again by itself")

	require.NoError(t, w.Present(number))
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
	acknowledge(t, w, w.IBC.Last(), types.RESULT_CODE_OK, types.RESULT_CODE_OK)
	requireStatus(t, w, voucherKind, number, types.OUTBOX_STATUS_RECOGNISED)
	requireStatus(t, w, settlementKind, settlement, types.OUTBOX_STATUS_RECOGNISED)
}

func TestPresentAgainSendsOnlyWhatWasRefused(t *testing.T) {
	w := world.Joined(t)
	number, settlement, packet := presented(t, w)
	acknowledge(t, w, packet, types.RESULT_CODE_OK, types.RESULT_CODE_AMOUNT_NOT_COVERED)
	require.NoError(t, w.Present(number))
	nextBlock(t, w, time.Second)
	data, err := types.DecodePacket(w.IBC.Last().Data)
	require.NoError(t, err)
	require.Len(t, data.Records, 1)
	require.Equal(t, settlement, data.Records[0].Id)
}

func TestPresentAgainAfterTheChannelWasReplaced(t *testing.T) {
	w := world.Joined(t)
	number, _, packet := presented(t, w)
	client, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, client, channel))
	w.IBC.Sent = nil
	w.TellTerms(t)
	require.NoError(t, w.Present(number))
	nextBlock(t, w, time.Second)
	require.Equal(t, channel, w.IBC.Last().SourceChannel)
	// A late answer on the old channel has the same sequence and changes nothing.
	require.Equal(t, packet.Sequence, w.IBC.Last().Sequence)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(packet)))
	requireStatus(t, w, voucherKind, number, types.OUTBOX_STATUS_PENDING)
}

// A compromised counterparty can prove answers that nobody gave. Once the client is recovered,
// presenting again sends again what such answers told, once.
func TestPresentAgainAfterAnswersInDoubt(t *testing.T) {
	w := world.Joined(t)
	number, _, packet := presented(t, w)
	acknowledge(t, w, packet, types.RESULT_CODE_OK, types.RESULT_CODE_OK)
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 1))
	lied := w.Dump()
	require.NoError(t, w.Present(number))
	require.Equal(t, lied, w.Dump(), "a client that waits to be recovered proves no better answers")

	w.Advance(time.Second)
	require.NoError(t, w.Keeper.MarkRecovered(w.Ctx, client, w.IBC.Height))
	w.Advance(time.Second)
	require.NoError(t, w.Present(number))
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
	acknowledge(t, w, w.IBC.Last(), types.RESULT_CODE_OK, types.RESULT_CODE_OK)
	told := w.Dump()
	require.NoError(t, w.Present(number))
	require.Equal(t, told, w.Dump(), "these answers are good")
}

// forgetSettlement makes the first voucher's settlement record unknown.
func forgetSettlement(w *world.World) {
	v := world.Voucher(world.Home, 1)
	v.Settlement = "261123-000001-000099"
	w.Book.Put(v)
	w.Book.ForgetSettlement(v.Settlement)
}
