package keeper_test

import (
	"bytes"
	stdmath "math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

const client = "07-tendermint-0"

// unjoined is Home with a client of Away and an agreement without a channel.
func unjoined(t testing.TB) *world.World {
	t.Helper()
	w := world.New(t, world.Home)
	id, _ := w.IBC.Open(world.Away)
	a := world.Agreement(world.Away, id, "")
	a.Freshness = 600
	w.Agree(t, a)
	return w
}

func recognize(w *world.World, vouchers ...types.ProvenVoucher) error {
	_, err := w.Msgs.RecognizeByProof(w.Ctx, &types.MsgRecognizeByProof{
		Signer: keys.Bech32(world.Stranger), ChainId: world.Away, ProofHeight: w.IBC.Height, Vouchers: vouchers,
	})
	return err
}

func proveStatus(w *world.World, statuses ...types.ProvenStatus) error {
	_, err := w.Msgs.ProveStatus(w.Ctx, &types.MsgProveStatus{
		Signer: keys.Bech32(world.Stranger), ChainId: world.Away, ProofHeight: w.IBC.Height, Statuses: statuses,
	})
	return err
}

// standing is how a voucher of Away stands.
func standing(t testing.TB, w *world.World, number string) types.Standing {
	t.Helper()
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: number})
	require.NoError(t, err)
	require.Len(t, res.Standings, 1)
	require.NoError(t, w.Keeper.Check(w.Ctx))
	if res.Standings[0].Usable {
		require.NoError(t, w.Keeper.Usable(w.Ctx, world.Away, number))
	} else {
		require.ErrorIs(t, w.Keeper.Usable(w.Ctx, world.Away, number), types.ErrNotUsable)
	}
	return res.Standings[0]
}

func requireCaveats(t testing.TB, w *world.World, number string, want ...types.Caveat) {
	t.Helper()
	require.Equal(t, want, standing(t, w, number).Caveats)
}

func TestRecognizeByProof(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	s := standing(t, w, v.Number)
	require.Equal(t, types.Evidence{
		ClientId: client, ClientHeight: 100, Height: 1, Time: fixture.Start.Unix(), AsOfHeight: 99, AsOfTime: fixture.Start.Unix(),
	}, s.Voucher.Evidence)
	require.Equal(t, s.Voucher.Evidence, s.Settlement.Evidence)
	require.Nil(t, s.Status)
	require.True(t, s.Usable)
	require.False(t, s.StatusTravels)
	require.EqualValues(t, 99, s.AsOfHeight)
	require.Len(t, w.Events("shugu.recognition.v1.EventRecognised"), 2)
}

func TestRecognizeByProofWithAStatus(t *testing.T) {
	w := unjoined(t)
	partly, reversed := world.Voucher(world.Away, 1), world.Voucher(world.Away, 2)
	require.NoError(t, recognize(w,
		w.Proven(client, partly, 2, vouchertypes.FlagPartlyReversed), w.Proven(client, reversed, 3, vouchertypes.FlagReversed)))
	requireCaveats(t, w, partly.Number, types.CAVEAT_PARTLY_REVERSED)
	requireCaveats(t, w, reversed.Number, types.CAVEAT_REVERSED)
	require.True(t, standing(t, w, partly.Number).Usable)
}

// A hundred at once, and the same again: nothing changes, unless the proof is of a later block.
func TestRecognizeByProofAgain(t *testing.T) {
	w := unjoined(t)
	var batch []types.ProvenVoucher
	for nth := uint32(1); nth <= 100; nth++ {
		batch = append(batch, w.Proven(client, world.Voucher(world.Away, nth), 0, 0))
	}
	require.NoError(t, recognize(w, batch...))
	before := w.Dump()
	require.NoError(t, recognize(w, batch...))
	require.Equal(t, before, w.Dump())
	w.Advance(time.Minute)
	w.Advanced(10)
	require.NoError(t, recognize(w, batch[:1]...))
	s := standing(t, w, world.Voucher(world.Away, 1).Number)
	require.EqualValues(t, 109, s.AsOfHeight)
	require.Equal(t, w.Ctx.BlockTime().Unix(), s.AsOfTime)
	require.Nil(t, s.Voucher.StatusEvidence, "the voucher's own evidence is as new")
}

