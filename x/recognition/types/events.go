package types

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/events"
)

// The two events that come a hundred to a packet are put together by hand.

// SDKEvent is what EmitTypedEvent emits. Chain, channel and id must have been checked:
// they need no JSON escapes then.
func (e *EventRecognised) SDKEvent() sdk.Event {
	return events.Make(e,
		"chain_id", events.Quoted(e.ChainId), "channel_id", events.Quoted(e.ChannelId), "detail", events.Bytes(e.Detail), "id", events.Quoted(e.Id),
		"kind", events.Quoted(e.Kind.String()), "sequence", events.Uint64(e.Sequence), "value", events.Bytes(e.Value),
	)
}

// SDKEvent is what EmitTypedEvent emits. Chain and id must have been checked: they need
// no JSON escapes then.
func (e *EventRecordAnswered) SDKEvent() sdk.Event {
	return events.Make(e,
		"chain_id", events.Quoted(e.ChainId), "id", events.Quoted(e.Id), "kind", events.Quoted(e.Kind.String()),
		"packet_code", events.Quoted(e.PacketCode.String()), "result", events.Quoted(e.Result.String()), "status", events.Quoted(e.Status.String()),
	)
}
