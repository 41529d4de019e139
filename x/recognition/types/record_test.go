package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

func agreement() types.Agreement { return world.Agreement(world.Away, "07-tendermint-0", "channel-0") }

func voucherRecord(change func(*vouchertypes.Voucher)) types.PacketRecord {
	v := world.Voucher(world.Away, 1)
	change(&v)
	return world.VoucherRecord(v)
}

func settlementRecord(change func(*settlementtypes.Record)) types.PacketRecord {
	s := world.Settlement(world.Voucher(world.Away, 1))
	change(&s)
	return world.SettlementRecord(s)
}

func TestJudgeAccepts(t *testing.T) {
	v := world.Voucher(world.Away, 1)
	c, code := agreement().Judge(world.VoucherRecord(v))
	require.Equal(t, types.RESULT_CODE_OK, code)
	require.Equal(t, v.Settlement, c.Counterpart)
	c, code = agreement().Judge(world.SettlementRecord(world.Settlement(v)))
	require.Equal(t, types.RESULT_CODE_OK, code)
	require.Equal(t, v.Number, c.Counterpart)
	c, code = agreement().Judge(world.StatusRecord(v.Number, 3, vouchertypes.FlagReversed))
	require.Equal(t, types.RESULT_CODE_OK, code)
	require.EqualValues(t, 3, c.Status.Version)
}