func TestRecognizeByProofFailsIf(t *testing.T) {
	flip := func(b []byte) []byte {
		b = bytes.Clone(b)
		b[len(b)/2] ^= 1
		return b
	}
	v := world.Voucher(world.Away, 1)
	agreement := func(change func(*types.Agreement)) func(*types.MsgRecognizeByProof, *world.World) {
		return func(_ *types.MsgRecognizeByProof, w *world.World) {
			a := world.Agreement(world.Away, client, "")
			change(&a)
			_, err := w.Msgs.SetAgreement(w.Ctx, &types.MsgSetAgreement{Signer: keys.Bech32(world.Council), Agreement: a})
			if err != nil {
				panic(err)
			}
		}
	}
	shown := func(change func(*vouchertypes.Voucher)) func(*types.MsgRecognizeByProof, *world.World) {
		return func(m *types.MsgRecognizeByProof, w *world.World) {
			other := world.Voucher(world.Away, 1)
			change(&other)
			m.Vouchers[0] = w.Proven(client, other, 0, 0)
			w.IBC.Show(client, vouchertypes.StoreKey, vouchertypes.VoucherKey(v.Number), m.Vouchers[0].Voucher)
			m.Vouchers[0].Status = w.ProvenStatus(client, v.Number, 0, 0)
		}
	}
	for name, c := range map[string]struct {
		spoil func(*types.MsgRecognizeByProof, *world.World)
		err   error
	}{
		"signed by no member":   {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Signer = keys.Bech32("nobody") }, nil},
		"signed by a suspended": {func(_ *types.MsgRecognizeByProof, w *world.World) { w.Members.Suspend(9) }, nil},
		"no voucher":            {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers = nil }, valid.ErrInvalid},
		"a voucher twice":       {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers = append(m.Vouchers, m.Vouchers[0]) }, valid.ErrInvalid},
		"101 vouchers":          {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers = make([]types.ProvenVoucher, 101) }, valid.ErrInvalid},
		"no proof":              {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers[0].VoucherProof = nil }, valid.ErrInvalid},
		"an over-long proof": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Status.Proof = make([]byte, types.MaxProofBytes+1)
		}, valid.ErrInvalid},
		"an over-long record": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Settlement = make([]byte, types.MaxRecordBytes+1)
		}, types.ErrRecordTooLarge},
		"a wrong check digit": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Status.Number = "330126112300000100000143"
		}, vouchertypes.ErrNumber},
		"a detail without status": {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers[0].Status.Detail = []byte{1} }, valid.ErrInvalid},
		"forged voucher":          {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers[0].VoucherProof = []byte("trust me") }, types.ErrProof},
		"forged settlement":       {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers[0].SettlementProof = []byte("trust me") }, types.ErrProof},
		"forged absence":          {func(m *types.MsgRecognizeByProof, _ *world.World) { m.Vouchers[0].Status.Proof = []byte("trust me") }, types.ErrProof},
		"changed settlement": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Settlement = flip(m.Vouchers[0].Settlement)
		}, types.ErrProof},
		"truncated settlement": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Settlement = m.Vouchers[0].Settlement[:9]
		}, types.ErrProof},
		"status hidden": {func(_ *types.MsgRecognizeByProof, w *world.World) { w.ProvenStatus(client, v.Number, 1, 1) }, types.ErrProof},
		"status made up": {func(m *types.MsgRecognizeByProof, _ *world.World) {
			m.Vouchers[0].Status.Value, m.Vouchers[0].Status.Detail = world.Status(v.Number, 1, 1)
		}, types.ErrProof},
		"another's status": {func(m *types.MsgRecognizeByProof, w *world.World) {
			m.Vouchers[0].Status = w.ProvenStatus(client, world.Voucher(world.Away, 2).Number, 0, 0)
		}, types.ErrProof},
		"another height":           {func(m *types.MsgRecognizeByProof, _ *world.World) { m.ProofHeight-- }, types.ErrProof},
		"height 1":                 {func(m *types.MsgRecognizeByProof, _ *world.World) { m.ProofHeight = 1 }, valid.ErrInvalid},
		"chain without agreement":  {func(m *types.MsgRecognizeByProof, _ *world.World) { m.ChainId = "shugu-beijing-1" }, types.ErrNoAgreement},
		"agreement ended":          {func(_ *types.MsgRecognizeByProof, w *world.World) { end(t, w) }, types.ErrNoAgreement},
		"client expired":           {func(_ *types.MsgRecognizeByProof, w *world.World) { w.IBC.Status[client] = exported.Expired }, types.ErrClient},
		"client frozen":            {func(_ *types.MsgRecognizeByProof, w *world.World) { w.IBC.Status[client] = exported.Frozen }, types.ErrClient},
		"client of another chain":  {func(_ *types.MsgRecognizeByProof, w *world.World) { w.IBC.Clients[client].ChainId = "shugu-beijing-1" }, types.ErrClient},
		"header not fresh":         {func(_ *types.MsgRecognizeByProof, w *world.World) { w.Advance(601 * time.Second) }, types.ErrNotFresh},
		"industry not covered":     {agreement(func(a *types.Agreement) { a.Industries = []string{"finance"} }), types.ErrRefused},
		"amount over the cap":      {agreement(func(a *types.Agreement) { a.MaxAmount = math.NewInt(world.Price - 1) }), types.ErrRefused},
		"settlements not covered":  {agreement(func(a *types.Agreement) { a.Kinds = []types.RecordKind{1, 3} }), types.ErrRefused},
		"voucher of a third chain": {shown(func(o *vouchertypes.Voucher) { o.ChainId = "shugu-beijing-1" }), types.ErrRefused},
		"another number inside":    {shown(func(o *vouchertypes.Voucher) { o.Number = world.Voucher(world.Away, 2).Number }), types.ErrRefused},
		"another's settlement": {func(m *types.MsgRecognizeByProof, w *world.World) {
			record := world.Settlement(v)
			record.Voucher = world.Voucher(world.Away, 2).Number
			m.Vouchers[0].Settlement = world.SettlementRecord(record).Value
			w.IBC.Show(client, settlementtypes.StoreKey, settlementtypes.RecordKey(v.Settlement), m.Vouchers[0].Settlement)
		}, types.ErrRefused},
		"one of two forged": {func(m *types.MsgRecognizeByProof, w *world.World) {
			second := w.Proven(client, world.Voucher(world.Away, 2), 0, 0)
			second.VoucherProof = []byte("trust me")
			m.Vouchers = append(m.Vouchers, second)
		}, types.ErrProof},
	} {
		t.Run(name, func(t *testing.T) {
			w := unjoined(t)
			msg := &types.MsgRecognizeByProof{
				Signer: keys.Bech32(world.Stranger), ChainId: world.Away, ProofHeight: w.IBC.Height,
				Vouchers: []types.ProvenVoucher{w.Proven(client, v, 0, 0)},
			}
			c.spoil(msg, w)
			before := w.Dump()
			attempt, _ := w.Ctx.CacheContext()
			_, err := w.Msgs.RecognizeByProof(attempt, msg)
			require.Error(t, err)
			if c.err != nil {
				require.ErrorIs(t, err, c.err)
			}
			require.Equal(t, before, w.Dump())
		})
	}
}

