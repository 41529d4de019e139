package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// enqueue puts a record into the queue of a counterparty, unless it stands there already.
// Whatever the entry said before is forgotten, so that a late answer to an
// earlier packet changes nothing. Queue and outbox hold keys only: the bytes are read
// when they are sent.
func (k *Keeper) enqueue(ctx context.Context, chain string, kind types.RecordKind, id string) error {
	e, found, err := find(ctx, k.outbox, keyOf(chain, kind, id))
	if err != nil || found && e.Status == types.OUTBOX_STATUS_QUEUED {
		return err
	}
	if found && e.Status == types.OUTBOX_STATUS_PENDING && kind.Insistent() {
		if err := k.unanswered.Remove(ctx, waitOf(e)); err != nil {
			return err
		}
	}
	return k.putEntry(ctx, types.OutboxEntry{
		ChainId: chain, Kind: kind, Id: id,
		Status: types.OUTBOX_STATUS_QUEUED, Height: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	})
}

// putEntry writes an entry and, if it is QUEUED, its place in the queue; if it is PENDING
// and of a kind that insists on an answer, its place among the unanswered.
func (k *Keeper) putEntry(ctx context.Context, e types.OutboxEntry) error {
	if err := k.outbox.Set(ctx, keyOf(e.ChainId, e.Kind, e.Id), e); err != nil {
		return err
	}
	switch {
	case e.Status == types.OUTBOX_STATUS_QUEUED:
		return k.queue.Set(ctx, placeOf(e))
	case e.Status == types.OUTBOX_STATUS_PENDING && e.Kind.Insistent():
		return k.unanswered.Set(ctx, waitOf(e))
	default:
		return nil
	}
}

// The lanes of a queue. What has changed for everybody leaves before what a party
// presents, and leaves even while our own agreement does not hold: that one is about
// what we recognise, not about what they do.
const (
	laneInsistent uint32 = 0
	lanePresented uint32 = 1
)

// placeOf is the place of a QUEUED entry in the queue.
func placeOf(e types.OutboxEntry) queueKey {
	lane := lanePresented
	if e.Kind.Insistent() {
		lane = laneInsistent
	}
	return collections.Join4(e.ChainId, lane, e.Height, named(e.Kind, e.Id))
}

// waitOf is the place of a PENDING entry among the unanswered.
func waitOf(e types.OutboxEntry) unansweredKey {
	return collections.Join3(e.ChainId, e.ChannelId, named(e.Kind, e.Id))
}

// named is kind and id in one string.
func named(kind types.RecordKind, id string) string { return string(rune('0'+kind)) + id }

// entryOf is the outbox key of what named named.
func entryOf(chain, name string) recordKey {
	return keyOf(chain, types.RecordKind(name[0]-'0'), name[1:])
}

// makeRecord reads a record of this chain as a packet to a chain carries it, and the
// version of a status or of terms. The value is nil when there is no status. It wraps
// ErrRecordTooLarge.
func (k *Keeper) makeRecord(ctx context.Context, chain string, kind types.RecordKind, id string) (types.PacketRecord, uint64, error) {
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
	case types.RECORD_KIND_TERMS:
		r.Value, version, err = k.termsBytes(ctx, chain)
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