func TestJudgeRefuses(t *testing.T) {
	number := world.Voucher(world.Away, 1).Number
	good := world.VoucherRecord(world.Voucher(world.Away, 1))
	status := world.StatusRecord(number, 2, vouchertypes.FlagPartlyReversed)
	with := func(r types.PacketRecord, change func(*types.PacketRecord)) types.PacketRecord {
		change(&r)
		return r
	}
	as := func(*types.Agreement) {}
	for name, c := range map[string]struct {
		record types.PacketRecord
		change func(*types.Agreement)
		want   types.ResultCode
	}{
		"no kind":              {with(good, func(r *types.PacketRecord) { r.Kind = 0 }), as, types.RESULT_CODE_MALFORMED},
		"unknown kind":         {with(good, func(r *types.PacketRecord) { r.Kind = 4 }), as, types.RESULT_CODE_MALFORMED},
		"negative kind":        {with(good, func(r *types.PacketRecord) { r.Kind = -1 }), as, types.RESULT_CODE_MALFORMED},
		"kind not covered":     {good, func(a *types.Agreement) { a.Kinds = a.Kinds[1:] }, types.RESULT_CODE_KIND_NOT_COVERED},
		"industry not covered": {good, func(a *types.Agreement) { a.Industries = []string{"finance"} }, types.RESULT_CODE_INDUSTRY_NOT_COVERED},
		"amount not covered":   {good, func(a *types.Agreement) { a.MaxAmount = math.NewInt(world.Price - 1) }, types.RESULT_CODE_AMOUNT_NOT_COVERED},
		"settlement's amount": {
			settlementRecord(func(*settlementtypes.Record) {}), func(a *types.Agreement) { a.MaxAmount = math.NewInt(world.Price - 1) },
			types.RESULT_CODE_AMOUNT_NOT_COVERED,
		},
		"empty id":            {with(good, func(r *types.PacketRecord) { r.Id = "" }), as, types.RESULT_CODE_WRONG_NUMBER},
		"wrong check digits":  {with(good, func(r *types.PacketRecord) { r.Id = number[:23] + "0" }), as, types.RESULT_CODE_WRONG_NUMBER},
		"another number":      {with(good, func(r *types.PacketRecord) { r.Id = world.Voucher(world.Away, 2).Number }), as, types.RESULT_CODE_WRONG_NUMBER},
		"id of another kind":  {with(good, func(r *types.PacketRecord) { r.Kind = types.RECORD_KIND_SETTLEMENT }), as, types.RESULT_CODE_WRONG_NUMBER},
		"empty value":         {with(good, func(r *types.PacketRecord) { r.Value = nil }), as, types.RESULT_CODE_MALFORMED},
		"truncated value":     {with(good, func(r *types.PacketRecord) { r.Value = r.Value[:len(r.Value)-1] }), as, types.RESULT_CODE_MALFORMED},
		"too long a value":    {with(good, func(r *types.PacketRecord) { r.Value = make([]byte, types.MaxRecordBytes+1) }), as, types.RESULT_CODE_MALFORMED},
		"detail of a voucher": {with(good, func(r *types.PacketRecord) { r.Detail = []byte{1} }), as, types.RESULT_CODE_MALFORMED},
		"unknown field":       {with(good, func(r *types.PacketRecord) { r.Value = append(r.Value[:len(r.Value):len(r.Value)], 0xf8, 0x7, 1) }), as, types.RESULT_CODE_MALFORMED},
		"wrong total":         {voucherRecord(func(v *vouchertypes.Voucher) { v.Total = math.NewInt(1) }), as, types.RESULT_CODE_MALFORMED},
		"voucher of another chain": {
			voucherRecord(func(v *vouchertypes.Voucher) { v.ChainId = world.Home }), as, types.RESULT_CODE_WRONG_CHAIN,
		},
		"settlement of another chain": {
			settlementRecord(func(s *settlementtypes.Record) { s.ChainId = world.Home }), as, types.RESULT_CODE_WRONG_CHAIN,
		},
		"settlement with a wrong voucher number": {
			settlementRecord(func(s *settlementtypes.Record) { s.Voucher = number[:23] + "0" }), as, types.RESULT_CODE_WRONG_NUMBER,
		},
		"settlement of another id": {
			with(settlementRecord(func(*settlementtypes.Record) {}), func(r *types.PacketRecord) { r.Id = "261123-000001-000009" }), as, types.RESULT_CODE_WRONG_NUMBER,
		},
		"settlement that is none": {
			with(good, func(r *types.PacketRecord) { r.Kind, r.Id = types.RECORD_KIND_SETTLEMENT, "261123-000001-000001" }), as, types.RESULT_CODE_MALFORMED,
		},
		"status of another number":   {with(status, func(r *types.PacketRecord) { r.Id = world.Voucher(world.Away, 2).Number }), as, types.RESULT_CODE_WRONG_NUMBER},
		"status without detail":      {with(status, func(r *types.PacketRecord) { r.Detail = nil }), as, types.RESULT_CODE_MALFORMED},
		"status with another detail": {with(status, func(r *types.PacketRecord) { r.Detail = world.StatusRecord(number, 3, 1).Detail }), as, types.RESULT_CODE_MALFORMED},
		"status of wrong length":     {with(status, func(r *types.PacketRecord) { r.Value = r.Value[:60] }), as, types.RESULT_CODE_MALFORMED},
		"status of another version": {with(status, func(r *types.PacketRecord) {
			s, err := vouchertypes.DecodeStatus(r.Value)
			require.NoError(t, err)
			s.Version++
			r.Value, err = vouchertypes.EncodeStatus(s)
			require.NoError(t, err)
		}), as, types.RESULT_CODE_MALFORMED},
		"status with other flags": {with(status, func(r *types.PacketRecord) {
			s, err := vouchertypes.DecodeStatus(r.Value)
			require.NoError(t, err)
			s.Flags = vouchertypes.FlagContested
			r.Value, err = vouchertypes.EncodeStatus(s)
			require.NoError(t, err)
		}), as, types.RESULT_CODE_MALFORMED},
	} {
		t.Run(name, func(t *testing.T) {
			a := agreement()
			c.change(&a)
			_, code := a.Judge(c.record)
			require.Equal(t, c.want.String(), code.String())
		})
	}
}

// No bytes make a record panic, and what is accepted bears the agreement's chain and the record's id.
func FuzzJudge(f *testing.F) {
	v := world.Voucher(world.Away, 1)
	for _, r := range []types.PacketRecord{
		world.VoucherRecord(v), world.SettlementRecord(world.Settlement(v)), world.StatusRecord(v.Number, 1, 1),
	} {
		f.Add(int32(r.Kind), r.Id, r.Value, r.Detail)
	}
	a := agreement()
	f.Fuzz(func(t *testing.T, kind int32, id string, value, detail []byte) {
		c, code := a.Judge(types.PacketRecord{Kind: types.RecordKind(kind), Id: id, Value: value, Detail: detail})
		if code != types.RESULT_CODE_OK {
			return
		}
		require.NoError(t, types.CheckID(types.RecordKind(kind), id))
		if types.RecordKind(kind) == types.RECORD_KIND_STATUS {
			require.Equal(t, id, c.Detail.Number)
			return
		}
		require.Equal(t, a.ChainId, c.ChainID)
		require.False(t, c.Amount.GT(a.MaxAmount))
	})
}
