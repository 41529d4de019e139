package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func reaffirm(w *world.World, vouchers ...types.ProvenVoucher) error {
	_, err := w.Msgs.Reaffirm(w.Ctx, &types.MsgReaffirm{
		Signer: keys.Bech32(world.Stranger), ChainId: world.Away, ProofHeight: w.IBC.Height, Vouchers: vouchers,
	})
	return err
}

func doubt(w *world.World, above uint64) error {
	_, err := w.Msgs.DoubtClient(w.Ctx, &types.MsgDoubtClient{Signer: keys.Bech32(world.Council), ClientId: client, AboveHeight: above, Reason: "forged updates"})
	return err
}

// recovered has the council recover the client.
func recovered(w *world.World) error {
	w.IBC.Status[client] = exported.Active
	return w.Keeper.MarkRecovered(w.Ctx, client, w.IBC.Height)
}

// What rests above the mark is SUSPECT until it is reaffirmed against the recovered
// client; what rests below it, and what comes after the recovery, is not.
func TestSuspectUntilReaffirmed(t *testing.T) {
	w := unjoined(t)
	early, late, later := world.Voucher(world.Away, 1), world.Voucher(world.Away, 2), world.Voucher(world.Away, 3)
	require.NoError(t, recognize(w, w.Proven(client, early, 0, 0)))
	w.Advance(time.Second)
	w.Advanced(10)
	require.NoError(t, recognize(w, w.Proven(client, late, 0, 0)))

	w.IBC.Status[client] = exported.Frozen
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 100))
	requireCaveats(t, w, early.Number)
	requireCaveats(t, w, late.Number, types.CAVEAT_SUSPECT)
	require.ErrorIs(t, reaffirm(w, w.Proven(client, late, 0, 0)), types.ErrClient)

	w.Advance(time.Second)
	w.IBC.Status[client] = exported.Active
	require.NoError(t, recovered(w))
	requireCaveats(t, w, late.Number, types.CAVEAT_SUSPECT)
	w.Advance(time.Second)
	w.Advanced(10)
	require.NoError(t, recognize(w, w.Proven(client, later, 0, 0)))
	requireCaveats(t, w, later.Number)
	require.NoError(t, reaffirm(w, w.Proven(client, late, 0, 0)))
	requireCaveats(t, w, late.Number)
	require.ErrorIs(t, reaffirm(w, w.Proven(client, world.Voucher(world.Away, 4), 0, 0)), types.ErrNotFound)
}

// A client that was told two stories again leaves in doubt what was reaffirmed before.
func TestSuspectTwice(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	for range types.MaxDoubtRanges + 2 {
		require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 50))
		requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT)
		require.NoError(t, recovered(w))
		w.Advance(time.Second)
		w.Advanced(1)
		require.NoError(t, reaffirm(w, w.Proven(client, v, 0, 0)))
		requireCaveats(t, w, v.Number)
	}
}

// Evidence exposes only the second of two forged updates; the council lowers the mark.
func TestDoubtClientLowersTheMark(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 100))
	requireCaveats(t, w, v.Number)
	require.NoError(t, doubt(w, 90))
	requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT)
	require.NoError(t, doubt(w, 95))
	requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT)
	w.Advance(time.Second)
	require.NoError(t, recovered(w))
	w.Advance(time.Second)
	require.NoError(t, doubt(w, 1))
	require.Equal(t, exported.Active, w.IBC.Status[client], "it goes on from where it was recovered")
	w.Advanced(1)
	require.NoError(t, reaffirm(w, w.Proven(client, v, 0, 0)))
	requireCaveats(t, w, v.Number)
}

// The council doubts a client that is Active: it trusts nothing any more until it is
// recovered, and what came so far is SUSPECT.
func TestDoubtClientThatIsActive(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	require.NoError(t, doubt(w, 0))
	requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT)
	got, err := w.Queries.Agreement(w.Ctx, &types.QueryAgreementRequest{ChainId: world.Away})
	require.NoError(t, err)
	require.Len(t, got.Doubt.Ranges, 1)
	require.Equal(t, "Expired", got.ClientStatus)
	require.ErrorIs(t, reaffirm(w, w.Proven(client, v, 0, 0)), types.ErrClient)

	require.NoError(t, recovered(w))
	w.Advance(time.Second)
	w.Advanced(1)
	require.NoError(t, reaffirm(w, w.Proven(client, v, 0, 0)))
	requireCaveats(t, w, v.Number)
}

// After a recovery, a height above the last mark doubts what came since; one below it
// lowers that mark and leaves what was reaffirmed.
func TestDoubtClientAfterARecovery(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 90))
	require.NoError(t, recovered(w))
	w.Advance(time.Second)
	w.Advanced(10)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	require.NoError(t, doubt(w, 80))
	requireCaveats(t, w, v.Number)
	require.NoError(t, doubt(w, 109))
	requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT)
	require.Equal(t, exported.Expired, w.IBC.Status[client])
}

func TestDoubtClientFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgDoubtClient)
		err   error
	}{
		"signed by a member": {func(m *types.MsgDoubtClient) { m.Signer = keys.Bech32(world.Exchange) }, types.ErrUnauthorized},
		"no reason":          {func(m *types.MsgDoubtClient) { m.Reason = "" }, valid.ErrInvalid},
		"no such client":     {func(m *types.MsgDoubtClient) { m.ClientId = "07-tendermint-9" }, types.ErrClient},
		"no client's name":   {func(m *types.MsgDoubtClient) { m.ClientId = "c" }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := unjoined(t)
			msg := &types.MsgDoubtClient{Signer: keys.Bech32(world.Council), ClientId: client, Reason: "forged updates"}
			c.spoil(msg)
			before := w.Dump()
			_, err := w.Msgs.DoubtClient(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
		})
	}
}

// What was made up while the client was forged gives way to what is proven, or heard,
// after the recovery: a voucher with other contents, a status that never was, and one of
// a version that the true one has not reached yet.
func TestSuspectGivesWay(t *testing.T) {
	forged := world.Voucher(world.Away, 1)
	forged.Industry = "finance"
	v := world.Voucher(world.Away, 1)
	for name, mend := range map[string]func(*testing.T, *world.World){
		"to a proof": func(t *testing.T, w *world.World) {
			require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
			requireCaveats(t, w, v.Number)
		},
		"to a proof of a status": func(t *testing.T, w *world.World) {
			require.NoError(t, reaffirm(w, w.Proven(client, v, 1, vouchertypes.FlagPartlyReversed)))
			requireCaveats(t, w, v.Number, types.CAVEAT_PARTLY_REVERSED)
		},
		"to a packet": func(t *testing.T, w *world.World) {
			require.Equal(t, []types.ResultCode{ok, ok, ok}, receive(t, w, world.VoucherRecord(v), world.SettlementRecord(world.Settlement(v)),
				world.StatusRecord(v.Number, 1, vouchertypes.FlagPartlyReversed)))
			requireCaveats(t, w, v.Number, types.CAVEAT_PARTLY_REVERSED)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			require.NoError(t, recognize(w, w.Proven(client, forged, 9, vouchertypes.FlagReversed)))
			require.ErrorIs(t, recognize(w, w.Proven(client, v, 9, vouchertypes.FlagReversed)), types.ErrRefused)
			require.NoError(t, w.Keeper.MarkDoubt(w.Ctx, client, 99))
			require.NoError(t, recovered(w))
			requireCaveats(t, w, v.Number, types.CAVEAT_SUSPECT, types.CAVEAT_REVERSED)
			w.Advance(time.Second)
			w.Advanced(5)
			mend(t, w)
		})
	}
}
