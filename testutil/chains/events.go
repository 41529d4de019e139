package chains

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/app"
)

// Block is what a chain was asked to run in one block, and what it answered.
type Block struct {
	Request  abci.RequestFinalizeBlock
	Response abci.ResponseFinalizeBlock
}

// recorder keeps what the blocks asked and answered: recognition's packets leave
// in EndBlock, whose events ibc-go's testing does not hand out.
type recorder struct{ blocks []Block }

func (r *recorder) ListenFinalizeBlock(_ context.Context, req abci.RequestFinalizeBlock, res abci.ResponseFinalizeBlock) error {
	r.blocks = append(r.blocks, Block{req, res})
	return nil
}

func (r *recorder) last() abci.ResponseFinalizeBlock { return r.blocks[len(r.blocks)-1].Response }

func (*recorder) ListenCommit(context.Context, abci.ResponseCommit, []*storetypes.StoreKVPair) error {
	return nil
}

func (r *recorder) option(app *baseapp.BaseApp) {
	app.SetStreamingManager(storetypes.StreamingManager{ABCIListeners: []storetypes.ABCIListener{r}})
}

// injector puts transactions and proofs of misbehaviour into the next block that
// ibc-go's testing makes, which by itself makes blocks of one transaction or none.
type injector struct {
	*app.App
	txs         [][]byte
	misbehavior []abci.Misbehavior
}

// FinalizeBlock implements servertypes.ABCI.
func (i *injector) FinalizeBlock(req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	req.Txs, i.txs = append(req.Txs, i.txs...), nil
	req.Misbehavior, i.misbehavior = append(req.Misbehavior, i.misbehavior...), nil
	return i.App.FinalizeBlock(req)
}

// Block runs one block with the given transactions and commits it, whatever they answer.
func (c *Chain) Block(txs [][]byte) []*abci.ExecTxResult {
	c.Coordinator.UpdateTimeForChain(c.TestChain)
	c.injector.txs = txs
	c.NextBlock()
	c.Coordinator.IncrementTime()
	return c.recorder.last().TxResults
}

// LastBlock is what the last block answered.
func (c *Chain) LastBlock() abci.ResponseFinalizeBlock { return c.recorder.last() }

// Blocks are all blocks of the chain so far, the first one first.
func (c *Chain) Blocks() []Block { return c.recorder.blocks }

// Packets are those of IBC classic that left in the last block's EndBlock.
func (c *Chain) Packets() []channeltypes.Packet {
	return c.recorder.blocks[len(c.recorder.blocks)-1].Packets()
}
