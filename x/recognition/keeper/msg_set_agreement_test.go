package keeper_test

import (
	"testing"
	"time"

	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

func setAgreement(w *world.World, a types.Agreement) error {
	_, err := w.Msgs.SetAgreement(w.Ctx, &types.MsgSetAgreement{Signer: keys.Bech32(world.Council), Agreement: a})
	return err
}

func TestSetAgreement(t *testing.T) {
	w := world.New(t, world.Home)
	client, channel := w.IBC.Open(world.Away)
	a := world.Agreement(world.Away, client, channel)
	require.NoError(t, setAgreement(w, a))
	got, err := w.Queries.Agreement(w.Ctx, &types.QueryAgreementRequest{ChainId: world.Away})
	require.NoError(t, err)
	a.Revision = 1
	require.Equal(t, a, got.Agreement)
	require.True(t, got.Live)
	require.Len(t, w.Events("shugu.recognition.v1.EventAgreementSet"), 1)
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func TestSetAgreementChangesOne(t *testing.T) {
	w := world.Joined(t)
	client, channel := w.IBC.Open(world.Away)
	a := world.Agreement(world.Away, client, channel)
	require.NoError(t, setAgreement(w, a))
	got, err := w.Queries.Agreement(w.Ctx, &types.QueryAgreementRequest{ChainId: world.Away})
	require.NoError(t, err)
	require.Equal(t, channel, got.Agreement.ChannelId)
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func TestSetAgreementRevivesAnEndedOne(t *testing.T) {
	w := world.Joined(t)
	end(t, w)
	require.NoError(t, setAgreement(w, world.Agreement(world.Away, "07-tendermint-0", "channel-0")))
	require.NoError(t, w.Present(w.Book.Issue().Number))
}

func TestSetAgreementFailsIf(t *testing.T) {
	other := func(signer string) func(*types.MsgSetAgreement, *world.World) {
		return func(m *types.MsgSetAgreement, _ *world.World) { m.Signer = signer }
	}
	channel := func(change func(*channeltypes.Channel)) func(*types.MsgSetAgreement, *world.World) {
		return func(_ *types.MsgSetAgreement, w *world.World) { w.IBC.Change("channel-0", change) }
	}
	agreement := func(change func(*types.Agreement)) func(*types.MsgSetAgreement, *world.World) {
		return func(m *types.MsgSetAgreement, _ *world.World) { change(&m.Agreement) }
	}
	for name, c := range map[string]struct {
		spoil func(*types.MsgSetAgreement, *world.World)
		err   error
	}{
		"signed by a member":        {other(keys.Bech32(world.Exchange)), types.ErrUnauthorized},
		"signer is no address":      {other("council"), types.ErrUnauthorized},
		"fields are wrong":          {agreement(func(a *types.Agreement) { a.Kinds = nil }), valid.ErrInvalid},
		"with this chain":           {agreement(func(a *types.Agreement) { a.ChainId = world.Home }), types.ErrOwnChain},
		"over already":              {agreement(func(a *types.Agreement) { a.BeginsAt = 0; a.EndsAt = fixture.Start.Unix() }), valid.ErrInvalid},
		"no such channel":           {agreement(func(a *types.Agreement) { a.ChannelId = "channel-9" }), types.ErrChannel},
		"no such client":            {func(_ *types.MsgSetAgreement, w *world.World) { delete(w.IBC.Clients, "07-tendermint-0") }, types.ErrClient},
		"client of another channel": {agreement(func(a *types.Agreement) { a.ClientId = "07-tendermint-1" }), types.ErrClient},
		"client of another chain":   {agreement(func(a *types.Agreement) { a.ChainId = "shugu-beijing-1" }), types.ErrClient},
		"client of this chain":      {func(_ *types.MsgSetAgreement, w *world.World) { w.IBC.Clients["07-tendermint-0"].ChainId = world.Home }, types.ErrOwnChain},
		"loose proof specifications": {func(_ *types.MsgSetAgreement, w *world.World) {
			loose := *ics23.IavlSpec
			loose.InnerSpec = &ics23.InnerSpec{ChildOrder: []int32{0, 1}, ChildSize: 33, MaxPrefixLength: 4096, Hash: ics23.HashOp_SHA256}
			w.IBC.Clients["07-tendermint-0"].ProofSpecs = []*ics23.ProofSpec{&loose, ics23.TendermintSpec}
		}, types.ErrClient},
		"no proof specifications": {func(_ *types.MsgSetAgreement, w *world.World) { w.IBC.Clients["07-tendermint-0"].ProofSpecs = nil }, types.ErrClient},
		"packets in another store": {func(_ *types.MsgSetAgreement, w *world.World) {
			c := w.IBC.Connections["connection-0"]
			c.Counterparty.Prefix.KeyPrefix = []byte("voucher")
			w.IBC.Connections["connection-0"] = c
		}, types.ErrChannel},
		"no connection":           {func(_ *types.MsgSetAgreement, w *world.World) { delete(w.IBC.Connections, "connection-0") }, types.ErrClient},
		"channel half open":       {channel(func(c *channeltypes.Channel) { c.State = channeltypes.TRYOPEN }), types.ErrChannel},
		"channel closed":          {channel(func(c *channeltypes.Channel) { c.State = channeltypes.CLOSED }), types.ErrChannel},
		"channel ordered":         {channel(func(c *channeltypes.Channel) { c.Ordering = channeltypes.ORDERED }), types.ErrChannel},
		"channel of version 2":    {channel(func(c *channeltypes.Channel) { c.Version = "recognition-2" }), types.ErrChannel},
		"foreign port at far end": {channel(func(c *channeltypes.Channel) { c.Counterparty.PortId = "wasm.shugu1x" }), types.ErrChannel},
		"two connections":         {channel(func(c *channeltypes.Channel) { c.ConnectionHops = append(c.ConnectionHops, "connection-1") }), types.ErrChannel},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.New(t, world.Home)
			client, channel := w.IBC.Open(world.Away)
			w.IBC.Open("shugu-beijing-1")
			msg := &types.MsgSetAgreement{Signer: keys.Bech32(world.Council), Agreement: world.Agreement(world.Away, client, channel)}
			c.spoil(msg, w)
			before := w.Dump()
			_, err := w.Msgs.SetAgreement(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
		})
	}
}

func TestSetAgreementFailsIfChannelIsTaken(t *testing.T) {
	w := world.Joined(t)
	w.IBC.Clients["07-tendermint-0"].ChainId = "shugu-beijing-1"
	before := w.Dump()
	err := setAgreement(w, world.Agreement("shugu-beijing-1", "07-tendermint-0", "channel-0"))
	require.ErrorIs(t, err, types.ErrChannelTaken)
	require.Equal(t, before, w.Dump())
}

func TestSetAgreementFailsIfThereAre64(t *testing.T) {
	w := world.New(t, world.Home)
	for i := range types.MaxAgreements {
		w.Join(t, chainName(i))
	}
	client, channel := w.IBC.Open(world.Away)
	before := w.Dump()
	require.ErrorIs(t, setAgreement(w, world.Agreement(world.Away, client, channel)), types.ErrTooManyAgreements)
	require.Equal(t, before, w.Dump())
	// One that is there can still be changed.
	require.NoError(t, setAgreement(w, world.Agreement(chainName(0), "07-tendermint-0", "channel-0")))
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func TestSetAgreementSendsWhatWaits(t *testing.T) {
	w := world.Joined(t)
	require.NoError(t, w.Present(w.Book.Issue().Number))
	w.IBC.Change("channel-0", func(c *channeltypes.Channel) { c.State = channeltypes.CLOSED })
	for range 20 {
		nextBlock(t, w, time.Second)
	}
	require.Empty(t, w.IBC.Sent)
	client, channel := w.IBC.Open(world.Away)
	w.Agree(t, world.Agreement(world.Away, client, channel))
	nextBlock(t, w, time.Second)
	require.Len(t, w.IBC.Sent, 1)
	require.Equal(t, channel, w.IBC.Last().SourceChannel)
}

// Whoever stops to hear statuses would hold a reversed voucher for good: the other chain
// was told that its status is not covered, and does not tell it again when it is.
func TestSetAgreementFailsIfStatusesWouldNotBeHeardAnyMore(t *testing.T) {
	w := world.Joined(t)
	narrow := world.Agreement(world.Away, client, "channel-0")
	narrow.Kinds = []types.RecordKind{types.RECORD_KIND_SETTLEMENT}
	for _, ended := range []bool{false, true} {
		if ended {
			end(t, w)
		}
		before := w.Dump()
		require.ErrorIs(t, setAgreement(w, narrow), valid.ErrInvalid)
		require.Equal(t, before, w.Dump())
	}
	// One that never covered vouchers holds none, and may be widened.
	fresh := world.New(t, world.Home)
	id, channel := fresh.IBC.Open(world.Away)
	narrow.ClientId, narrow.ChannelId = id, channel
	require.NoError(t, setAgreement(fresh, narrow))
	require.NoError(t, setAgreement(fresh, narrow))
	require.NoError(t, setAgreement(fresh, world.Agreement(world.Away, id, channel)))
}
