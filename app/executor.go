package app

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// evenRunner makes both executors answer alike to bytes that are no transaction, which
// only a proposer that goes wrong puts into a block: by themselves one of them counts
// the gas of a read before it decodes, the other none, and gas is under consensus.
type evenRunner struct {
	sdk.TxRunner
	decode sdk.TxDecoder
}

// Run implements sdk.TxRunner.
func (r evenRunner) Run(ctx context.Context, ms storetypes.MultiStore, txs [][]byte, deliver sdk.DeliverTxFunc) ([]*abci.ExecTxResult, error) {
	results, err := r.TxRunner.Run(ctx, ms, txs, deliver)
	for i, result := range results {
		if result.Code != sdkerrors.ErrTxDecode.ABCICode() || result.Codespace != sdkerrors.ErrTxDecode.Codespace() {
			continue
		}
		if _, undecodable := r.decode(txs[i]); undecodable != nil {
			results[i] = sdkerrors.ResponseExecTxResultWithEvents(sdkerrors.ErrTxDecode, 0, 0, nil, false)
		}
	}
	return results, err
}

// Unwrap lets the SDK see which executor it is.
func (r evenRunner) Unwrap() sdk.TxRunner { return r.TxRunner }
