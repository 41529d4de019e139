package types

import (
	"strconv"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/events"
)

// SDKEvent is what EmitTypedEvent emits. The contract's id must have been checked.
func (e *EventMoved) SDKEvent() sdk.Event {
	return events.Make(e,
		"buyer", events.Uint32(e.Buyer), "contract", events.Quoted(e.Contract), "deadline", events.Int64(e.Deadline),
		"from", events.Quoted(e.From.String()), "reason", events.Text(e.Reason), "seller", events.Uint32(e.Seller),
		"to", events.Quoted(e.To.String()),
	)
}

// SDKEvent is what EmitTypedEvent emits. Contract and voucher must have been checked.
func (e *EventSettled) SDKEvent() sdk.Event {
	return events.Make(e,
		"amount", events.Quoted(e.Amount.String()), "by_silence", strconv.FormatBool(e.BySilence),
		"contract", events.Quoted(e.Contract), "voucher", events.Quoted(e.Voucher),
	)
}
