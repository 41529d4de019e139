package world

import (
	"github.com/shugu-network/shugu/x/recognition/types"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// VoucherRecord is a voucher as a packet carries it, whatever it says.
func VoucherRecord(v vouchertypes.Voucher) types.PacketRecord {
	return types.PacketRecord{Kind: types.RECORD_KIND_VOUCHER, Id: v.Number, Value: must(v.Marshal())}
}

// SettlementRecord is a settlement record as a packet carries it, whatever it says.
func SettlementRecord(s settlementtypes.Record) types.PacketRecord {
	return types.PacketRecord{Kind: types.RECORD_KIND_SETTLEMENT, Id: s.Id, Value: must(s.Marshal())}
}

// StatusRecord is a status as a packet carries it.
func StatusRecord(number string, version uint64, flags uint32) types.PacketRecord {
	value, detail := Status(number, version, flags)
	return types.PacketRecord{Kind: types.RECORD_KIND_STATUS, Id: number, Value: value, Detail: detail}
}

// TermsRecord is what Away tells of its agreement with this chain, as a packet carries it.
func TermsRecord(revision uint64) types.PacketRecord {
	a := Agreement(Home, "07-tendermint-0", "channel-0")
	a.Revision = revision
	return types.PacketRecord{Kind: types.RECORD_KIND_TERMS, Id: Away, Value: must(a.Terms(Away).Encode())}
}
