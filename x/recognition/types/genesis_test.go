package types_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

func unix(sec int64) time.Time { return time.Unix(sec, 0) }

// genesis has one of everything, and two outbox entries.
func genesis() *types.GenesisState {
	v := world.Voucher(world.Away, 1)
	value, detail := world.Status(v.Number, 1, 1)
	a := agreement()
	a.Revision = 1
	told := a.Terms(world.Away)
	return &types.GenesisState{
		Params:     types.DefaultParams(),
		Agreements: []types.Agreement{a},
		Channels:   []types.ChannelOwner{{ChannelId: "channel-7", ChainId: world.Away}},
		Outbox: []types.OutboxEntry{
			{ChainId: world.Away, Kind: types.RECORD_KIND_VOUCHER, Id: v.Number, Status: types.OUTBOX_STATUS_QUEUED, Height: 5},
			{
				ChainId: world.Away, Kind: types.RECORD_KIND_STATUS, Id: v.Number, Status: types.OUTBOX_STATUS_PENDING, Height: 5,
				Sequence: 1, ChannelId: "channel-7", StatusVersion: 1,
			},
		},
		Recognised: []types.Recognised{{
			ChainId: world.Away, Kind: types.RECORD_KIND_VOUCHER, Id: v.Number, Digest: bytes.Repeat([]byte{1}, 32),
			Counterpart: v.Settlement, Evidence: world.Evidence("channel-0", 1), StatusEvidence: &types.Evidence{
				ClientId: "07-tendermint-0", ClientHeight: 8, Height: 5, Time: 2, AsOfHeight: 7, AsOfTime: 1,
			},
		}},
		Statuses:  []types.ForeignStatus{{ChainId: world.Away, Number: v.Number, Value: value, Detail: detail, Evidence: world.Evidence("channel-0", 1)}},
		Backoffs:  []types.Backoff{{ChainId: world.Away, Failures: 1, UntilHeight: 9}},
		LastTried: world.Away,
		Terms:     []types.ToldTerms{{Terms: told, Evidence: world.Evidence("channel-0", 1), SinceHeight: 1}},
		Doubts:    []types.ClientDoubt{{ClientId: "07-tendermint-0", Ranges: []types.DoubtRange{{AboveHeight: 7, Height: 5, Time: 2, RecoveredHeight: 6}, {AboveHeight: 8, Height: 7, Time: 3}}}},
		Left:      []types.ChannelOwner{{ChainId: world.Away, ChannelId: "channel-7"}},
	}
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, genesis().Validate())
	require.NoError(t, types.DefaultGenesis().Validate())
}

