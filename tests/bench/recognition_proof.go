package main

import (
	"fmt"
	"testing"
	"time"

	"cosmossdk.io/math"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// firstMadeUp is beyond the numbers that the chain itself gives on the day.
const firstMadeUp = 500_000

// book writes made-up vouchers with their settlement records into the stores of a chain,
// as if they had been sold there, and commits it; the next block's header proves it.
func book(c *chains.Chain, from uint32, n int) ([]voucher.Voucher, error) {
	ctx, out := c.GetContext(), make([]voucher.Voucher, n)
	for i := range out {
		v := madeUp(c.ChainID, from+uint32(i))
		value, err := voucher.EncodeVoucher(v)
		if err != nil {
			return nil, err
		}
		record := settlement.Record{
			Id: v.Settlement, ChainId: v.ChainId, Seller: v.Seller.Member, Buyer: v.Buyer.Member, Amount: v.Total,
			Payouts: []settlement.Payout{{Member: v.Seller.Member, Amount: math.NewInt(price)}}, Voucher: v.Number, SettledAt: v.IssuedAt, Height: 1,
		}
		settled, err := record.Marshal()
		if err != nil {
			return nil, err
		}
		ctx.KVStore(c.Shugu.Key(voucher.StoreKey)).Set(voucher.VoucherKey(v.Number), value)
		ctx.KVStore(c.Shugu.Key(settlement.StoreKey)).Set(settlement.RecordKey(v.Settlement), settled)
		out[i] = v
	}
	c.Coordinator.CommitNBlocks(c.TestChain, 2)
	return out, nil
}

// prove makes the transaction that updates the destination's client and brings the
// vouchers with their proofs under that header.
func prove(end *ibctesting.Endpoint, a, b *chains.Chain, vouchers []voucher.Voucher) ([]byte, error) {
	header, err := a.IBCClientHeader(a.LatestCommittedHeader, end.GetClientLatestHeight().(clienttypes.Height))
	if err != nil {
		return nil, err
	}
	update, err := clienttypes.NewMsgUpdateClient(end.ClientID, header, b.Address("relayer"))
	if err != nil {
		return nil, err
	}
	height := a.LatestCommittedHeader.Header.Height
	proven := &recognitiontypes.MsgRecognizeByProof{Signer: b.Address("relayer"), ChainId: a.ChainID, ProofHeight: uint64(height)}
	ctx := a.Query()
	for _, v := range vouchers {
		p := recognitiontypes.ProvenVoucher{Status: recognitiontypes.ProvenStatus{Number: v.Number}}
		p.Voucher = ctx.KVStore(a.Shugu.Key(voucher.StoreKey)).Get(voucher.VoucherKey(v.Number))
		p.Settlement = ctx.KVStore(a.Shugu.Key(settlement.StoreKey)).Get(settlement.RecordKey(v.Settlement))
		p.VoucherProof, _ = a.QueryProofForStore(voucher.StoreKey, voucher.VoucherKey(v.Number), height)
		p.SettlementProof, _ = a.QueryProofForStore(settlement.StoreKey, settlement.RecordKey(v.Settlement), height)
		p.Status.Proof, _ = a.QueryProofForStore(voucher.StatusStoreKey, voucher.StatusKey(v.Number), height)
		proven.Vouchers = append(proven.Vouchers, p)
	}
	return b.Sign("relayer", 0, 250_000_000, update, proven)
}

// byProof measures vouchers recognised per second by proof, the client's update, three
// proofs each and commit included, by how many come under one update. One transaction
// stands in a block.
func byProof(rounds int) ([]Figure, error) {
	n := chains.New(&testing.T{}, originID, destinationID)
	a, b := n.Chain(originID), n.Chain(destinationID)
	end := chains.Link(a, b).Path.EndpointB
	var figures []Figure
	var single series
	next := uint32(firstMadeUp)
	for _, size := range []int{1, 10, 100} {
		var rates, bytes series
		for range rounds {
			vouchers, err := book(a, next, size)
			if err != nil {
				return nil, err
			}
			next += uint32(size)
			raw, err := prove(end, a, b, vouchers)
			if err != nil {
				return nil, err
			}
			start := time.Now()
			result := b.Block([][]byte{raw})[0]
			rates = append(rates, perSecond(size, time.Since(start)))
			if result.Code != 0 {
				return nil, fmt.Errorf("recognise by proof: %s", result.Log)
			}
			bytes = append(bytes, float64(len(raw)))
		}
		f := rates.figure(fmt.Sprintf("vouchers recognised by proof, %d an update", size), "/s")
		if size == 1 {
			single = rates
		} else {
			f = f.beside("1 an update", single)
		}
		figures = append(figures, f, bytes.figure(fmt.Sprintf("transaction of proofs, %d an update", size), "bytes"))
	}
	return figures, nil
}
