// Package lightclient wraps ibc-go's 07-tendermint light client, which freezes without
// telling anyone: whoever recognised something on the word of a client has to know when
// that client was told two stories.
package lightclient

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
)

// Doubts notes what becomes of a client's word.
type Doubts interface {
	// MarkDoubt notes that everything above a height of the client is in doubt.
	MarkDoubt(ctx sdk.Context, clientID string, above uint64) error
	// MarkRecovered notes that the council has recovered the client, which goes on from a
	// height of its chain, and has it forget what is in doubt.
	MarkRecovered(ctx sdk.Context, clientID string, latest uint64) error
}

// Module is the 07-tendermint light client module, and notes doubts.
type Module struct {
	exported.LightClientModule
	doubts Doubts
}

var _ exported.LightClientModule = Module{}

// New wraps a 07-tendermint module.
func New(inner exported.LightClientModule, doubts Doubts) Module {
	return Module{LightClientModule: inner, doubts: doubts}
}

// UpdateStateOnMisbehaviour freezes the client and marks it. The transaction must hold no
// message that fails with a frozen client, for that would undo both: whoever submits
// evidence sends it alone.
func (m Module) UpdateStateOnMisbehaviour(ctx sdk.Context, clientID string, msg exported.ClientMessage) {
	m.LightClientModule.UpdateStateOnMisbehaviour(ctx, clientID, msg)
	if err := m.doubts.MarkDoubt(ctx, clientID, Above(msg)); err != nil {
		panic(err) // the store's own; the signature leaves no other way to undo the transaction
	}
}

// RecoverClient has the council's substitute take over, and notes it.
func (m Module) RecoverClient(ctx sdk.Context, clientID, substituteID string) error {
	if err := m.LightClientModule.RecoverClient(ctx, clientID, substituteID); err != nil {
		return err
	}
	return m.doubts.MarkRecovered(ctx, clientID, m.LatestHeight(ctx, clientID).GetRevisionHeight())
}

// Above is the lowest height that evidence leaves in doubt, exclusive: the lower trusted
// height of two conflicting headers, or that of a header that conflicts with what is
// stored. Of a message of another kind everything is in doubt.
func Above(msg exported.ClientMessage) uint64 {
	switch m := msg.(type) {
	case *ibctm.Misbehaviour:
		return min(m.Header1.TrustedHeight.RevisionHeight, m.Header2.TrustedHeight.RevisionHeight)
	case *ibctm.Header:
		return m.TrustedHeight.RevisionHeight
	default:
		return 0
	}
}
