package cmd

import (
	"context"
	"fmt"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/prove"
)

// rpcTimeout bounds each request to the node, in seconds.
const rpcTimeout = 30

// NewVoucherProofCmd makes `shugud query voucher proof`.
func NewVoucherProofCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "proof NUMBER",
		Short: "Write a court's bundle: a voucher, its settlement and status, with proofs",
		Long: `Write a court's bundle to standard output: the voucher, its settlement record and its
status (or that there is none), with proofs up to a header that the validators signed.

NUMBER is 24 digits, or as printed: 3301-261123-000012-000001-24. The bundle is checked
against the node's own validators before it is written; a court checks it against a
trust root that it got elsewhere.

When the validators have changed since the court's trust root, give its height: the
bundle then carries each change since, signed by the validators before. A bundle made so
fits trust roots of that height up to the first change; without --since it fits roots
that have the latest validators.`,
		Example: "  shugud query voucher proof 3301-261123-000012-000001-24 > bundle.json\n" +
			"  shugud query voucher proof 3301-261123-000012-000001-24 --since 120000 > bundle.json",
		Args: cobra.ExactArgs(1),
	}
	since := cmd.Flags().Int64("since", 0, "height of the trust root that the bundle is for; 0: a root with the latest validators")
	return newProveCmd(cmd, func(ctx context.Context, node prove.Node, args []string) ([]byte, error) {
		if *since < 0 {
			return nil, fmt.Errorf("--since: expected a height of 1 or more, or 0, got %d", *since)
		}
		bundle, err := prove.Bundle(ctx, node, args[0], *since)
		if err != nil {
			return nil, err
		}
		return bundle.Encode()
	})
}

// NewTrustRootCmd makes `shugud query trust-root`.
func NewTrustRootCmd() *cobra.Command {
	return newProveCmd(&cobra.Command{
		Use:   "trust-root",
		Short: "Write the trust root: the chain's validators at the latest height",
		Long: `Write a trust root to standard output: chain id, latest height, header hash and the
validators with the names of their seats.

A node could lie about it. Before you pin it, compare header_hash and validators_hash
with what other exchanges' nodes say, or publish, for the same height.`,
		Example: "  shugud query trust-root > root.json",
		Args:    cobra.NoArgs,
	}, func(ctx context.Context, node prove.Node, _ []string) ([]byte, error) {
		root, err := prove.TrustRoot(ctx, node)
		if err != nil {
			return nil, err
		}
		return root.Encode()
	})
}

// newProveCmd gives a command the node flag and writes what run returns as it is.
func newProveCmd(cmd *cobra.Command, run func(ctx context.Context, node prove.Node, args []string) ([]byte, error)) *cobra.Command {
	address := cmd.Flags().String("node", "tcp://localhost:26657", "RPC address of a node, <host>:<port>; client.toml's when not given")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if ctx := client.GetClientContextFromCmd(cmd); !cmd.Flags().Changed("node") && ctx.NodeURI != "" {
			*address = ctx.NodeURI
		}
		node, err := rpchttp.NewWithTimeout(*address, "/websocket", rpcTimeout)
		if err != nil {
			return fmt.Errorf("--node: expected an address like tcp://localhost:26657, got %q: %w", *address, err)
		}
		out, err := run(cmd.Context(), node, args)
		if err != nil {
			return fmt.Errorf("node %s: %w", *address, err)
		}
		_, err = cmd.OutOrStdout().Write(out)
		return err
	}
	return cmd
}
