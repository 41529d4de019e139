package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// enqueue puts a record into the queue of a counterparty, unless it stands there
// already. Whatever the entry said before is forgotten, so that a late answer to an
// earlier packet changes nothing. Queue and outbox hold keys only: the bytes are read
// when they are sent.
func (k *Keeper) enqueue(ctx context.Context, chain string, kind types.RecordKind, id string) error {
	e, found, err := find(ctx, k.outbox, keyOf(chain, kind, id))
	if err != nil || found && e.Status == types.OUTBOX_STATUS_QUEUED {
		return err
	}
	return k.putEntry(ctx, types.OutboxEntry{
		ChainId: chain, Kind: kind, Id: id,
		Status: types.OUTBOX_STATUS_QUEUED, Height: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	})
}

// putEntry writes an entry and, if it is QUEUED, its place in the queue.
func (k *Keeper) putEntry(ctx context.Context, e types.OutboxEntry) error {
	if err := k.outbox.Set(ctx, keyOf(e.ChainId, e.Kind, e.Id), e); err != nil {
		return err
	}
	if e.Status != types.OUTBOX_STATUS_QUEUED {
		return nil
	}
	return k.queue.Set(ctx, placeOf(e))
}

// placeOf is the place of a QUEUED entry in the queue.
func placeOf(e types.OutboxEntry) queueKey {
	return collections.Join4(e.ChainId, e.Height, uint32(e.Kind), e.Id)
}

// makeRecord reads a record of this chain as a packet carries it, and a status' version.
// The value is nil when there is no status. It wraps ErrRecordTooLarge.
func (k *Keeper) makeRecord(ctx context.Context, kind types.RecordKind, id string) (types.PacketRecord, uint64, error) {
	r := types.PacketRecord{Kind: kind, Id: id}
	var (
		version uint64
		err     error
	)
	switch kind {
	case types.RECORD_KIND_VOUCHER:
		r.Value, err = k.Vouchers.VoucherBytes(ctx, id)
	case types.RECORD_KIND_SETTLEMENT:
		r.Value, err = k.Settlements.RecordBytes(ctx, id)
	case types.RECORD_KIND_STATUS:
		r.Value, r.Detail, err = k.Vouchers.StatusBytes(ctx, id)
		if err == nil && r.Value != nil {
			var status vouchertypes.Status
			status, err = vouchertypes.DecodeStatus(r.Value)
			version = status.Version
		}
	}
	if err != nil {
		return types.PacketRecord{}, 0, err
	}
	return r, version, r.CheckSize()
}
