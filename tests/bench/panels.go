package main

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/peers"
	"github.com/shugu-network/shugu/testutil/chains"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

const (
	// seated exchanges validate at first; one more joins in each round, 40 at most.
	seated, joining = 4, 40
	// patience is after how many blocks without an effect a measurement gives up.
	patience = 20
)

// panels measures in blocks how soon what was decided has its effect.
func panels(rounds int) ([]Figure, error) {
	rounds = min(rounds, joining)
	n := chains.NewWith(&testing.T{}, []func(*app.GenesisSpec){chains.Exchanges(seated+joining, seated)}, originID)
	c := n.Chain(originID)
	var effect, seats, drop series
	for round := range rounds {
		waited, err := suspension(c)
		if err != nil {
			return nil, err
		}
		effect = append(effect, waited)
		if waited, err = newSeat(c, seated+round); err != nil {
			return nil, err
		}
		seats = append(seats, waited)
		if waited, err = revokedPeer(); err != nil {
			return nil, err
		}
		drop = append(drop, waited)
	}
	figures := []Figure{
		effect.figure("deciding vote to its effect", "blocks"), seats.figure("deciding vote to the new validator's vote", "blocks"),
		drop.figure("revoked node dropped, blocks of half a second", "blocks"),
	}
	for i, aim := range []string{"0, the same block", "2, CometBFT's least", "at most 10"} {
		figures[i].Aim = aim
	}
	return figures, nil
}

// until counts the further blocks that a chain makes until something is so.
func until(c *chains.Chain, done func() (bool, error)) (float64, error) {
	for blocks := range patience {
		yes, err := done()
		if err != nil || yes {
			return float64(blocks), err
		}
		c.Block(nil)
	}
	return 0, fmt.Errorf("no effect within %d blocks", patience)
}

// suspension has the council suspend a merchant, and reinstate it after that.
func suspension(c *chains.Chain) (float64, error) {
	number := chains.Number("seller")
	c.Decide(panel.Council, &consortium.MsgSuspend{Signer: chains.Council(), Member: number, Reason: "bench"})
	waited, err := until(c, func() (bool, error) {
		member, err := c.Shugu.Consortium.Member(c.Query(), number)
		return member.Status == consortium.MEMBER_STATUS_SUSPENDED, err
	})
	c.Decide(panel.Council, &consortium.MsgReinstate{Signer: chains.Council(), Member: number, Reason: "bench"})
	return waited, err
}

// newSeat has the council grant a seat.
func newSeat(c *chains.Chain, i int) (float64, error) {
	key := chains.ExchangeKey(i)
	before := c.LatestCommittedHeader.Header.ValidatorsHash
	c.Decide(panel.Council, &consortium.MsgGrantSeat{
		Signer: chains.Council(), Member: chains.Number(key), Moniker: key, ConsensusKey: c.ConsensusKey(key), AcceptUnsafe: true,
	})
	return until(c, func() (bool, error) {
		return !bytes.Equal(before, c.LatestCommittedHeader.Header.ValidatorsHash), nil
	})
}

// onePeer is a switch with one peer.
type onePeer struct {
	once    sync.Once
	dropped chan struct{}
}

func (o *onePeer) Connected() []string {
	select {
	case <-o.dropped:
		return nil
	default:
		return []string{"peer"}
	}
}
func (o *onePeer) Drop(string)       { o.once.Do(func() { close(o.dropped) }) }
func (o *onePeer) Dial(string) error { return nil }

type silent struct{}

func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}

// revokedPeer lets the node's watcher look after a peer that is revoked in block 1, with blocks of half a
// second, and counts the blocks until it is dropped.
func revokedPeer() (float64, error) {
	var height atomic.Int64
	connection := &onePeer{dropped: make(chan struct{})}
	watcher := peers.Watcher{
		Switch: connection, Logger: silent{}, Height: height.Load, Every: 200 * time.Millisecond, RedialEvery: 10 * time.Second, Self: "self",
		Standing: func(id string) error {
			if id == "peer" && height.Load() > 0 {
				return peers.ErrRefused
			}
			return nil
		},
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go watcher.Run(ctx)
	blocks := time.NewTicker(500 * time.Millisecond)
	defer blocks.Stop()
	for range patience {
		select {
		case <-connection.dropped:
			return float64(height.Load() - 1), nil
		case <-blocks.C:
			height.Add(1)
		}
	}
	return 0, fmt.Errorf("not dropped within %d blocks", patience)
}
