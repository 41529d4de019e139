package main

import (
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
)

// stateBytes measures how much a settled trade leaves behind in all stores.
func stateBytes(int) ([]Figure, error) {
	w, err := newWorld(serverconfig.BlockExecutorSequential)
	if err != nil {
		return nil, err
	}
	// The first round writes what is there once for each merchant.
	for round := range 2 {
		txs, err := w.tradeBlock(round)
		if err != nil {
			return nil, err
		}
		if round == 1 {
			before := w.size()
			if err := w.block(txs); err != nil {
				return nil, err
			}
			f := series{float64(w.size()-before) / pairs}.figure("state of a settled trade, keys and values", "bytes")
			f.Aim = "under 3,000"
			return []Figure{f}, nil
		}
		if err := w.block(txs); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// size is the sum of all keys' and values' lengths.
func (w *world) size() (total int) {
	ctx := w.app.NewContextLegacy(true, cmtproto.Header{Height: w.app.LastBlockHeight()})
	for _, name := range w.app.StoreNames() {
		it := ctx.KVStore(w.app.Key(name)).Iterator(nil, nil)
		for ; it.Valid(); it.Next() {
			total += len(it.Key()) + len(it.Value())
		}
		_ = it.Close()
	}
	return total
}
