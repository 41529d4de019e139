package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Acknowledge notes how the counterparty took a packet of ours. An acknowledgement that
// cannot be read refuses every record of the packet with PACKET_CODE_MALFORMED. When a
// packet was refused as a whole, nobody has judged the statuses and terms in it: they
// return to the queue, and the counterparty is left alone for the longest wait, or until
// it tells us new terms. It writes what is this module's own and calls nothing outside
// it (SECURITY-RULES 1).
func (k *Keeper) Acknowledge(ctx sdk.Context, packet Packet, acknowledgement []byte) error {
	data, chain, ok, err := k.ownPacket(ctx, packet)
	if err != nil || !ok {
		return err
	}
	ack, err := types.DecodeAcknowledgement(acknowledgement, len(data.Records))
	if err != nil {
		ctx.Logger().Error("acknowledgement refused", "module", types.ModuleName, "route", packet.Route, "sequence", packet.Sequence, "error", err)
		ack = *types.Refusal(types.PACKET_CODE_MALFORMED)
	}
	answered, err := k.answer(ctx, packet, chain, data, func(i int, e types.OutboxEntry) types.OutboxEntry {
		switch {
		case ack.Code != types.PACKET_CODE_READ && e.Kind.Insistent():
			return again(e)
		case ack.Code != types.PACKET_CODE_READ:
			e.Status, e.PacketCode = types.OUTBOX_STATUS_REFUSED, ack.Code
		case ack.Results[i] != types.RESULT_CODE_OK:
			e.Status, e.Result = types.OUTBOX_STATUS_REFUSED, ack.Results[i]
		default:
			e.Status = types.OUTBOX_STATUS_RECOGNISED
		}
		return e
	})
	if err != nil || answered == 0 || ack.Code == types.PACKET_CODE_READ {
		return err
	}
	// What is refused on a route that the agreement has left says nothing of the new one.
	a, found, err := find(ctx, k.agreements, chain)
	if err != nil || !found || a.ChannelId != packet.Route {
		return err
	}
	return k.waitLongest(ctx, chain)
}

// TimeOut notes that a packet of ours was not received in time. Vouchers and settlements
// wait until they are presented again. Nobody presents statuses and terms, which are to
// be sent until they are acknowledged: they return to the queue.
func (k *Keeper) TimeOut(ctx sdk.Context, packet Packet) error {
	data, chain, ok, err := k.ownPacket(ctx, packet)
	if err != nil || !ok {
		return err
	}
	_, err = k.answer(ctx, packet, chain, data, func(_ int, e types.OutboxEntry) types.OutboxEntry {
		if e.Kind.Insistent() {
			return again(e)
		}
		e.Status = types.OUTBOX_STATUS_TIMED_OUT
		return e
	})
	return err
}

// again is an entry that returns to the queue.
func again(e types.OutboxEntry) types.OutboxEntry {
	return types.OutboxEntry{ChainId: e.ChainId, Kind: e.Kind, Id: e.Id, Status: types.OUTBOX_STATUS_QUEUED}
}

// waitLongest leaves a counterparty alone for as many blocks as a backoff can have.
func (k *Keeper) waitLongest(ctx sdk.Context, chain string) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	backoff, _, err := find(ctx, k.backoffs, chain)
	if err != nil {
		return err
	}
	backoff.ChainId = chain
	backoff.Failures++
	backoff.UntilHeight = ctx.BlockHeight() + params.BackoffCap
	if err := k.backoffs.Set(ctx, chain, backoff); err != nil {
		return err
	}
	return emit(ctx, &types.EventSendFailed{
		ChainId: chain, Failures: backoff.Failures, UntilHeight: backoff.UntilHeight, Error: errorCode(types.ErrNotAnswered),
	})
}

// ownPacket reads a packet that this module sent, and names the counterparty. What it
// cannot read it did not send in this form; then there is nothing to note, and an error
// would make the relayer try for ever.
func (k *Keeper) ownPacket(ctx sdk.Context, packet Packet) (types.PacketData, string, bool, error) {
	chain, found, err := find(ctx, k.channels, packet.Route)
	if err != nil {
		return types.PacketData{}, "", false, err
	}
	data, decodeErr := types.DecodePacket(packet.Data)
	if !found || decodeErr != nil {
		ctx.Logger().Error("answer to a packet that is not ours", "module", types.ModuleName, "route", packet.Route, "sequence", packet.Sequence, "error", decodeErr)
		return types.PacketData{}, "", false, nil
	}
	return data, chain, true, nil
}

// answer changes the entries that are PENDING with this very packet, and no others, and
// counts them.
func (k *Keeper) answer(ctx sdk.Context, packet Packet, chain string, data types.PacketData, next func(int, types.OutboxEntry) types.OutboxEntry) (int, error) {
	answered := 0
	for i, r := range data.Records {
		e, found, err := find(ctx, k.outbox, keyOf(chain, r.Kind, r.Id))
		if err != nil {
			return 0, err
		}
		if !found || e.Status != types.OUTBOX_STATUS_PENDING || e.Sequence != packet.Sequence || e.ChannelId != packet.Route {
			continue
		}
		if e.Kind.Insistent() {
			if err := k.unanswered.Remove(ctx, waitOf(e)); err != nil {
				return 0, err
			}
		}
		e = next(i, e)
		e.Height = ctx.BlockHeight()
		if err := k.putEntry(ctx, e); err != nil {
			return 0, err
		}
		emitAnswered(ctx, e)
		answered++
	}
	return answered, nil
}

func emitAnswered(ctx sdk.Context, e types.OutboxEntry) {
	event := &types.EventRecordAnswered{
		ChainId: e.ChainId, Kind: e.Kind, Id: e.Id, Status: e.Status, Result: e.Result, PacketCode: e.PacketCode,
	}
	ctx.EventManager().EmitEvent(event.SDKEvent())
}
