package cmd

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/data"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

var (
	pricings = map[string]product.PricingMethod{
		"fixed": product.PRICING_METHOD_FIXED, "negotiated": product.PRICING_METHOD_NEGOTIATED,
	}
	deliveries = map[string]product.DeliveryMode{"file": product.DELIVERY_MODE_FILE}
	zoneKinds  = map[string]product.ZoneKind{
		"industry": product.ZONE_KIND_INDUSTRY, "region": product.ZONE_KIND_REGION,
		"lead-firm": product.ZONE_KIND_LEAD_FIRM, "feature": product.ZONE_KIND_FEATURE,
	}
)

type scenarioInput struct {
	Exchange       uint32 `yaml:"exchange"`
	Title          string `yaml:"title"`
	Description    string `yaml:"description"`
	Document       string `yaml:"document"`
	DocumentDigest string `yaml:"document_digest"`
}

type splitInput struct {
	RemainderOwner uint32 `yaml:"remainder_owner"`
	Shares         []struct {
		Member      uint32 `yaml:"member"`
		BasisPoints uint32 `yaml:"basis_points"`
	} `yaml:"shares"`
}

func (in splitInput) split() product.Split {
	out := product.Split{RemainderOwner: in.RemainderOwner}
	for _, s := range in.Shares {
		out.Shares = append(out.Shares, product.Share{Member: s.Member, BasisPoints: s.BasisPoints})
	}
	return out
}

type productInput struct {
	Scenario       string `yaml:"scenario"`
	Title          string `yaml:"title"`
	Manifest       string `yaml:"manifest"`
	ManifestDigest string `yaml:"manifest_digest"`
	Size           uint64 `yaml:"size"`
	Source         string `yaml:"source"`
	Industry       string `yaml:"industry"`
	Terms          struct {
		Pricing  string `yaml:"pricing"`
		Price    string `yaml:"price"`
		Delivery string `yaml:"delivery"`
		Licence  string `yaml:"licence"`
	} `yaml:"terms"`
	Split splitInput `yaml:"split"`
	Zones []struct {
		Kind string `yaml:"kind"`
		Name string `yaml:"name"`
	} `yaml:"zones"`
}

// fileOrDigest is the SHA-256 of a file, or the digest given instead; nil when neither is.
func fileOrDigest(field, path, digest string) ([]byte, error) {
	switch {
	case path != "" && digest != "":
		return nil, fmt.Errorf("%s: expected the file or its digest, got both", field)
	case digest != "":
		return parseDigest(field+"_digest", digest)
	case path == "":
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, fmt.Errorf("%s: %w", field, err)
	}
	return sum.Sum(nil), nil
}

// content turns the input file into what Register and Revise carry.
func (in productInput) content() (product.Content, error) {
	out := product.Content{
		Title: in.Title, Size_: in.Size, Source: in.Source, Industry: in.Industry, Split: in.Split.split(),
		Terms: product.Terms{Price: math.ZeroInt(), Licence: in.Terms.Licence},
	}
	var err error
	if in.Manifest != "" {
		if in.ManifestDigest != "" || in.Size != 0 {
			return out, errors.New("manifest: expected the file, or manifest_digest and size, got both")
		}
		m, err := readManifest(in.Manifest)
		if err != nil {
			return out, err
		}
		if out.ManifestDigest, err = m.Digest(); err != nil {
			return out, err
		}
		out.Size_ = m.Size
	} else if out.ManifestDigest, err = parseDigest("manifest_digest", in.ManifestDigest); err != nil {
		return out, err
	}
	if out.Terms.Pricing, err = parseChoice("terms.pricing", in.Terms.Pricing, pricings); err != nil {
		return out, err
	}
	if out.Terms.DeliveryMode, err = parseChoice("terms.delivery", in.Terms.Delivery, deliveries); err != nil {
		return out, err
	}
	if in.Terms.Price != "" {
		if out.Terms.Price, err = parseMoney("terms.price", in.Terms.Price); err != nil {
			return out, err
		}
	}
	for _, z := range in.Zones {
		kind, err := parseChoice("zones.kind", z.Kind, zoneKinds)
		if err != nil {
			return out, err
		}
		out.Zones = append(out.Zones, product.Zone{Kind: kind, Name: z.Name})
	}
	return out, nil
}

func readManifest(path string) (*data.Manifest, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return data.Decode(raw)
}

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

// fileFlag adds the required -f.
func fileFlag(c *cobra.Command, file *string) {
	c.Flags().StringVarP(file, "file", "f", "", "input file, YAML or JSON; - for standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err)
	}
}
