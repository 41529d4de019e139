package chains

import (
	"context"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/app"
)

// recorder keeps what the last block answered: recognition's packets leave in
// EndBlock, whose events ibc-go's testing does not hand out.
type recorder struct{ last abci.ResponseFinalizeBlock }

func (r *recorder) ListenFinalizeBlock(_ context.Context, _ abci.RequestFinalizeBlock, res abci.ResponseFinalizeBlock) error {
	r.last = res
	return nil
}

func (*recorder) ListenCommit(context.Context, abci.ResponseCommit, []*storetypes.StoreKVPair) error {
	return nil
}

func (r *recorder) option(app *baseapp.BaseApp) {
	app.SetStreamingManager(storetypes.StreamingManager{ABCIListeners: []storetypes.ABCIListener{r}})
}

// injector puts transactions into the next block that ibc-go's testing makes,
// which by itself makes blocks of one transaction or none.
type injector struct {
	*app.App
	txs [][]byte
}

// FinalizeBlock implements servertypes.ABCI.
func (i *injector) FinalizeBlock(req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	req.Txs, i.txs = append(req.Txs, i.txs...), nil
	return i.App.FinalizeBlock(req)
}

// Block runs one block with the given transactions and commits it, whatever they answer.
func (c *Chain) Block(txs [][]byte) []*abci.ExecTxResult {
	c.Coordinator.UpdateTimeForChain(c.TestChain)
	c.injector.txs = txs
	c.NextBlock()
	c.Coordinator.IncrementTime()
	return c.recorder.last.TxResults
}

// LastBlock is what the last block answered.
func (c *Chain) LastBlock() abci.ResponseFinalizeBlock { return c.recorder.last }

// Packets are those that left in the last block's EndBlock.
func (c *Chain) Packets() []channeltypes.Packet {
	packets, err := ibctesting.ParseIBCV1Packets(channeltypes.EventTypeSendPacket, c.recorder.last.Events)
	if err != nil {
		return nil // none left
	}
	return packets
}
