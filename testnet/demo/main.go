// Command demo tells the story of one trade on two real chains: it starts
// them, links them with a relayer, runs the ten steps with a real file, has the
// voucher recognised and checked, and stops everything that it started.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/appgenesis"
	"github.com/shugu-network/shugu/testnet/story"
)

func main() {
	var o options
	flag.StringVar(&o.data, "data", "", "file to sell; the time-zone database of the Go toolchain when not given")
	flag.StringVar(&o.dir, "dir", "build/demo", "folder for everything that the demo leaves")
	flag.StringVar(&o.bin, "bin", "build/bin", "folder of shugud and rly")
	flag.BoolVar(&o.keep, "keep", false, "leave the network up")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

type options struct {
	data, dir, bin string
	keep           bool
}

func run(ctx context.Context, o options) error {
	if o.data == "" {
		var err error
		if o.data, err = story.DefaultData(ctx); err != nil {
			return err
		}
	}
	if _, err := os.Stat(o.data); err != nil {
		return fmt.Errorf("the file to sell: %w; name another with make demo DATA=path", err)
	}
	for _, path := range []*string{&o.dir, &o.bin} {
		abs, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = abs
	}
	n, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	defer func() {
		if o.keep {
			return
		}
		// The run's own context may be over; stopping must not be cut short by it.
		if err := n.Down(context.WithoutCancel(ctx)); err != nil {
			fmt.Fprintln(os.Stderr, "demo: stop the network:", err)
		}
	}()
	return play(ctx, o, n)
}

// prepare replaces what an earlier run left and lays out two chains.
func prepare(ctx context.Context, o options) (*testnet.Network, error) {
	root := filepath.Join(o.dir, "network")
	if old, err := testnet.Open(root); err == nil {
		if err := old.Down(ctx); err != nil {
			return nil, fmt.Errorf("stop the network of an earlier run: %w", err)
		}
	}
	if err := clear(o.dir); err != nil {
		return nil, err
	}
	cfg := testnet.Config{
		Root: root, Binary: filepath.Join(o.bin, "shugud"), Relayer: filepath.Join(o.bin, "rly"),
		Genesis: appgenesis.Build, Detach: o.keep, Logf: say,
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

// clear removes an earlier run's files, and refuses a folder that is not one's.
func clear(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "network")); err != nil && len(entries) > 0 {
		return fmt.Errorf("%s holds files that are not a demo's; choose another --dir", dir)
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.MkdirAll(dir, 0o755)
}

func play(ctx context.Context, o options, n *testnet.Network) error {
	start := time.Now()
	say("Shugu 数谷 — one trade on two exchanges' chains 两地数据交易所，一笔交易\n")
	if err := n.Up(ctx); err != nil {
		return err
	}
	if _, err := n.Link(ctx); err != nil {
		return err
	}
	if err := n.StartRelayer(ctx); err != nil {
		return err
	}
	summary, err := story.Run(ctx, story.Config{
		Network: n, Binary: filepath.Join(o.bin, "shugud"),
		Origin: "shugu-hangzhou-1", Destination: "shugu-shanghai-1",
		Data: o.data, Dir: o.dir, Say: say,
	})
	if err != nil {
		return err
	}
	if !summary.TamperedBundleRefused {
		return errors.New("the verifier took a bundle with a changed byte")
	}
	say("\nDone 完成 in %s. All files: %s (summary.json, bundle.json, root.json, logs below network/)",
		time.Since(start).Round(time.Second), o.dir)
	if o.keep {
		tellHow(o, n)
	}
	return nil
}

// tellHow says how to talk to a network that was left up.
func tellHow(o options, n *testnet.Network) {
	shugud := filepath.Join(o.bin, "shugud")
	say("\nThe network is up 网络仍在运行:")
	for _, c := range n.Chains() {
		say("  %s  %s\n    %s query voucher list --home %s", c.ID(), c.RPC(), shugud, c.Home())
	}
	root := filepath.Join(o.dir, "network")
	say("  status: %s localnet status --dir %s\n  stop:   %s localnet down --dir %s", shugud, root, shugud, root)
}

func say(format string, args ...any) {
	fmt.Println(strings.TrimRight(fmt.Sprintf(format, args...), "\n"))
}
