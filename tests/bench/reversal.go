package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/appgenesis"
	"github.com/shugu-network/shugu/testnet/story"
)

// bin is where `make build rly` leaves the programs that real networks run.
var bin = flag.String("bin", "build/bin", "folder of shugud and rly, for the group reversal")

// reversal measures on two real chains with a real relayer how long a reversal on one
// takes to become a mark on the other, beside the interval of the first one's blocks.
func reversal(rounds int) ([]Figure, error) {
	programs, err := filepath.Abs(*bin)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "shugu-bench-")
	if err != nil {
		return nil, err
	}
	n, err := realNetwork(programs, dir)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	figures, err := reversalsOn(ctx, n, filepath.Join(programs, "shugud"), dir, rounds)
	err = errors.Join(err, n.Down(ctx))
	if err != nil {
		return nil, err // the folder stays, with the logs that it names
	}
	return figures, os.RemoveAll(dir)
}

// realNetwork lays two standard chains and a relayer out, below a folder.
func realNetwork(programs, dir string) (*testnet.Network, error) {
	cfg := testnet.Config{
		Root: filepath.Join(dir, "network"), Binary: filepath.Join(programs, "shugud"), Relayer: filepath.Join(programs, "rly"),
		Genesis: appgenesis.Build, Logf: quiet,
	}
	for _, city := range []string{"hangzhou", "shanghai"} {
		chain, err := testnet.Standard(city, testnet.DefaultValidators)
		if err != nil {
			return nil, err
		}
		cfg.Chains = append(cfg.Chains, chain)
	}
	return testnet.New(cfg)
}

// reversalsOn runs the network, has a voucher recognised, and takes a part of it back in each round.
func reversalsOn(ctx context.Context, n *testnet.Network, shugud, dir string, rounds int) ([]Figure, error) {
	if err := n.Up(ctx); err != nil {
		return nil, err
	}
	if _, err := n.Link(ctx); err != nil {
		return nil, err
	}
	if err := n.StartRelayer(ctx); err != nil {
		return nil, err
	}
	data, err := story.DefaultData(ctx)
	if err != nil {
		return nil, err
	}
	steps := story.Until("recognition")
	for range rounds {
		steps = append(steps, "reversal")
	}
	summary, err := story.Run(ctx, story.Config{
		Network: n, Binary: shugud, Origin: originID, Destination: destinationID, Data: data, Dir: dir, Say: quiet, Steps: steps,
	})
	if err != nil {
		return nil, err
	}
	var seconds, blocks, interval series
	for _, r := range summary.Reversals {
		seconds, blocks = append(seconds, r.SecondsToMark), append(blocks, float64(r.BlocksToMark))
		last, err := n.Chain(originID).BlockTime(ctx, r.Height)
		if err != nil {
			return nil, err
		}
		const before = 5 // blocks, over which the interval is taken
		first, err := n.Chain(originID).BlockTime(ctx, r.Height-before)
		if err != nil {
			return nil, err
		}
		interval = append(interval, last.Sub(first).Seconds()/before)
	}
	return []Figure{
		seconds.figure("from a reversal to its mark, real relayer", "s").beside("a block's interval", interval),
		blocks.figure("the other chain's blocks in that time", "blocks"),
	}, nil
}

// quiet says nothing: the table is what is read.
func quiet(string, ...any) {}
