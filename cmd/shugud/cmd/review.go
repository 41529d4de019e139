package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

// newReviewCmd holds step 5: compliance review.
func newReviewCmd() *cobra.Command {
	c := &cobra.Command{Use: "review", Short: "Compliance review (合规审查): request, opine", RunE: client.ValidateCmd}
	c.AddCommand(newRequestCmd(), newOpineCmd())
	return c
}

func newRequestCmd() *cobra.Command {
	var version uint32
	c := &cobra.Command{
		Use: "request PRODUCT --version N", Short: "Ask the compliance committee to review a version", Args: cobra.ExactArgs(1),
		Example: "  shugud review request 000012-000001 --version 1 --from seller",
	}
	c.Flags().Uint32Var(&version, "version", 1, "version to review")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		digest, err := manifestDigest(cmd.Context(), ctx, args[0], version)
		return &compliance.MsgRequest{Signer: ctx.FromAddress.String(), Product: args[0], Version: version, SubjectDigest: digest}, err
	})
}

// manifestDigest asks the chain what a version commits to.
func manifestDigest(goCtx context.Context, ctx client.Context, id string, version uint32) ([]byte, error) {
	res, err := product.NewQueryClient(ctx).Version(goCtx, &product.QueryVersionRequest{Product: id, Version: version})
	if err != nil {
		return nil, fmt.Errorf("product %s version %d: %s", id, version, plain(err))
	}
	return res.Version.ManifestDigest, nil
}

func newOpineCmd() *cobra.Command {
	var version, round uint32
	var clear, refuse bool
	var reasons, document string
	c := &cobra.Command{
		Use: "opine PRODUCT --clear|--return", Short: "Committee member: give an opinion", Args: cobra.ExactArgs(1),
		Example: "  shugud review opine 000012-000001 --clear --from committee-1",
	}
	c.Flags().Uint32Var(&version, "version", 1, "version under review")
	c.Flags().Uint32Var(&round, "round", 1, "round of the review")
	c.Flags().BoolVar(&clear, "clear", false, "the version may be listed")
	c.Flags().BoolVar(&refuse, "return", false, "the version is returned; needs --reasons")
	c.Flags().StringVar(&reasons, "reasons", "", "reasons, public")
	c.Flags().StringVar(&document, "document", "", "the opinion as a file; its SHA-256 goes on chain")
	c.MarkFlagsMutuallyExclusive("clear", "return")
	c.MarkFlagsOneRequired("clear", "return")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		verdict := compliance.VERDICT_RETURN
		if clear {
			verdict = compliance.VERDICT_CLEAR
		}
		digest, err := fileOrDigest("document", document, "")
		return &compliance.MsgOpine{
			Signer: ctx.FromAddress.String(), Product: args[0], Version: version, Round: round,
			Verdict: verdict, Reasons: reasons, DocumentDigest: digest,
		}, err
	})
}
