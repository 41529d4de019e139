package keeper

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Acknowledge notes how the counterparty took a packet of ours. An acknowledgement that
// cannot be read refuses every record of the packet with PACKET_CODE_MALFORMED. It
// writes outbox entries and calls nothing outside the module (SECURITY-RULES 1).
func (k *Keeper) Acknowledge(ctx sdk.Context, packet channeltypes.Packet, acknowledgement []byte) error {
	data, chain, ok, err := k.ownPacket(ctx, packet)
	if err != nil || !ok {
		return err
	}
	ack, err := types.DecodeAcknowledgement(acknowledgement, len(data.Records))
	if err != nil {
		ctx.Logger().Error("acknowledgement refused", "module", types.ModuleName, "channel", packet.SourceChannel, "sequence", packet.Sequence, "error", err)
		ack = *types.Refusal(types.PACKET_CODE_MALFORMED)
	}
	return k.answer(ctx, packet, chain, data, func(i int, e types.OutboxEntry) types.OutboxEntry {
		switch {
		case ack.Code != types.PACKET_CODE_READ:
			e.Status, e.PacketCode = types.OUTBOX_STATUS_REFUSED, ack.Code
		case ack.Results[i] != types.RESULT_CODE_OK:
			e.Status, e.Result = types.OUTBOX_STATUS_REFUSED, ack.Results[i]
		default:
			e.Status = types.OUTBOX_STATUS_RECOGNISED
		}
		return e
	})
}

// TimeOut notes that a packet of ours was not received in time. Vouchers and settlements
// wait until they are presented again. Nobody presents a status, which is to be sent
// until it is acknowledged: it returns to the queue.
func (k *Keeper) TimeOut(ctx sdk.Context, packet channeltypes.Packet) error {
	data, chain, ok, err := k.ownPacket(ctx, packet)
	if err != nil || !ok {
		return err
	}
	return k.answer(ctx, packet, chain, data, func(_ int, e types.OutboxEntry) types.OutboxEntry {
		if e.Kind == types.RECORD_KIND_STATUS {
			return types.OutboxEntry{ChainId: e.ChainId, Kind: e.Kind, Id: e.Id, Status: types.OUTBOX_STATUS_QUEUED}
		}
		e.Status = types.OUTBOX_STATUS_TIMED_OUT
		return e
	})
}

// ownPacket reads a packet that this module sent, and names the counterparty. What it
// cannot read it did not send in this form; then there is nothing to note, and an error
// would make the relayer try for ever.
func (k *Keeper) ownPacket(ctx sdk.Context, packet channeltypes.Packet) (types.PacketData, string, bool, error) {
	chain, found, err := find(ctx, k.channels, packet.SourceChannel)
	if err != nil {
		return types.PacketData{}, "", false, err
	}
	data, decodeErr := types.DecodePacket(packet.Data)
	if !found || decodeErr != nil {
		ctx.Logger().Error("answer to a packet that is not ours", "module", types.ModuleName, "channel", packet.SourceChannel, "sequence", packet.Sequence, "error", decodeErr)
		return types.PacketData{}, "", false, nil
	}
	return data, chain, true, nil
}

// answer changes the entries that are PENDING with this very packet, and no others.
func (k *Keeper) answer(ctx sdk.Context, packet channeltypes.Packet, chain string, data types.PacketData, next func(int, types.OutboxEntry) types.OutboxEntry) error {
	for i, r := range data.Records {
		e, found, err := find(ctx, k.outbox, keyOf(chain, r.Kind, r.Id))
		if err != nil {
			return err
		}
		if !found || e.Status != types.OUTBOX_STATUS_PENDING || e.Sequence != packet.Sequence || e.ChannelId != packet.SourceChannel {
			continue
		}
		e = next(i, e)
		e.Height = ctx.BlockHeight()
		if err := k.putEntry(ctx, e); err != nil {
			return err
		}
		emitAnswered(ctx, e)
	}
	return nil
}

func emitAnswered(ctx sdk.Context, e types.OutboxEntry) {
	event := &types.EventRecordAnswered{
		ChainId: e.ChainId, Kind: e.Kind, Id: e.Id, Status: e.Status, Result: e.Result, PacketCode: e.PacketCode,
	}
	ctx.EventManager().EmitEvent(event.SDKEvent())
}
