package keeper

import (
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// outgoing is a packet in the making: records and their entries, index by index.
type outgoing struct {
	records []types.PacketRecord
	entries []types.OutboxEntry
	size    int
}

// sendNext sends the next packet to a chain. It wraps ErrChannel, ErrClient, ErrOwnChain
// or what the sender says.
func (k *Keeper) sendNext(ctx sdk.Context, chain string, params types.Params) error {
	a, err := k.agreements.Get(ctx, chain)
	if err != nil {
		return err
	}
	if !a.HasRoute() {
		return errorsmod.Wrapf(types.ErrChannel, "the agreement with %s names none", chain)
	}
	if err := k.checkRoute(ctx, a); err != nil {
		return err
	}
	if status := k.Clients.GetClientStatus(ctx, a.ClientId); status != exported.Active {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected status %s, got %s", a.ClientId, exported.Active, status)
	}
	out, err := k.collect(ctx, a)
	if err != nil || len(out.records) == 0 {
		return err
	}
	data, err := types.EncodePacket(out.records, ctx.BlockHeight(), ctx.BlockTime().Unix())
	if err != nil {
		return err
	}
	sequence, err := k.send(ctx, a, time.Duration(params.PacketTimeout)*time.Second, data)
	if err != nil {
		return err
	}
	for _, e := range out.entries {
		e.Status, e.Height, e.Sequence, e.ChannelId = types.OUTBOX_STATUS_PENDING, ctx.BlockHeight(), sequence, a.ChannelId
		if err := k.putEntry(ctx, e); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventPacketSent{ChainId: chain, ChannelId: a.ChannelId, Sequence: sequence, Records: uint32(len(out.records))})
}

// collect takes records from the queue of an agreement's chain, in its order, as many as
// fit into a packet. One that cannot be made is set aside. Terms fill a packet of their
// own, so that one who has ended its agreement with us can still read them.
func (k *Keeper) collect(ctx sdk.Context, a types.Agreement) (outgoing, error) {
	out := outgoing{size: types.PacketOverhead}
	places, err := k.queued(ctx, a, types.MaxRecords)
	if err != nil {
		return outgoing{}, err
	}
	for _, place := range places {
		e, err := k.outbox.Get(ctx, entryOf(a.ChainId, place.K4()))
		if err != nil {
			return outgoing{}, err
		}
		alone := e.Kind == types.RECORD_KIND_TERMS
		if alone && len(out.records) > 0 {
			return out, nil
		}
		r, version, err := k.recordToSend(ctx, e)
		switch {
		case err != nil:
			if err := k.setAside(ctx, e, err); err != nil {
				return outgoing{}, err
			}
		case out.size+r.PacketSize() > types.MaxPacketBytes:
			return out, nil
		default:
			e.StatusVersion = version
			out.size += r.PacketSize()
			out.records, out.entries = append(out.records, r), append(out.entries, e)
		}
		if err := k.queue.Remove(ctx, place); err != nil {
			return outgoing{}, err
		}
		if alone && len(out.records) > 0 {
			return out, nil
		}
	}
	return out, nil
}

// recordToSend makes the record of an entry; what panics in it is an error of this record only.
func (k *Keeper) recordToSend(ctx sdk.Context, e types.OutboxEntry) (r types.PacketRecord, version uint64, err error) {
	err = guarded(func() error {
		var err error
		r, version, err = k.makeRecord(ctx, e.ChainId, e.Kind, e.Id)
		return err
	})
	if err == nil && len(r.Value) == 0 {
		err = errorsmod.Wrapf(types.ErrNotFound, "%s %s", e.Kind, e.Id)
	}
	return r, version, err
}

// setAside ends an entry that cannot be sent, so that it does not hold up the others.
func (k *Keeper) setAside(ctx sdk.Context, e types.OutboxEntry, cause error) error {
	ctx.Logger().Error("record set aside", "module", types.ModuleName, "chain", e.ChainId, "kind", e.Kind, "id", e.Id, "error", cause)
	e.Status, e.Height, e.SetAsideError = types.OUTBOX_STATUS_SET_ASIDE, ctx.BlockHeight(), errorCode(cause)
	if err := k.putEntry(ctx, e); err != nil {
		return err
	}
	emitAnswered(ctx, e)
	return nil
}