func TestGenesisValidateRefuses(t *testing.T) {
	const other = "shugu-beijing-1"
	for name, c := range map[string]struct {
		spoil func(*types.GenesisState)
		err   error
	}{
		"bad params":               {func(g *types.GenesisState) { g.Params.PacketTimeout = 0 }, valid.ErrInvalid},
		"bad agreement":            {func(g *types.GenesisState) { g.Agreements[0].Kinds = nil }, valid.ErrInvalid},
		"agreement without client": {func(g *types.GenesisState) { g.Agreements[0].ClientId = "" }, valid.ErrInvalid},
		"agreement not counted":    {func(g *types.GenesisState) { g.Agreements[0].Revision = 0 }, valid.ErrInvalid},
		"an agreement twice":       {func(g *types.GenesisState) { g.Agreements = append(g.Agreements, g.Agreements[0]) }, valid.ErrInvalid},
		"65 agreements":            {func(g *types.GenesisState) { g.Agreements = make([]types.Agreement, 65) }, types.ErrTooManyAgreements},
		"two agreements a channel": {func(g *types.GenesisState) {
			a := world.Agreement(other, "07-tendermint-0", "channel-0")
			a.Revision = 1
			g.Agreements = append([]types.Agreement{a}, g.Agreements...)
		}, types.ErrChannelTaken},
		"channel of another": {func(g *types.GenesisState) {
			g.Channels[0] = types.ChannelOwner{ChannelId: "channel-0", ChainId: other}
		}, types.ErrChannelTaken},
		"channel of no agreement":  {func(g *types.GenesisState) { g.Channels[0].ChainId = other }, types.ErrInconsistent},
		"bad channel":              {func(g *types.GenesisState) { g.Channels[0].ChannelId = "c" }, valid.ErrInvalid},
		"outbox unordered":         {func(g *types.GenesisState) { g.Outbox[0], g.Outbox[1] = g.Outbox[1], g.Outbox[0] }, valid.ErrInvalid},
		"entry of no agreement":    {func(g *types.GenesisState) { g.Outbox[1].ChainId = other; g.Outbox = g.Outbox[1:] }, types.ErrInconsistent},
		"entry of no channel":      {func(g *types.GenesisState) { g.Outbox[1].ChannelId = "channel-9" }, types.ErrInconsistent},
		"queued with a packet":     {func(g *types.GenesisState) { g.Outbox[0].Sequence = 1 }, valid.ErrInvalid},
		"pending without packet":   {func(g *types.GenesisState) { g.Outbox[1].Sequence = 0 }, valid.ErrInvalid},
		"pending without channel":  {func(g *types.GenesisState) { g.Outbox[1].ChannelId = "" }, valid.ErrInvalid},
		"pending with a result":    {func(g *types.GenesisState) { g.Outbox[1].Result = types.RESULT_CODE_OK }, valid.ErrInvalid},
		"refused without code":     {func(g *types.GenesisState) { g.Outbox[1].Status = types.OUTBOX_STATUS_REFUSED }, valid.ErrInvalid},
		"set aside without error":  {func(g *types.GenesisState) { g.Outbox[0].Status = types.OUTBOX_STATUS_SET_ASIDE }, valid.ErrInvalid},
		"error without set aside":  {func(g *types.GenesisState) { g.Outbox[0].SetAsideError = "voucher/3" }, valid.ErrInvalid},
		"unknown status":           {func(g *types.GenesisState) { g.Outbox[0].Status = 7 }, valid.ErrInvalid},
		"negative height":          {func(g *types.GenesisState) { g.Outbox[0].Height = -1 }, valid.ErrInvalid},
		"version of a voucher":     {func(g *types.GenesisState) { g.Outbox[0].StatusVersion = 1 }, valid.ErrInvalid},
		"recognised status":        {func(g *types.GenesisState) { g.Recognised[0].Kind = types.RECORD_KIND_STATUS }, valid.ErrInvalid},
		"recognised twice":         {func(g *types.GenesisState) { g.Recognised = append(g.Recognised, g.Recognised[0]) }, valid.ErrInvalid},
		"short digest":             {func(g *types.GenesisState) { g.Recognised[0].Digest = []byte{1} }, valid.ErrInvalid},
		"no counterpart":           {func(g *types.GenesisState) { g.Recognised[0].Counterpart = "" }, valid.ErrInvalid},
		"no evidence":              {func(g *types.GenesisState) { g.Recognised[0].Evidence.Sequence = 0 }, valid.ErrInvalid},
		"recognised by no channel": {func(g *types.GenesisState) { g.Recognised[0].Evidence.ChannelId = "channel-9" }, types.ErrInconsistent},
		"status does not decode":   {func(g *types.GenesisState) { g.Statuses[0].Value[0] = 9 }, valid.ErrInvalid},
		"status of no agreement":   {func(g *types.GenesisState) { g.Statuses[0].ChainId = other }, types.ErrInconsistent},
		"no failures":              {func(g *types.GenesisState) { g.Backoffs[0].Failures = 0 }, valid.ErrInvalid},
		"backoff of no agreement":  {func(g *types.GenesisState) { g.Backoffs[0].ChainId = other }, types.ErrInconsistent},
		"evidence of no client":    {func(g *types.GenesisState) { g.Recognised[0].Evidence.ClientId = "" }, valid.ErrInvalid},
		"evidence of no height":    {func(g *types.GenesisState) { g.Recognised[0].Evidence.ClientHeight = 0 }, valid.ErrInvalid},
		"a proof with a sequence":  {func(g *types.GenesisState) { g.Statuses[0].Evidence.ChannelId = "" }, valid.ErrInvalid},
		"status seen by packet": {func(g *types.GenesisState) {
			g.Recognised[0].StatusEvidence.ChannelId, g.Recognised[0].StatusEvidence.Sequence = "channel-0", 1
		}, valid.ErrInvalid},
		"status of a settlement": {func(g *types.GenesisState) {
			g.Recognised[0].Kind, g.Recognised[0].Id, g.Recognised[0].Counterpart = types.RECORD_KIND_SETTLEMENT, g.Recognised[0].Counterpart, g.Recognised[0].Id
		}, valid.ErrInvalid},
		"terms of no agreement":   {func(g *types.GenesisState) { g.Terms[0].Terms.ChainId = other }, types.ErrInconsistent},
		"terms not counted":       {func(g *types.GenesisState) { g.Terms[0].Terms.Revision = 0 }, valid.ErrInvalid},
		"terms since no block":    {func(g *types.GenesisState) { g.Terms[0].SinceHeight = 0 }, valid.ErrInvalid},
		"vouchers without status": {func(g *types.GenesisState) { g.Terms[0].Terms.Kinds = g.Terms[0].Terms.Kinds[:1] }, valid.ErrInvalid},
		"doubt without ranges":    {func(g *types.GenesisState) { g.Doubts[0].Ranges = nil }, valid.ErrInvalid},
		"17 ranges":               {func(g *types.GenesisState) { g.Doubts[0].Ranges = make([]types.DoubtRange, 17) }, valid.ErrInvalid},
		"recovered before":        {func(g *types.GenesisState) { g.Doubts[0].Ranges[0].RecoveredHeight = 4 }, valid.ErrInvalid},
		"doubt in an open doubt":  {func(g *types.GenesisState) { g.Doubts[0].Ranges[0].RecoveredHeight = 0 }, valid.ErrInvalid},
		"left without agreement":  {func(g *types.GenesisState) { g.Left[0].ChainId = other }, types.ErrInconsistent},
		"left another's channel":  {func(g *types.GenesisState) { g.Left[0].ChannelId = "channel-9" }, types.ErrInconsistent},
		"tried without agreement": {func(g *types.GenesisState) { g.LastTried = other }, types.ErrInconsistent},
	} {
		t.Run(name, func(t *testing.T) {
			g := genesis()
			c.spoil(g)
			require.ErrorIs(t, g.Validate(), c.err)
		})
	}
}

func TestOutboxEntryRefusedHasOneCode(t *testing.T) {
	e := genesis().Outbox[1]
	e.Status = types.OUTBOX_STATUS_REFUSED
	e.Result = types.RESULT_CODE_CONFLICT
	require.NoError(t, e.Validate())
	e.PacketCode = types.PACKET_CODE_NO_AGREEMENT
	require.ErrorIs(t, e.Validate(), valid.ErrInvalid)
	e.Result = 0
	require.NoError(t, e.Validate())
}
