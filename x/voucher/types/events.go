package types

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/events"
)

// SDKEvent is what EmitTypedEvent emits. Number and settlement must have been checked.
func (e *EventIssued) SDKEvent() sdk.Event {
	return events.Make(e,
		"buyer", events.Uint32(e.Buyer), "number", events.Quoted(e.Number), "seller", events.Uint32(e.Seller),
		"settlement", events.Quoted(e.Settlement), "total", events.Quoted(e.Total.String()),
	)
}
