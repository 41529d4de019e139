package cmd

import (
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	product "github.com/shugu-network/shugu/x/product/types"
)

// newScenarioCmd holds step 3: scenario review.
func newScenarioCmd() *cobra.Command {
	c := &cobra.Command{Use: "scenario", Short: "Scenario review (场景审核): submit, decide", RunE: client.ValidateCmd}
	var file, reasons string
	var approve, refuse bool
	submit := &cobra.Command{
		Use: "submit -f scenario.yaml", Short: "Submit a scenario to an exchange", Args: cobra.NoArgs,
		Example: "  shugud example scenario > scenario.yaml\n  shugud scenario submit -f scenario.yaml --from seller",
	}
	fileFlag(submit, &file)
	decide := &cobra.Command{
		Use: "decide SCENARIO --approve|--return", Short: "Exchange: approve a scenario, or return it with reasons", Args: cobra.ExactArgs(1),
		Example: "  shugud scenario decide S000012-000001 --approve --from exchange",
	}
	decide.Flags().BoolVar(&approve, "approve", false, "approve it")
	decide.Flags().BoolVar(&refuse, "return", false, "return it; needs --reasons")
	decide.Flags().StringVar(&reasons, "reasons", "", "reasons, public")
	decide.MarkFlagsMutuallyExclusive("approve", "return")
	decide.MarkFlagsOneRequired("approve", "return")
	c.AddCommand(
		txCommand(submit, func(_ *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
			var in scenarioInput
			if err := readInput(file, &in); err != nil {
				return nil, err
			}
			digest, err := fileOrDigest("document", in.Document, in.DocumentDigest)
			return &product.MsgSubmitScenario{
				Signer: ctx.FromAddress.String(), Exchange: in.Exchange, Title: in.Title, Description: in.Description, DocumentDigest: digest,
			}, err
		}),
		txCommand(decide, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
			return &product.MsgDecideScenario{Signer: ctx.FromAddress.String(), Scenario: args[0], Approve: approve, Reasons: reasons}, nil
		}),
	)
	return c
}

// newProductCmd holds steps 4 and 6: registration and listing.
func newProductCmd() *cobra.Command {
	c := &cobra.Command{Use: "product", Short: "Product registration and listing (产品登记、上架)", RunE: client.ValidateCmd}
	c.AddCommand(newRegisterCmd(), newReviseCmd(), newListCmd(), newDelistCmd())
	return c
}

func newRegisterCmd() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use: "register -f product.yaml", Short: "Register a product in an approved scenario", Args: cobra.NoArgs,
		Example: "  shugud example product > product.yaml\n  shugud product register -f product.yaml --from seller",
	}
	fileFlag(c, &file)
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		var in productInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		content, err := in.content()
		return &product.MsgRegister{Signer: ctx.FromAddress.String(), Scenario: in.Scenario, Content: content}, err
	})
}

func newReviseCmd() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use: "revise PRODUCT -f product.yaml", Short: "Register a new version; the listed one stays listed", Args: cobra.ExactArgs(1),
		Example: "  shugud product revise 000012-000001 -f product-v2.yaml --from seller",
	}
	fileFlag(c, &file)
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		var in productInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		content, err := in.content()
		return &product.MsgRevise{Signer: ctx.FromAddress.String(), Product: args[0], Content: content}, err
	})
}

func newListCmd() *cobra.Command {
	var version uint32
	c := &cobra.Command{
		Use: "list PRODUCT --version N", Short: "Offer a cleared version in its zones", Args: cobra.ExactArgs(1),
		Example: "  shugud product list 000012-000001 --version 1 --from seller",
	}
	c.Flags().Uint32Var(&version, "version", 1, "version to list")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &product.MsgList{Signer: ctx.FromAddress.String(), Product: args[0], Version: version}, nil
	})
}

func newDelistCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "delist PRODUCT --reason TEXT", Short: "Take a product off the shelf: its owner, or its exchange", Args: cobra.ExactArgs(1),
		Example: `  shugud product delist 000012-000001 --from seller --reason "授权到期"`,
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &product.MsgDelist{Signer: ctx.FromAddress.String(), Product: args[0], Reason: reason}, nil
	})
}
