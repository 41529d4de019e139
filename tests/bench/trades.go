package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"cosmossdk.io/math"

	serverconfig "github.com/cosmos/cosmos-sdk/server/config"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	product "github.com/shugu-network/shugu/x/product/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func deal(i int, id string, round int) trade.Deal {
	root := sha256.Sum256([]byte("terms"))
	return trade.Deal{
		Seller: memberNumber(i), Buyer: memberNumber(pairs + i), Product: id, ProductVersion: 1,
		Lines: []voucher.Line{{What: "bench data set", Units: 1, Amount: math.NewInt(price)}}, Total: math.NewInt(price),
		DeliveryMode: product.DELIVERY_MODE_FILE, Split: split(i),
		FundWithin: 3_600, DeliverWithin: 3_600, AcceptWithin: 3_600, TermsRoot: root[:], OrderReference: fmt.Sprintf("HT-%d", round),
	}
}

// day is the date in UTC+8 that numbers and ids carry.
func day(t time.Time) string { return t.In(time.FixedZone("UTC+8", 8*3600)).Format("060102") }

// contractID of a seller's n-th quote of the day.
func contractID(t time.Time, seller, n uint32) string {
	return fmt.Sprintf("%s-%06d-%06d", day(t), seller, n)
}

// tradeBlock signs one whole trade of every pair, in the order in which they
// reach a proposer: all quotes, all agreements and so on.
func (w *world) tradeBlock(round int) ([][]byte, error) {
	now := w.time
	sealed, content := sha256.Sum256([]byte("sealed")), sha256.Sum256([]byte("content"))
	contract := func(i int) string { return contractID(now, memberNumber(i), uint32(round+1)) }
	var txs [][]byte
	for _, step := range []struct {
		by  func(int) string
		msg func(i int, signer string) sdk.Msg
	}{
		{seller, func(i int, s string) sdk.Msg {
			return &trade.MsgQuote{Signer: s, Deal: deal(i, w.products[i], round), ValidUntil: w.time.Unix() + 3_600}
		}},
		{buyer, func(i int, s string) sdk.Msg {
			return &trade.MsgAgree{Signer: s, Contract: contract(i), Deal: deal(i, w.products[i], round)}
		}},
		{buyer, func(i int, s string) sdk.Msg {
			return &trade.MsgFund{Signer: s, Contract: contract(i), Amount: math.NewInt(price)}
		}},
		{seller, func(i int, s string) sdk.Msg {
			return &trade.MsgDeliver{Signer: s, Contract: contract(i), SealedDigest: sealed[:], ContentDigest: content[:]}
		}},
		{buyer, func(i int, s string) sdk.Msg {
			return &trade.MsgAccept{Signer: s, Contract: contract(i), ContentDigest: content[:]}
		}},
	} {
		for i := range pairs {
			raw, err := w.sign(step.by(i), step.msg(i, w.account(step.by(i)).address))
			if err != nil {
				return nil, err
			}
			txs = append(txs, raw)
		}
	}
	return txs, nil
}

// sendBlock signs as many plain bank sends, between the same accounts.
func (w *world) sendBlock() ([][]byte, error) {
	var txs [][]byte
	for range 5 {
		for i := range pairs {
			raw, err := w.sign(seller(i), &banktypes.MsgSend{
				FromAddress: w.account(seller(i)).address, ToAddress: w.account(buyer(i)).address,
				Amount: sdk.NewCoins(sdk.NewInt64Coin(testDenom, 1)),
			})
			if err != nil {
				return nil, err
			}
			txs = append(txs, raw)
		}
	}
	return txs, nil
}

// timed runs a block and tells transactions per second.
func (w *world) timed(txs [][]byte) (float64, error) {
	start := time.Now()
	if err := w.block(txs); err != nil {
		return 0, err
	}
	return perSecond(len(txs), time.Since(start)), nil
}

// trades measures whole trades beside plain sends, on both executors.
func trades(rounds int) ([]Figure, error) {
	var figures []Figure
	hashes := map[executor][]byte{}
	medians := map[executor]series{}
	for _, exec := range []executor{serverconfig.BlockExecutorSequential, serverconfig.BlockExecutorBlockSTM} {
		w, err := newWorld(exec)
		if err != nil {
			return nil, err
		}
		var traded, sent series
		for round := range rounds {
			txs, err := w.tradeBlock(round)
			if err != nil {
				return nil, err
			}
			rate, err := w.timed(txs)
			if err != nil {
				return nil, err
			}
			traded = append(traded, rate)
			if txs, err = w.sendBlock(); err != nil {
				return nil, err
			}
			if rate, err = w.timed(txs); err != nil {
				return nil, err
			}
			sent = append(sent, rate)
		}
		f := traded.figure("trades, "+string(exec), "tx/s").beside("bank sends", sent)
		if exec == serverconfig.BlockExecutorSequential {
			f.Aim = "at least 0.8 of the sends"
		}
		figures = append(figures, f)
		hashes[exec], medians[exec] = w.app.LastCommitID().Hash, traded
	}
	if !bytes.Equal(hashes[serverconfig.BlockExecutorSequential], hashes[serverconfig.BlockExecutorBlockSTM]) {
		return nil, errors.New("the two executors reach different application hashes")
	}
	stm := medians[serverconfig.BlockExecutorBlockSTM]
	return append(figures, stm.figure("trades, Block-STM beside sequential", "tx/s").
		beside("sequential", medians[serverconfig.BlockExecutorSequential])), nil
}
