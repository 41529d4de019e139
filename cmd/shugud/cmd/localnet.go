package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/testnet"
	"github.com/shugu-network/shugu/testnet/appgenesis"
	"github.com/shugu-network/shugu/testnet/proc"
)

const (
	flagDir        = "dir"
	flagChains     = "chains"
	flagValidators = "validators"
	flagNoRelayer  = "no-relayer"
	flagDetach     = "detach"
	flagResume     = "resume"
	flagFollow     = "follow"
	flagLines      = "lines"
)

// NewLocalnetCmd drives the local network: chains of several validators and a
// relayer, as processes on this machine.
func NewLocalnetCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "localnet",
		Short: "A network on this machine (本地网络): up, down, status, logs",
		Long: "A network of several chains of several validators and a relayer, as processes on free ports of\n" +
			"this machine's loopback interface. Its keys lie on disk in the clear: it is for tests and learning.",
		// No client is needed, so the home folder is left alone.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
	}
	c.PersistentFlags().String(flagDir, filepath.Join("build", "localnet"), "folder of the network")
	c.PersistentFlags().StringP(flags.FlagOutput, "o", "text", "text or json")
	c.AddCommand(localnetUpCmd(), localnetDownCmd(), localnetStatusCmd(), localnetLogsCmd())
	return c
}

func localnetUpCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "up",
		Short: "Start a fresh network and keep it until ctrl-C",
		Long: "Lay a fresh network out, start it, link every two of its chains and start the relayer. It runs\n" +
			"until ctrl-C, or on its own with --detach. What an earlier network left in the folder is replaced,\n" +
			"unless --resume starts that one again.",
		Example: "  shugud localnet up\n  shugud localnet up --chains hangzhou,shanghai,shenzhen --validators 2 --detach\n" +
			"  shugud localnet up --chains hangzhou --validators 1 --no-relayer",
		Args: cobra.NoArgs,
		RunE: runLocalnetUp,
	}
	c.Flags().StringSlice(flagChains, []string{"hangzhou", "shanghai"}, "cities, a chain each: "+strings.Join(testnet.Cities(), ", "))
	c.Flags().Int(flagValidators, testnet.DefaultValidators, "validators of each chain")
	c.Flags().Bool(flagNoRelayer, false, "do not link the chains and start no relayer")
	c.Flags().Bool(flagDetach, false, "return when the network is up and leave it running")
	c.Flags().Bool(flagResume, false, "start the network that lies in the folder again, with its data")
	return c
}

func runLocalnetUp(cmd *cobra.Command, _ []string) error {
	ctx := cmd.Context()
	detach, err := cmd.Flags().GetBool(flagDetach)
	if err != nil {
		return err
	}
	resume, err := cmd.Flags().GetBool(flagResume)
	if err != nil {
		return err
	}
	cfg, err := localnetConfig(cmd)
	if err != nil {
		return err
	}
	cfg.Detach = detach
	n, err := startLocalnet(ctx, cfg, resume)
	if err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted; everything that was started is stopped")
		}
		return err
	}
	if err := printLocalnet(cmd, n.Status(ctx)); err != nil {
		return err
	}
	dir := cmd.Flags().Lookup(flagDir).Value.String()
	if detach {
		fmt.Fprintf(cmd.ErrOrStderr(), "to stop it: shugud localnet down --dir %s\n", dir)
		return nil
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "running until ctrl-C")
	crash := n.Watch(ctx)
	fmt.Fprintln(cmd.ErrOrStderr(), "stopping")
	return errors.Join(crash, n.Down(context.WithoutCancel(ctx)))
}

// startLocalnet starts and links a network; on failure nothing is left running.
func startLocalnet(ctx context.Context, cfg testnet.Config, resume bool) (*testnet.Network, error) {
	var n *testnet.Network
	var err error
	if resume {
		if n, err = testnet.Open(cfg.Root); err == nil {
			cfg.Logf("starting the network in %s again", cfg.Root)
			err = n.Resume(ctx, cfg.Detach)
		}
	} else if n, err = testnet.New(cfg); err == nil {
		err = n.Up(ctx)
	}
	if err != nil || cfg.Relayer == "" || !n.HasRelayer() {
		return n, err
	}
	if _, err = n.Link(ctx); err == nil {
		err = n.StartRelayer(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, n.Down(context.WithoutCancel(ctx)))
	}
	return n, nil
}

func localnetConfig(cmd *cobra.Command) (testnet.Config, error) {
	f := cmd.Flags()
	dir, err := f.GetString(flagDir)
	if err != nil {
		return testnet.Config{}, err
	}
	cities, err := f.GetStringSlice(flagChains)
	if err != nil {
		return testnet.Config{}, err
	}
	validators, err := f.GetInt(flagValidators)
	if err != nil {
		return testnet.Config{}, err
	}
	noRelayer, err := f.GetBool(flagNoRelayer)
	if err != nil {
		return testnet.Config{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return testnet.Config{}, err
	}
	cfg := testnet.Config{
		Root: dir, Binary: self, Genesis: appgenesis.Build,
		Logf: func(format string, args ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...) },
	}
	if !noRelayer && len(cities) > 1 {
		cfg.Relayer = findRelayer(self)
	}
	for _, city := range cities {
		spec, err := testnet.Standard(city, validators)
		if err != nil {
			return testnet.Config{}, fmt.Errorf("--%s: %w", flagChains, err)
		}
		cfg.Chains = append(cfg.Chains, spec)
	}
	return cfg, nil
}

