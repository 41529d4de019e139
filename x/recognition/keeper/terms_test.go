package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const termsKind = types.RECORD_KIND_TERMS

func told(t testing.TB, w *world.World) *types.ToldTerms {
	t.Helper()
	res, err := w.Queries.Agreement(w.Ctx, &types.QueryAgreementRequest{ChainId: world.Away})
	require.NoError(t, err)
	return res.Told
}

// Every change of an agreement is told, in a packet of its own, before anything else.
func TestTermsAreTold(t *testing.T) {
	w := world.Joined(t)
	require.NoError(t, w.Present(w.Book.Issue().Number))
	a := world.Agreement(world.Away, client, "channel-0")
	a.Industries = []string{"transport"}
	w.Agree(t, a)
	flush(t, w)
	data, err := types.DecodePacket(w.IBC.Last().Data)
	require.NoError(t, err)
	a.Revision = 2
	want, err := a.Terms(world.Home).Encode()
	require.NoError(t, err)
	require.Equal(t, []types.PacketRecord{{Kind: termsKind, Id: world.Home, Value: want}}, data.Records)
	require.EqualValues(t, 2, w.Entry(t, termsKind, world.Home).StatusVersion)
	acknowledge(t, w, w.IBC.Last(), ok)
	requireStatus(t, w, termsKind, world.Home, types.OUTBOX_STATUS_RECOGNISED)

	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
	end(t, w)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 3)
	data, err = types.DecodePacket(w.IBC.Last().Data)
	require.NoError(t, err)
	got, err := types.DecodeTerms(data.Records[0].Value)
	require.NoError(t, err)
	require.True(t, got.Ended)
	require.EqualValues(t, 3, got.Revision)
}

// Terms that are not answered in time are told again, as they are then.
func TestTermsAreToldAgain(t *testing.T) {
	w := world.Joined(t)
	w.Agree(t, world.Agreement(world.Away, client, "channel-0"))
	nextBlock(t, w, time.Second)
	require.NoError(t, w.Keeper.TimeOut(w.Ctx, world.Sent(w.IBC.Last())))
	requireStatus(t, w, termsKind, world.Home, types.OUTBOX_STATUS_QUEUED)
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 2)
}

// Terms say what is recognised of us, which does not depend on what we recognise.
func TestTermsAreHeardWithoutALiveAgreement(t *testing.T) {
	w := world.Joined(t)
	end(t, w)
	require.Nil(t, told(t, w))
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.TermsRecord(2)))
	require.EqualValues(t, 2, told(t, w).Terms.Revision)
	require.Equal(t, world.Evidence("channel-0", 1), told(t, w).Evidence)
	// An older revision is forgotten.
	require.Equal(t, []types.ResultCode{ok}, receive(t, w, world.TermsRecord(1)))
	require.EqualValues(t, 2, told(t, w).Terms.Revision)
	// Beside anything else they are refused with it.
	ack, err := w.Keeper.Receive(w.Ctx, world.Received(world.Incoming("channel-0", 1, world.TermsRecord(3), world.VoucherRecord(world.Voucher(world.Away, 1)))))
	require.NoError(t, err)
	require.Equal(t, types.PACKET_CODE_NO_AGREEMENT, ack.Code)
}

func TestTermsAreRefusedIf(t *testing.T) {
	w := world.Joined(t)
	good := world.TermsRecord(1)
	for name, c := range map[string]struct {
		record types.PacketRecord
		want   types.ResultCode
	}{
		"truncated":      {types.PacketRecord{Kind: termsKind, Id: world.Away, Value: good.Value[:9]}, types.RESULT_CODE_MALFORMED},
		"not canonical":  {types.PacketRecord{Kind: termsKind, Id: world.Away, Value: append(append([]byte(nil), good.Value...), 0x78, 1)}, types.RESULT_CODE_MALFORMED},
		"without amount": {types.PacketRecord{Kind: termsKind, Id: world.Away, Value: []byte{0x0a, 1, 'x'}}, types.RESULT_CODE_MALFORMED},
		"with a detail":  {types.PacketRecord{Kind: termsKind, Id: world.Away, Value: good.Value, Detail: []byte{1}}, types.RESULT_CODE_MALFORMED},
		"of another id":  {types.PacketRecord{Kind: termsKind, Id: "shugu-beijing-1", Value: good.Value}, types.RESULT_CODE_WRONG_NUMBER},
		"of a third one": {thirdTerms(t), types.RESULT_CODE_WRONG_CHAIN},
	} {
		require.Equal(t, []types.ResultCode{c.want}, receive(t, w, c.record), name)
	}
}

// thirdTerms are terms of a chain that is not at the other end.
func thirdTerms(t *testing.T) types.PacketRecord {
	a := world.Agreement(world.Home, client, "channel-0")
	a.Revision = 1
	b, err := a.Terms("shugu-beijing-1").Encode()
	require.NoError(t, err)
	return types.PacketRecord{Kind: termsKind, Id: "shugu-beijing-1", Value: b}
}

// What was sent over a route that is given up is sent over the new one, some in each
// block; vouchers wait for those who presented them.
func TestLeftRoutesAreTakenUp(t *testing.T) {
	w := world.Joined(t)
	const many = types.MaxRecords + 20
	var vouchers []vouchertypes.Voucher
	for range many {
		v := w.Book.Issue()
		w.Book.PutStatus(v.Number, 1, vouchertypes.FlagReversed)
		require.NoError(t, w.Keeper.StatusChanged(w.Ctx, v.Number))
		vouchers = append(vouchers, v)
	}
	require.NoError(t, w.Present(vouchers[0].Number))
	for range 3 {
		nextBlock(t, w, time.Second)
	}
	for _, v := range vouchers {
		requireStatus(t, w, statusKind, v.Number, types.OUTBOX_STATUS_PENDING)
	}
	sent := len(w.IBC.Sent)
	id, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, id, channel))
	for range 4 {
		nextBlock(t, w, time.Second)
	}
	for _, v := range vouchers {
		e := w.Entry(t, statusKind, v.Number)
		require.Equal(t, types.OUTBOX_STATUS_PENDING, e.Status)
		require.Equal(t, channel, e.ChannelId)
	}
	require.Equal(t, "channel-0", w.Entry(t, voucherKind, vouchers[0].Number).ChannelId)
	require.Len(t, w.IBC.Sent, sent+3, "the terms, and two packets of statuses")
	g, err := w.Keeper.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.Empty(t, g.Left)
}
