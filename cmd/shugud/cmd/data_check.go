package cmd

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/data"
	product "github.com/shugu-network/shugu/x/product/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// checked is how a check ended; with -o json it is printed as it is. Public interface.
type checked struct {
	Path           string `json:"path"`
	ManifestDigest string `json:"manifest_digest"`
	// Contract that it was compared with, empty when with the manifest alone.
	Contract string `json:"contract"`
	Matches  bool   `json:"matches"`
	// Files and Bytes that the manifest promises.
	Files int    `json:"files"`
	Bytes uint64 `json:"bytes"`
	// Differences, in words; empty when it matches.
	Differences []string `json:"differences"`
}

func newCheckCmd() *cobra.Command {
	var manifest, contract string
	c := &cobra.Command{
		Use: "check PATH --manifest manifest.json --contract ID", Short: "Is what I opened what the contract promised?", Args: cobra.ExactArgs(1),
		Long: `Compares PATH with the manifest, the manifest with what the product's version committed to on chain,
and a single file with what the seller committed to on delivery. A manifest that is not the contract's is
the one difference told then: PATH is not read.

With -o json: path, manifest_digest (SHA-256 of the manifest in canonical form), contract ("" without
--contract), matches, files and bytes (that the manifest promises), differences (a list of texts, []
when it matches). Exit codes: 0 it matches; 1 it does not, or it could not be compared, and then
nothing is printed on standard output.`,
		Example: "  shugud data check zoneinfo.zip --manifest manifest.json --contract 261123-000012-000001",
	}
	flags.AddQueryFlagsToCmd(c)
	c.Flags().StringVar(&manifest, "manifest", "", "the manifest that the seller gave")
	c.Flags().StringVar(&contract, "contract", "", "contract id; without it only the manifest is compared")
	if err := c.MarkFlagRequired("manifest"); err != nil {
		panic(err)
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		out, err := checkPath(cmd, args[0], manifest, contract)
		if err != nil {
			return err
		}
		return out.tell(cmd)
	}
	return c
}

func checkPath(cmd *cobra.Command, path, manifest, contract string) (*checked, error) {
	raw, err := readFile(cmd.InOrStdin(), manifest, data.MaxManifest)
	if err != nil {
		return nil, err
	}
	promised, err := data.Decode(raw)
	if err != nil {
		return nil, err
	}
	digest, err := promised.Digest()
	if err != nil {
		return nil, err
	}
	out := &checked{Path: path, ManifestDigest: hex.EncodeToString(digest), Contract: contract, Files: len(promised.Files), Bytes: promised.Size, Differences: []string{}}
	if contract != "" {
		difference, err := checkContract(cmd, contract, raw, promised)
		if err != nil {
			return nil, err
		}
		if difference != "" {
			out.Differences = append(out.Differences, difference)
			return out, nil
		}
	}
	draw, end := progress(os.Stderr, "checking 核对")
	differences, err := data.Check(cmd.Context(), path, promised, draw)
	end()
	if err != nil {
		return nil, err
	}
	out.Differences = append(out.Differences, differences...)
	out.Matches = len(out.Differences) == 0
	return out, nil
}

// tell prints how the check ended and fails when it does not match.
func (c *checked) tell(cmd *cobra.Command) error {
	w := cmd.OutOrStdout()
	if format, _ := cmd.Flags().GetString(flags.FlagOutput); format == flags.OutputFormatJSON {
		if err := json.NewEncoder(w).Encode(c); err != nil {
			return err
		}
	} else {
		for _, d := range c.Differences {
			fmt.Fprintln(w, d)
		}
		if c.Matches {
			fmt.Fprintf(w, "%s is what was promised 与约定一致: %d files, %d bytes\n", c.Path, c.Files, c.Bytes)
		}
	}
	if !c.Matches {
		return fmt.Errorf("%s is not what was promised 与约定不符: %d difference(s)", c.Path, len(c.Differences))
	}
	return nil
}

// checkContract compares the manifest with the chain's commitments and says in words where
// they differ.
func checkContract(cmd *cobra.Command, id string, raw []byte, promised *data.Manifest) (difference string, err error) {
	ctx, err := client.GetClientQueryContext(cmd)
	if err != nil {
		return "", err
	}
	res, err := trade.NewQueryClient(ctx).Contract(cmd.Context(), &trade.QueryContractRequest{Id: id})
	if err != nil {
		return "", fmt.Errorf("contract %s: %s", id, plain(err))
	}
	deal := res.Contract.Deal
	version, err := product.NewQueryClient(ctx).Version(cmd.Context(), &product.QueryVersionRequest{Product: deal.Product, Version: deal.ProductVersion})
	if err != nil {
		return "", fmt.Errorf("product %s version %d: %s", deal.Product, deal.ProductVersion, plain(err))
	}
	if _, err := data.CheckManifest(raw, version.Version.ManifestDigest); err != nil {
		return err.Error(), nil
	}
	if len(promised.Files) == 1 && len(res.Contract.ContentDigest) > 0 {
		want, err := hex.DecodeString(promised.Files[0].SHA256)
		if err != nil {
			return "", err
		}
		if !bytes.Equal(want, res.Contract.ContentDigest) {
			return fmt.Sprintf("contract %s: the seller committed on delivery to content %x, but the product's version promises %x", id, res.Contract.ContentDigest, want), nil
		}
	}
	return "", nil
}
