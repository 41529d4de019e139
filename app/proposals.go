package app

import (
	"errors"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
)

// proposals bounds what a block may hold. The SDK counts no block gas while blocks
// run in parallel, and accepts any proposal of a node without a mempool of its own;
// so one proposer that goes wrong could send blocks that take minutes. One rule
// serves both sides: what a node prepares, every other accepts (SECURITY-RULES 12).
type proposals struct{ decode sdk.TxDecoder }

// prepare keeps of CometBFT's transactions, in their order, those that the rule
// lets into one block of at most req.MaxTxBytes.
func (p proposals) prepare(ctx sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	block := p.block(ctx)
	txs := make([][]byte, 0, len(req.Txs))
	room := req.MaxTxBytes
	for _, raw := range req.Txs {
		size := cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{raw})
		if size > room {
			continue
		}
		if err := block.add(raw); err != nil {
			ctx.Logger().Debug("transaction is left out of the proposal", "height", req.Height, "err", err)
			continue
		}
		room -= size
		txs = append(txs, raw)
	}
	return &abci.ResponsePrepareProposal{Txs: txs}, nil
}

// process refuses a block with a transaction that the rule does not let in.
// CometBFT itself has bounded its bytes.
func (p proposals) process(ctx sdk.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	block := p.block(ctx)
	for i, raw := range req.Txs {
		if err := block.add(raw); err != nil {
			ctx.Logger().Error("proposal is refused", "height", req.Height, "proposer", fmt.Sprintf("%X", req.ProposerAddress), "transaction", i, "err", err)
			return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}, nil
		}
	}
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, nil
}

// block is an empty block under the consensus parameters of the context.
func (p proposals) block(ctx sdk.Context) *blockInMaking {
	b := &blockInMaking{decode: p.decode}
	if params := ctx.ConsensusParams().Block; params != nil && params.MaxGas > 0 {
		b.bounded, b.gas = true, uint64(params.MaxGas)
	}
	return b
}

// blockInMaking is a block that transactions are added to one by one.
type blockInMaking struct {
	decode  sdk.TxDecoder
	bounded bool
	gas     uint64 // left, when bounded
}

// add takes a transaction in, or says why it may not come into this block. Quotas
// and signatures are left to the block's execution, which refuses the transaction alone.
func (b *blockInMaking) add(raw []byte) error {
	gas, err := b.gasLimit(raw)
	if err != nil || !b.bounded {
		return err
	}
	if gas > b.gas {
		return fmt.Errorf("expected a gas limit of at most %d, which the block has left, got %d", b.gas, gas)
	}
	b.gas -= gas
	return nil
}

// gasLimit reads a transaction's gas limit, which is above 0.
func (b *blockInMaking) gasLimit(raw []byte) (gas uint64, err error) {
	// The SDK decodes bytes without a fee, even none at all, and panics when it is asked for
	// their gas. The panic of a proposer would send its whole mempool as the block.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("expected a whole transaction: %v", r)
		}
	}()
	tx, err := b.decode(raw)
	if err != nil {
		return 0, fmt.Errorf("expected a transaction: %w", err)
	}
	limited, ok := tx.(ante.GasTx)
	if !ok || limited.GetGas() == 0 {
		return 0, errors.New("expected a gas limit above 0, got none")
	}
	return limited.GetGas(), nil
}
