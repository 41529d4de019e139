package chains

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/app"
)

// Packets are those of IBC classic that left in the block's EndBlock.
func (b Block) Packets() []channeltypes.Packet {
	packets, err := ibctesting.ParseIBCV1Packets(channeltypes.EventTypeSendPacket, b.Response.Events)
	if err != nil {
		return nil // none left
	}
	// The events of IBC v2's packets have the same name.
	return slices.DeleteFunc(packets, func(p channeltypes.Packet) bool { return p.SourcePort == "" })
}

// Compare says in what another node's answer to the block differs: a result, its gas,
// an event, the application hash. A node that was imported stores the same state in
// other trees, so its hash is compared with that of its like only.
func (b Block) Compare(got *abci.ResponseFinalizeBlock, imported bool) error {
	height := b.Request.Height
	if len(got.TxResults) != len(b.Response.TxResults) {
		return fmt.Errorf("block %d: expected %d results, got %d", height, len(b.Response.TxResults), len(got.TxResults))
	}
	for i, want := range b.Response.TxResults {
		if err := sameResult(want, got.TxResults[i]); err != nil {
			return fmt.Errorf("block %d, transaction %d: %w", height, i, err)
		}
	}
	if !reflect.DeepEqual(b.Response.Events, got.Events) {
		return fmt.Errorf("block %d: expected events %v, got %v", height, b.Response.Events, got.Events)
	}
	if !imported && !bytes.Equal(b.Response.AppHash, got.AppHash) {
		return fmt.Errorf("block %d: expected application hash %X, got %X", height, b.Response.AppHash, got.AppHash)
	}
	return nil
}

// sameResult names the first thing in which two results differ.
func sameResult(want, got *abci.ExecTxResult) error {
	switch {
	case want.Codespace != got.Codespace || want.Code != got.Code || want.Log != got.Log:
		return fmt.Errorf("expected %s/%d %q, got %s/%d %q", want.Codespace, want.Code, want.Log, got.Codespace, got.Code, got.Log)
	case want.GasUsed != got.GasUsed || want.GasWanted != got.GasWanted:
		return fmt.Errorf("expected gas %d of %d, got %d of %d", want.GasUsed, want.GasWanted, got.GasUsed, got.GasWanted)
	case !bytes.Equal(want.Data, got.Data):
		return fmt.Errorf("expected data %X, got %X", want.Data, got.Data)
	case !reflect.DeepEqual(want, got):
		return fmt.Errorf("expected %v, got %v", want, got)
	}
	return nil
}

// Export is a node's state as a genesis that starts one above its last block.
func Export(node *app.App, like *genutiltypes.AppGenesis) (*genutiltypes.AppGenesis, error) {
	state, err := node.Export(false, nil)
	if err != nil {
		return nil, err
	}
	genesis := genutiltypes.NewAppGenesisWithVersion(like.ChainID, state.AppState)
	genesis.InitialHeight, genesis.GenesisTime = state.Height, like.GenesisTime
	params := cmttypes.ConsensusParamsFromProto(state.ConsensusParams)
	genesis.Consensus = &genutiltypes.ConsensusGenesis{Validators: state.Validators, Params: &params}
	return genesis, genesis.ValidateAndComplete()
}
