package types

import (
	"encoding/base64"
	"strconv"

	"github.com/cosmos/gogoproto/proto"

	abci "github.com/cometbft/cometbft/abci/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// The two events that come a hundred to a packet are put together by hand: the SDK's
// TypedEventToEvent makes the same by way of JSON and reflection, at more than half of
// the cost of recognising a record. A test compares the two.

// SDKEvent is what EmitTypedEvent emits. Chain, channel and id must have been checked:
// they need no JSON escapes then.
func (e *EventRecognised) SDKEvent() sdk.Event {
	return handMade(e,
		"chain_id", quoted(e.ChainId), "channel_id", quoted(e.ChannelId), "detail", base64JSON(e.Detail), "id", quoted(e.Id),
		"kind", quoted(e.Kind.String()), "sequence", quoted(strconv.FormatUint(e.Sequence, 10)), "value", base64JSON(e.Value),
	)
}

// SDKEvent is what EmitTypedEvent emits. Chain and id must have been checked: they need
// no JSON escapes then.
func (e *EventRecordAnswered) SDKEvent() sdk.Event {
	return handMade(e,
		"chain_id", quoted(e.ChainId), "id", quoted(e.Id), "kind", quoted(e.Kind.String()),
		"packet_code", quoted(e.PacketCode.String()), "result", quoted(e.Result.String()), "status", quoted(e.Status.String()),
	)
}

// handMade makes an event of pairs of key and value, ascending by key.
func handMade(e proto.Message, pairs ...string) sdk.Event {
	attributes := make([]abci.EventAttribute, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		attributes = append(attributes, abci.EventAttribute{Key: pairs[i], Value: pairs[i+1]})
	}
	return sdk.Event{Type: proto.MessageName(e), Attributes: attributes}
}

func quoted(s string) string { return `"` + s + `"` }

func base64JSON(b []byte) string {
	if b == nil {
		return "null"
	}
	return quoted(base64.StdEncoding.EncodeToString(b))
}
