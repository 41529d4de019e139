package cmd

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/testnet"
)

const flagDir = "dir"

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
