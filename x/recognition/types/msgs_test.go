package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func TestMsgPresentValidate(t *testing.T) {
	number := world.Voucher(world.Home, 1).Number
	require.NoError(t, (&types.MsgPresent{Voucher: number, ChainId: world.Away}).Validate())
	require.ErrorIs(t, (&types.MsgPresent{Voucher: number[:23] + "0", ChainId: world.Away}).Validate(), vouchertypes.ErrNumber)
	require.ErrorIs(t, (&types.MsgPresent{Voucher: vouchertypes.FormatNumber(number), ChainId: world.Away}).Validate(), vouchertypes.ErrNumber)
	for _, chain := range []string{"", "a/b", "a b", "a\x00", "链", strings.Repeat("a", 51)} {
		require.ErrorIs(t, (&types.MsgPresent{Voucher: number, ChainId: chain}).Validate(), valid.ErrInvalid, chain)
	}
}

func TestMsgEndAgreementValidate(t *testing.T) {
	require.NoError(t, (&types.MsgEndAgreement{ChainId: world.Away, Reason: "到期"}).Validate())
	for _, m := range []*types.MsgEndAgreement{
		{Reason: "r"},
		{ChainId: world.Away},
		{ChainId: world.Away, Reason: "a\nb"},
		{ChainId: world.Away, Reason: "\xff"},
		{ChainId: world.Away, Reason: strings.Repeat("a", valid.MaxReason+1)},
	} {
		require.ErrorIs(t, m.Validate(), valid.ErrInvalid)
	}
}

func TestMsgSetAgreementValidate(t *testing.T) {
	require.NoError(t, (&types.MsgSetAgreement{Agreement: agreement()}).Validate())
	for name, spoil := range map[string]func(*types.Agreement){
		"ended":                   func(a *types.Agreement) { a.Ended = true },
		"no chain id":             func(a *types.Agreement) { a.ChainId = "" },
		"no client":               func(a *types.Agreement) { a.ClientId = "" },
		"client with a slash":     func(a *types.Agreement) { a.ClientId = "07-tendermint/0" },
		"revision given":          func(a *types.Agreement) { a.Revision = 1 },
		"terms as a kind":         func(a *types.Agreement) { a.Kinds = append(a.Kinds, types.RECORD_KIND_TERMS) },
		"vouchers without status": func(a *types.Agreement) { a.Kinds = a.Kinds[:2] },
		"over-long channel":       func(a *types.Agreement) { a.ChannelId = strings.Repeat("c", 65) },
		"no kind":                 func(a *types.Agreement) { a.Kinds = nil },
		"unknown kind":            func(a *types.Agreement) { a.Kinds = []types.RecordKind{4} },
		"unspecified kind":        func(a *types.Agreement) { a.Kinds = []types.RecordKind{0, 1} },
		"kinds descending":        func(a *types.Agreement) { a.Kinds = []types.RecordKind{2, 1} },
		"a kind twice":            func(a *types.Agreement) { a.Kinds = []types.RecordKind{1, 1} },
		"unknown industry":        func(a *types.Agreement) { a.Industries = []string{"alchemy"} },
		"industries descending":   func(a *types.Agreement) { a.Industries = []string{"transport", "finance"} },
		"an industry twice":       func(a *types.Agreement) { a.Industries = []string{"finance", "finance"} },
		"no amount":               func(a *types.Agreement) { a.MaxAmount = math.Int{} },
		"amount of 0":             func(a *types.Agreement) { a.MaxAmount = math.ZeroInt() },
		"amount over 2^96":        func(a *types.Agreement) { a.MaxAmount = valid.MaxAmount().AddRaw(1) },
		"begins before 1970":      func(a *types.Agreement) { a.BeginsAt = -1 },
		"ends when it begins":     func(a *types.Agreement) { a.EndsAt = a.BeginsAt },
		"ends after 9999":         func(a *types.Agreement) { a.EndsAt = 253402300800 },
		"no freshness":            func(a *types.Agreement) { a.Freshness = 0 },
		"freshness over 366 days": func(a *types.Agreement) { a.Freshness = types.MaxFreshness + 1 },
	} {
		t.Run(name, func(t *testing.T) {
			a := agreement()
			spoil(&a)
			require.ErrorIs(t, (&types.MsgSetAgreement{Agreement: a}).Validate(), valid.ErrInvalid)
		})
	}
}

func TestAgreementLive(t *testing.T) {
	a := agreement()
	begin, end := a.BeginsAt, a.EndsAt
	at := func(sec int64) bool { return a.Live(unix(sec)) }
	require.False(t, at(begin-1))
	require.True(t, at(begin))
	require.True(t, at(end-1))
	require.False(t, at(end))
	a.Ended = true
	require.False(t, at(begin))
}

func TestParams(t *testing.T) {
	p := types.DefaultParams()
	require.NoError(t, p.Validate())
	var waits []int64
	for failures := uint32(1); failures <= 12; failures++ {
		waits = append(waits, p.Wait(failures))
	}
	require.Equal(t, []int64{2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024}, waits)
	require.EqualValues(t, 1024, p.Wait(4_000_000_000))
	for name, spoil := range map[string]func(*types.Params){
		"no packets":       func(p *types.Params) { p.MaxPacketsPerBlock = 0 },
		"65 packets":       func(p *types.Params) { p.MaxPacketsPerBlock = 65 },
		"short timeout":    func(p *types.Params) { p.PacketTimeout = 59 },
		"long timeout":     func(p *types.Params) { p.PacketTimeout = 604_801 },
		"no backoff":       func(p *types.Params) { p.BackoffFirst = 0 },
		"long backoff":     func(p *types.Params) { p.BackoffFirst = 1_001 },
		"cap below first":  func(p *types.Params) { p.BackoffCap = p.BackoffFirst - 1 },
		"cap over million": func(p *types.Params) { p.BackoffCap = 1_000_001 },
	} {
		p := types.DefaultParams()
		spoil(&p)
		require.ErrorIs(t, p.Validate(), valid.ErrInvalid, name)
	}
}
