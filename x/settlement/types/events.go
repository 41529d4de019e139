package types

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/events"
)

// SDKEvent is what EmitTypedEvent emits. The id must have been checked.
func (e *EventEscrowOpened) SDKEvent() sdk.Event { return events.Make(e, "id", events.Quoted(e.Id)) }

// SDKEvent is what EmitTypedEvent emits. The id must have been checked.
func (e *EventSettled) SDKEvent() sdk.Event { return events.Make(e, "id", events.Quoted(e.Id)) }
