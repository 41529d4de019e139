package main

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"cosmossdk.io/math"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	ibctesting "github.com/cosmos/ibc-go/v11/testing"

	"github.com/shugu-network/shugu/testutil/chains"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// reverse takes one fen of a voucher back in the chain's next block, and runs it.
func reverse(c *chains.Chain, number string) error {
	_, err := c.Shugu.Voucher.Reverse(c.GetContext(), voucher.Reversal{
		Number: number, Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(1)}}, ReasonDigest: make([]byte, 32),
	})
	if err != nil {
		return err
	}
	c.Block(nil)
	return nil
}

// marked is the version of a voucher's status that a chain has heard from the origin; 0 for none.
func marked(c *chains.Chain, number string) (uint64, error) {
	res, err := recognitionkeeper.NewQueryServer(c.Shugu.Recognition).ForeignStatus(c.Query(), &recognitiontypes.QueryForeignStatusRequest{ChainId: originID, Number: number})
	if errors.Is(err, recognitiontypes.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return res.Detail.Version, nil
}

// reversalTravels counts the blocks from a reversal on one chain to its mark on the
// other: until the packet leaves, and from the block in which the relayer delivers it.
func reversalTravels(rounds int) ([]Figure, error) {
	n := chains.New(&testing.T{}, originID, destinationID)
	a, b := n.Chain(originID), n.Chain(destinationID)
	link := chains.Link(a, b)
	sold, err := book(a, firstMadeUp, 1)
	if err != nil {
		return nil, err
	}
	var leaves, delivered, cost series
	for version := uint64(1); version <= uint64(rounds); version++ {
		if err := reverse(a, sold[0].Number); err != nil {
			return nil, err
		}
		reversedAt := a.Shugu.LastBlockHeight()
		for len(a.Packets()) == 0 {
			a.Block(nil)
		}
		leaves = append(leaves, float64(a.Shugu.LastBlockHeight()-reversedAt))
		packet := a.Packets()[0]
		a.Block(nil) // its header proves the packet
		raw, err := deliver(link.Path.EndpointB, a, b, packet)
		if err != nil {
			return nil, err
		}
		deliveredAt, start := b.Shugu.LastBlockHeight()+1, time.Now()
		if r := b.Block([][]byte{raw})[0]; r.Code != 0 {
			return nil, fmt.Errorf("deliver: %s", r.Log)
		}
		cost = append(cost, float64(time.Since(start).Microseconds()))
		for heard := uint64(0); heard < version; {
			if heard, err = marked(b, sold[0].Number); err != nil {
				return nil, err
			}
			if heard < version {
				b.Block(nil)
			}
		}
		delivered = append(delivered, float64(b.Shugu.LastBlockHeight()-deliveredAt))
	}
	f := delivered.figure("blocks from the relayer's delivery to the mark", "blocks")
	f.Aim = "at most 2"
	return []Figure{
		leaves.figure("blocks from a reversal to its packet", "blocks"), f,
		cost.figure("the block that delivers a reversal", "µs"),
	}, nil
}

// deliver makes a relayer's transaction: a client update and a packet.
func deliver(end *ibctesting.Endpoint, a, b *chains.Chain, packet channeltypes.Packet) ([]byte, error) {
	header, err := a.IBCClientHeader(a.LatestCommittedHeader, end.GetClientLatestHeight().(clienttypes.Height))
	if err != nil {
		return nil, err
	}
	update, err := clienttypes.NewMsgUpdateClient(end.ClientID, header, b.Address("relayer"))
	if err != nil {
		return nil, err
	}
	proof, height := a.QueryProof(host.PacketCommitmentKey(packet.SourcePort, packet.SourceChannel, packet.Sequence))
	return b.Sign("relayer", 0, 20_000_000, update, channeltypes.NewMsgRecvPacket(packet, proof, height, b.Address("relayer")))
}

// cpu is what the process has used until now.
func cpu() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, err
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// hubOfTen measures a reversal on a chain that has agreements with ten others: the packets
// that leave, and the processor time of its block beside that of an empty one.
func hubOfTen(rounds int) ([]Figure, error) {
	const counterparties = 10
	ids := []string{originID}
	for i := range counterparties {
		ids = append(ids, fmt.Sprintf("shugu-spoke%d-1", i))
	}
	n := chains.New(&testing.T{}, ids...)
	hub := n.Chain(originID)
	links := map[string]chains.Linked{}
	for _, id := range ids[1:] {
		links[id] = chains.Link(hub, n.Chain(id))
	}
	sold, err := book(hub, firstMadeUp, 1)
	if err != nil {
		return nil, err
	}
	var packets, busy, empty series
	timed := func(run func() error) (float64, error) {
		before, err := cpu()
		if err != nil {
			return 0, err
		}
		if err := run(); err != nil {
			return 0, err
		}
		after, err := cpu()
		return float64((after - before).Microseconds()), err
	}
	for range rounds {
		micros, err := timed(func() error { hub.Block(nil); return nil })
		if err != nil {
			return nil, err
		}
		empty = append(empty, micros)
		if micros, err = timed(func() error { return reverse(hub, sold[0].Number) }); err != nil {
			return nil, err
		}
		busy, packets = append(busy, micros), append(packets, float64(len(hub.Packets())))
	}
	last := hub.Packets()
	for _, id := range ids[1:] {
		for _, packet := range last {
			if packet.SourceChannel == links[id].A {
				if err := links[id].Path.RelayPacket(packet); err != nil {
					return nil, err
				}
			}
		}
		heard, err := marked(n.Chain(id), sold[0].Number)
		if err != nil {
			return nil, err
		}
		if heard != uint64(rounds) {
			return nil, fmt.Errorf("%s: expected the status of version %d, got %d", id, rounds, heard)
		}
	}
	return []Figure{
		packets.figure("packets per reversal, hub of 10", "packets"),
		busy.figure("CPU of a block with a reversal, hub of 10", "µs").beside("an empty block", empty),
	}, nil
}
