package main

import (
	"fmt"
	"time"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"cosmossdk.io/log/v2"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// permission measures the door's check of who may send a message, over the stores as a block
// finds them, and a second one, as the handlers make it, beside the whole handling of the same
// messages in a block, commit included.
func permission(rounds int) ([]Figure, error) {
	w, err := newWorld(serverconfig.BlockExecutorSequential)
	if err != nil {
		return nil, err
	}
	var door, again, whole, share series
	for round := range rounds {
		txs, err := w.tradeBlock(round)
		if err != nil {
			return nil, err
		}
		first, second, messages, err := w.checked(txs)
		if err != nil {
			return nil, err
		}
		start := time.Now()
		if err := w.block(txs); err != nil {
			return nil, err
		}
		handled := time.Since(start)
		door = append(door, micros(first, messages))
		again = append(again, micros(second, messages))
		whole = append(whole, micros(handled, messages))
		share = append(share, 100*(first+second).Seconds()/handled.Seconds())
	}
	f := share.figure("permission checks, share of a message's handling", "%")
	f.Aim = "under 2"
	return []Figure{
		door.figure("permission check of a message, at the door", "µs").beside("its whole handling", whole),
		again.figure("permission check of a message, asked again", "µs"), f,
	}, nil
}

// checked is how long the checks of a block's transactions take, from stores of which nothing was
// read yet, and then once more.
func (w *world) checked(txs [][]byte) (first, second time.Duration, messages int, err error) {
	ctx := sdk.NewContext(w.app.CommitMultiStore().CacheMultiStore(), cmtproto.Header{Height: w.app.LastBlockHeight(), Time: w.time}, false, log.NewNopLogger())
	for _, raw := range txs {
		tx, err := w.app.TxConfig.TxDecoder()(raw)
		if err != nil {
			return 0, 0, 0, err
		}
		signed, ok := tx.(interface{ GetSigners() ([][]byte, error) })
		if !ok {
			return 0, 0, 0, fmt.Errorf("expected a signed transaction, got %T", tx)
		}
		signers, err := signed.GetSigners()
		if err != nil {
			return 0, 0, 0, err
		}
		for _, took := range []*time.Duration{&first, &second} {
			start := time.Now()
			if err := w.permitted(ctx, tx.GetMsgs(), signers); err != nil {
				return 0, 0, 0, err
			}
			*took += time.Since(start)
		}
		messages += len(tx.GetMsgs())
	}
	return first, second, messages, nil
}

// permitted asks for each message and signer, as the door does.
func (w *world) permitted(ctx sdk.Context, msgs []sdk.Msg, signers [][]byte) error {
	for _, msg := range msgs {
		for _, signer := range signers {
			if err := w.app.Permitted(ctx, sdk.MsgTypeURL(msg), signer); err != nil {
				return err
			}
		}
	}
	return nil
}

// micros is how many microseconds each of n things took.
func micros(d time.Duration, n int) float64 { return float64(d.Nanoseconds()) / 1_000 / float64(n) }
