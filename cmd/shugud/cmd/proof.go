package cmd

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/prove"
	"github.com/shugu-network/shugu/verify"
)

// rpcTimeout bounds each request to the node, in seconds.
const rpcTimeout = 30

// NewVoucherProofCmd makes `shugud query voucher proof`.
func NewVoucherProofCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "proof NUMBER [NUMBER...]",
		Short: "Write a court's bundle: a voucher, its settlement and status, with proofs",
		Long: `Write a court's bundle to standard output: the voucher, its settlement record and its
status (or that there is none), with proofs up to a header that the validators signed.

NUMBER is 24 digits, or as printed: 3301-261123-000012-000001-24. The bundle is checked
against the node's own validators before it is written; a court checks it against a
trust root that it got elsewhere.

When the validators have changed since the court's trust root, give its height: the
bundle then carries each change since, signed by the validators before. A bundle made so
fits trust roots of that height up to the first change; without --since it fits roots
that have the latest validators.

With -O FOLDER each voucher's bundle goes into a file of the folder, NUMBER.json. Bundles
that are made together lie under one header, so that another chain can recognise up to
100 of them in one transaction: shugud recognize FOLDER.`,
		Example: "  shugud query voucher proof 3301-261123-000012-000001-24 > bundle.json\n" +
			"  shugud query voucher proof 3301-261123-000012-000001-24 --since 120000 > bundle.json\n" +
			"  shugud query voucher proof 3301-261123-000012-000001-24 3301-261123-000012-000002-94 -O bundles",
		Args: cobra.MinimumNArgs(1),
	}
	since := cmd.Flags().Int64("since", 0, "height of the trust root that the bundle is for; 0: a root with the latest validators")
	folder := cmd.Flags().StringP("out", "O", "", "folder: write each bundle into a file of it")
	return newProveCmd(cmd, func(ctx context.Context, node prove.Node, args []string) ([]byte, error) {
		if *since < 0 {
			return nil, fmt.Errorf("--since: expected a height of 1 or more, or 0, got %d", *since)
		}
		if len(args) > 1 && *folder == "" {
			return nil, fmt.Errorf("expected one voucher, or -O FOLDER for their bundles, got %d vouchers", len(args))
		}
		bundles, err := prove.Bundles(ctx, node, args, *since)
		if err != nil {
			return nil, err
		}
		if *folder == "" {
			return bundles[0].Encode()
		}
		return writeBundles(*folder, bundles)
	})
}

// writeBundles writes each bundle into a file of a folder, and returns their paths.
func writeBundles(folder string, bundles []*verify.Bundle) ([]byte, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	var paths bytes.Buffer
	for _, b := range bundles {
		encoded, err := b.Encode()
		if err != nil {
			return nil, err
		}
		path := filepath.Join(folder, b.Number+".json")
		if err := os.WriteFile(path, encoded, 0o644); err != nil {
			return nil, err
		}
		fmt.Fprintln(&paths, path)
	}
	return paths.Bytes(), nil
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
