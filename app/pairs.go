package app

import (
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	clienttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
)

// pairsDiffer refuses to pair a client with one of the same identifier at the other end
// (IBC v2). IBC core would take it, and afterwards refuse the genesis that is exported
// with it, so that one relayer could keep a chain from starting again from an export.
type pairsDiffer struct{}

// AnteHandle implements sdk.AnteDecorator.
func (pairsDiffer) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	for _, msg := range tx.GetMsgs() {
		if m, ok := msg.(*clienttypesv2.MsgRegisterCounterparty); ok && m.ClientId == m.CounterpartyClientId {
			return ctx, errorsmod.Wrapf(sdkerrors.ErrInvalidRequest,
				"counterparty_client_id: expected another identifier than %s, the client's own: create one more client at one end, and pair that", m.ClientId)
		}
	}
	return next(ctx, tx, simulate)
}