// Where no route carries statuses, a voucher is good until its proof has aged, and again after a new one.
func TestStaleUntilProvenAgain(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	w.Advance(600 * time.Second)
	requireCaveats(t, w, v.Number)
	w.Advance(time.Second)
	requireCaveats(t, w, v.Number, types.CAVEAT_STALE)

	w.Advanced(50)
	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 0, 0)))
	requireCaveats(t, w, v.Number)
	s := standing(t, w, v.Number)
	require.EqualValues(t, 149, s.AsOfHeight)
	require.EqualValues(t, 99, s.Voucher.Evidence.AsOfHeight)

	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 1, vouchertypes.FlagReversed)))
	requireCaveats(t, w, v.Number, types.CAVEAT_REVERSED)
}

// An older bundle, carried again by anybody, takes nothing from what a later block showed.
func TestAnOlderProofDoesNotAgeAVoucher(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	w.Advance(500 * time.Second)
	w.Advanced(50)
	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 0, 0)))
	shown := standing(t, w, v.Number)
	require.EqualValues(t, 149, shown.AsOfHeight)

	w.IBC.Height, w.IBC.Time = 120, fixture.Start.Unix()+200
	require.NoError(t, recognize(w, w.Proven(client, v, 0, 0)))
	s := standing(t, w, v.Number)
	require.EqualValues(t, 119, s.Voucher.Evidence.AsOfHeight)
	require.EqualValues(t, 149, s.AsOfHeight)
	require.Equal(t, shown.AsOfTime, s.AsOfTime)
	w.Advance(400 * time.Second)
	requireCaveats(t, w, v.Number)
}

// A packet says after which block it was sent, and cannot be later than the header that
// proved it: or no proof would ever show a later one.
func TestAPacketFromTheFutureDoesNotOutdateProofs(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	data, err := types.EncodePacket([]types.PacketRecord{world.VoucherRecord(v)}, stdmath.MaxInt64, fixture.Start.Unix())
	require.NoError(t, err)
	_, err = w.Keeper.Receive(w.Ctx, world.Received(world.IncomingData("channel-0", 1, data)))
	require.NoError(t, err)
	require.EqualValues(t, 99, standing(t, w, v.Number).AsOfHeight)

	w.Advance(time.Hour)
	w.Advanced(10)
	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 0, 0)))
	s := standing(t, w, v.Number)
	require.EqualValues(t, 109, s.AsOfHeight)
	require.Equal(t, w.Ctx.BlockTime().Unix(), s.AsOfTime)
}