// findRelayer looks for rly beside this program, then on the path.
func findRelayer(self string) string {
	beside := filepath.Join(filepath.Dir(self), "rly")
	if proc.Executable(beside) == nil {
		return beside
	}
	if found, err := exec.LookPath("rly"); err == nil {
		return found
	}
	return beside
}

func localnetDownCmd() *cobra.Command {
	return &cobra.Command{
		Use: "down", Short: "Stop every process of the network; its files stay", Args: cobra.NoArgs,
		Example: "  shugud localnet down",
		RunE: func(cmd *cobra.Command, _ []string) error {
			n, err := openLocalnet(cmd)
			if err != nil {
				return err
			}
			if err := n.Down(cmd.Context()); err != nil {
				return err
			}
			s := n.Status(cmd.Context())
			fmt.Fprintf(cmd.ErrOrStderr(), "every process is stopped; the files stay in %s\n", s.Root)
			if cmd.Flags().Lookup(flags.FlagOutput).Value.String() == flags.OutputFormatJSON {
				return printLocalnet(cmd, s)
			}
			return nil
		},
	}
}

func localnetStatusCmd() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show what runs where, with heights, ports and channels", Args: cobra.NoArgs,
		Example: "  shugud localnet status\n  shugud localnet status -o json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			n, err := openLocalnet(cmd)
			if err != nil {
				return err
			}
			return printLocalnet(cmd, n.Status(cmd.Context()))
		},
	}
}

func openLocalnet(cmd *cobra.Command) (*testnet.Network, error) {
	dir, err := cmd.Flags().GetString(flagDir)
	if err != nil {
		return nil, err
	}
	return testnet.Open(dir)
}

func printLocalnet(cmd *cobra.Command, s testnet.Status) error {
	format, err := cmd.Flags().GetString(flags.FlagOutput)
	if err != nil {
		return err
	}
	if format == flags.OutputFormatJSON {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetIndent("", "  ")
		return encoder.Encode(s)
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
	for _, chain := range s.Chains {
		for _, node := range chain.Nodes {
			fmt.Fprintf(w, "%s\t%s\t%s", node.Name, node.Moniker, running(node.ProcStatus))
			if node.Running {
				fmt.Fprintf(w, "\theight %d\trpc %s\tgrpc %s", node.Height, node.RPC, node.GRPC)
			}
			fmt.Fprintln(w)
		}
	}
	if s.Relayer != nil {
		fmt.Fprintf(w, "%s\t\t%s\n", s.Relayer.Name, running(*s.Relayer))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, l := range s.Links {
		fmt.Fprintf(cmd.OutOrStdout(), "link  %s %s (%s, %s)  <->  %s %s (%s, %s)\n",
			l.ChainA, l.ChannelA, l.ConnectionA, l.ClientA, l.ChainB, l.ChannelB, l.ConnectionB, l.ClientB)
	}
	for _, chain := range s.Chains {
		if !s.Running {
			break
		}
		fmt.Fprintf(cmd.OutOrStdout(), "talk to %s: shugud --home %s query consortium --help\n", chain.ID, chain.Home)
	}
	return nil
}

func running(p testnet.ProcStatus) string {
	if p.Running {
		return fmt.Sprintf("running (process %d)", p.PID)
	}
	return "stopped"
}

func localnetLogsCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "logs NODE|relayer|link", Short: "Show the log of a node, of the relayer, or of the handshakes", Args: cobra.ExactArgs(1),
		Example: "  shugud localnet logs hangzhou/node0\n  shugud localnet logs relayer -f",
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := openLocalnet(cmd)
			if err != nil {
				return err
			}
			path, err := n.LogFile(args[0])
			if err != nil {
				return err
			}
			follow, err := cmd.Flags().GetBool(flagFollow)
			if err != nil {
				return err
			}
			lines, err := cmd.Flags().GetInt(flagLines)
			if err != nil {
				return err
			}
			return showLog(cmd.Context(), cmd.OutOrStdout(), path, lines, follow)
		},
	}
	c.Flags().BoolP(flagFollow, "f", false, "go on until ctrl-C")
	c.Flags().IntP(flagLines, "n", 50, "how many of the last lines to begin with")
	return c
}

// showLog writes the last lines of a file, and with follow what is added to it.
func showLog(ctx context.Context, w io.Writer, path string, lines int, follow bool) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	begin, err := proc.LastLines(f, size, lines)
	if err != nil {
		return err
	}
	if _, err := f.Seek(begin, io.SeekStart); err != nil {
		return err
	}
	for {
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
		if !follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(200 * time.Millisecond):
		}
	}
}
