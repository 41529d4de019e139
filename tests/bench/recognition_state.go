package main

import (
	"encoding/binary"
	"fmt"
	"testing"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// recognisedBytes counts keys and values of the destination's store for a voucher that
// was recognised, its nullifier included, and for its settlement: by packet, and by proof.
func recognisedBytes(int) ([]Figure, error) {
	const vouchers = 40 // and their settlements: one packet
	var figures []Figure
	for _, way := range []struct {
		name  string
		bring func(a, b *chains.Chain, link chains.Linked, sold []voucher.Voucher) error
	}{{"packet", presentAll}, {"proof", proveAll}} {
		n := chains.New(&testing.T{}, originID, destinationID)
		a, b := n.Chain(originID), n.Chain(destinationID)
		link := chains.Link(a, b)
		sold, err := book(a, firstMadeUp, vouchers)
		if err != nil {
			return nil, err
		}
		if err := way.bring(a, b, link, sold); err != nil {
			return nil, err
		}
		each := map[recognitiontypes.RecordKind]float64{}
		for _, kind := range []recognitiontypes.RecordKind{recognitiontypes.RECORD_KIND_VOUCHER, recognitiontypes.RECORD_KIND_SETTLEMENT} {
			prefix := binary.BigEndian.AppendUint32(append(append([]byte{0x30}, originID...), 0), uint32(kind))
			count, bytes, err := storedUnder(b, prefix)
			if err != nil {
				return nil, err
			}
			if count != vouchers {
				return nil, fmt.Errorf("recognised by %s: expected %d of %s, got %d", way.name, vouchers, kind, count)
			}
			each[kind] = float64(bytes) / vouchers
		}
		_, index, err := storedUnder(b, recognitiontypes.TellingPrefix.Bytes())
		if err != nil {
			return nil, err
		}
		of := series{each[recognitiontypes.RECORD_KIND_VOUCHER] + float64(index)/vouchers}.figure("state of a recognised voucher, by "+way.name, "bytes")
		of.Aim = "under 400"
		figures = append(figures, of, series{each[recognitiontypes.RECORD_KIND_SETTLEMENT]}.figure("state of its settlement, by "+way.name, "bytes"))
	}
	return figures, nil
}

// storedUnder counts what a chain keeps under a prefix of recognition's store, and the
// bytes of its keys and values.
func storedUnder(c *chains.Chain, prefix []byte) (count, bytes int, err error) {
	it := c.Query().KVStore(c.Shugu.Key(recognitiontypes.StoreKey)).Iterator(prefix, storetypes.PrefixEndBytes(prefix))
	for ; it.Valid(); it.Next() {
		count++
		bytes += len(it.Key()) + len(it.Value())
	}
	return count, bytes, it.Close()
}

// presentAll presents vouchers and has the packet carried.
func presentAll(a, b *chains.Chain, link chains.Linked, sold []voucher.Voucher) error {
	var txs [][]byte
	for i, v := range sold {
		raw, err := a.Sign("seller", uint64(i), 2_000_000, &recognitiontypes.MsgPresent{Signer: a.Address("seller"), Voucher: v.Number, ChainId: b.ChainID})
		if err != nil {
			return err
		}
		txs = append(txs, raw)
	}
	for _, r := range a.Block(txs) {
		if r.Code != 0 {
			return fmt.Errorf("present: %s", r.Log)
		}
	}
	for _, packet := range a.Packets() {
		if err := link.Path.RelayPacket(packet); err != nil {
			return err
		}
	}
	return nil
}

// proveAll brings vouchers by proof.
func proveAll(a, b *chains.Chain, link chains.Linked, sold []voucher.Voucher) error {
	raw, err := prove(link.Path.EndpointB, a, b, sold)
	if err != nil {
		return err
	}
	if r := b.Block([][]byte{raw})[0]; r.Code != 0 {
		return fmt.Errorf("prove: %s", r.Log)
	}
	return nil
}