// An open route carries statuses; when it is lost, what was heard ages like a proof.
func TestStaleWhenTheRouteIsLost(t *testing.T) {
	w := world.Joined(t)
	v := world.Voucher(world.Away, 1)
	receive(t, w, world.TermsRecord(1))
	receive(t, w, world.VoucherRecord(v))
	w.Advance(48 * time.Hour)
	s := standing(t, w, v.Number)
	require.True(t, s.Usable)
	require.True(t, s.StatusTravels)
	w.IBC.Status[client] = exported.Expired
	requireCaveats(t, w, v.Number, types.CAVEAT_STALE)
	w.IBC.Status[client] = exported.Active
	end(t, w)
	requireCaveats(t, w, v.Number, types.CAVEAT_NO_AGREEMENT, types.CAVEAT_STALE)
}

// A chain that has no agreement with us sends no status, though a channel is open; and one
// that makes an agreement does not send what had changed before.
func TestStaleUnlessTheOtherChainSendsStatuses(t *testing.T) {
	w := world.Joined(t)
	before, after := world.Voucher(world.Away, 1), world.Voucher(world.Away, 2)
	require.NoError(t, recognize(w, w.Proven(client, before, 0, 0)))
	require.False(t, standing(t, w, before.Number).StatusTravels, "no agreement was told")
	w.Advance(25 * time.Hour)
	requireCaveats(t, w, before.Number, types.CAVEAT_STALE)

	w.Advanced(50)
	data, err := types.EncodePacket([]types.PacketRecord{world.TermsRecord(1)}, 120, w.Ctx.BlockTime().Unix())
	require.NoError(t, err)
	_, err = w.Keeper.Receive(w.Ctx, world.Received(world.IncomingData("channel-0", 1, data)))
	require.NoError(t, err)
	requireCaveats(t, w, before.Number, types.CAVEAT_STALE)
	require.NoError(t, recognize(w, w.Proven(client, after, 0, 0)))
	require.True(t, standing(t, w, after.Number).StatusTravels)
	require.NoError(t, proveStatus(w, w.ProvenStatus(client, before.Number, 0, 0)))
	require.True(t, standing(t, w, before.Number).StatusTravels)

	// Later terms change nothing of that.
	data, err = types.EncodePacket([]types.PacketRecord{world.TermsRecord(2)}, 149, w.Ctx.BlockTime().Unix())
	require.NoError(t, err)
	w.Advanced(50)
	_, err = w.Keeper.Receive(w.Ctx, world.Received(world.IncomingData("channel-0", 2, data)))
	require.NoError(t, err)
	require.EqualValues(t, 120, told(t, w).SinceHeight)
	w.Advance(25 * time.Hour)
	requireCaveats(t, w, before.Number)
	requireCaveats(t, w, after.Number)
}

// A status is kept even for a voucher that does not stand here, and never goes back.
func TestProveStatus(t *testing.T) {
	w := unjoined(t)
	v := world.Voucher(world.Away, 1)
	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 0, 0)))
	res, err := w.Queries.Standing(w.Ctx, &types.QueryStandingRequest{Number: v.Number})
	require.NoError(t, err)
	require.Empty(t, res.Standings, "that nothing stands against an unknown voucher says nothing")

	require.NoError(t, proveStatus(w, w.ProvenStatus(client, v.Number, 2, vouchertypes.FlagReversed)))
	requireCaveats(t, w, v.Number, types.CAVEAT_NOT_RECOGNISED, types.CAVEAT_REVERSED)
	w.Advanced(1)
	for version, want := range map[uint64]error{0: types.ErrRefused, 1: types.ErrRefused, 2: nil, 3: nil} {
		attempt, _ := w.Ctx.CacheContext()
		_, err := w.Msgs.ProveStatus(attempt, &types.MsgProveStatus{
			Signer: keys.Bech32(world.Stranger), ChainId: world.Away, ProofHeight: w.IBC.Height,
			Statuses: []types.ProvenStatus{w.ProvenStatus(client, v.Number, version, vouchertypes.FlagReversed)},
		})
		require.ErrorIs(t, err, want, "version %d", version)
	}
}
