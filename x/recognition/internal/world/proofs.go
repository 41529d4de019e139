package world

import (
	"github.com/shugu-network/shugu/x/recognition/types"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Proven shows a voucher of another chain, its settlement and its status to a client of
// that chain, and makes what proves them. Version 0 is no status.
func (w *World) Proven(client string, v vouchertypes.Voucher, version uint64, flags uint32) types.ProvenVoucher {
	voucher, settlement := VoucherRecord(v).Value, SettlementRecord(Settlement(v)).Value
	w.IBC.Show(client, vouchertypes.StoreKey, vouchertypes.VoucherKey(v.Number), voucher)
	w.IBC.Show(client, settlementtypes.StoreKey, settlementtypes.RecordKey(v.Settlement), settlement)
	return types.ProvenVoucher{
		Voucher: voucher, VoucherProof: Proof, Settlement: settlement, SettlementProof: Proof,
		Status: w.ProvenStatus(client, v.Number, version, flags),
	}
}

// ProvenStatus shows the status of a voucher to a client, and makes what proves it.
func (w *World) ProvenStatus(client, number string, version uint64, flags uint32) types.ProvenStatus {
	s := types.ProvenStatus{Number: number, Proof: Absence(vouchertypes.StatusKey(number))}
	if version > 0 {
		s.Value, s.Detail = Status(number, version, flags)
		s.Proof = Proof
	}
	w.IBC.Show(client, vouchertypes.StatusStoreKey, vouchertypes.StatusKey(number), s.Value)
	return s
}

// Advanced lets all clients learn of a later block, at the time of this chain.
func (w *World) Advanced(blocks uint64) {
	w.IBC.Height += blocks
	w.IBC.Time = w.Ctx.BlockTime().Unix()
}
