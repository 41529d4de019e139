package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

func TestEndAgreement(t *testing.T) {
	w := world.Joined(t)
	end(t, w)
	got, err := w.Queries.Agreement(w.Ctx, &types.QueryAgreementRequest{ChainId: world.Away})
	require.NoError(t, err)
	require.True(t, got.Agreement.Ended)
	require.False(t, got.Live)
	require.ErrorIs(t, w.Present(w.Book.Issue().Number), types.ErrNoAgreement)
	require.Len(t, w.Events("shugu.recognition.v1.EventAgreementEnded"), 1)
}

func TestEndAgreementKeepsWhatWasRecognised(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	receive(t, w, world.VoucherRecord(v))
	end(t, w)
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: v.Number})
	require.NoError(t, err)
	require.Len(t, res.Standings, 1)
	require.False(t, res.Standings[0].AgreementLive)
}

func TestEndAgreementFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgEndAgreement, *world.World)
		err   error
	}{
		"signed by a member": {func(m *types.MsgEndAgreement, _ *world.World) { m.Signer = keys.Bech32(world.Exchange) }, types.ErrUnauthorized},
		"no reason":          {func(m *types.MsgEndAgreement, _ *world.World) { m.Reason = "" }, valid.ErrInvalid},
		"no agreement":       {func(m *types.MsgEndAgreement, _ *world.World) { m.ChainId = "shugu-beijing-1" }, types.ErrNoAgreement},
		"ended already":      {func(_ *types.MsgEndAgreement, w *world.World) { end(t, w) }, types.ErrNoAgreement},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			msg := &types.MsgEndAgreement{Signer: keys.Bech32(world.Council), ChainId: world.Away, Reason: "over"}
			c.spoil(msg, w)
			before := w.Dump()
			_, err := w.Msgs.EndAgreement(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
		})
	}
}
