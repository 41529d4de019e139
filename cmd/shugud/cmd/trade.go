package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// newTradeCmd holds steps 6 to 9: matching, settlement, delivery, voucher.
func newTradeCmd() *cobra.Command {
	c := &cobra.Command{Use: "trade", Short: "Trades (交易): quote, agree, fund, deliver, accept, cancel", RunE: client.ValidateCmd}
	c.AddCommand(newQuoteCmd(), newAgreeCmd(), newFundCmd(), newDeliverCmd(), newAcceptCmd(), newCancelCmd())
	return c
}

type dealInput struct {
	Seller  uint32 `yaml:"seller"`
	Buyer   uint32 `yaml:"buyer"`
	Product string `yaml:"product"`
	Version uint32 `yaml:"version"`
	Lines   []struct {
		What   string `yaml:"what"`
		Units  uint64 `yaml:"units"`
		Amount string `yaml:"amount"`
	} `yaml:"lines"`
	Delivery       string     `yaml:"delivery"`
	Split          splitInput `yaml:"split"`
	FundWithin     string     `yaml:"fund_within"`
	DeliverWithin  string     `yaml:"deliver_within"`
	AcceptWithin   string     `yaml:"accept_within"`
	Document       string     `yaml:"document"`
	TermsRoot      string     `yaml:"terms_root"`
	OrderReference string     `yaml:"order_reference"`
}

// deal turns the input file into what Quote and Agree carry.
func (in dealInput) deal() (trade.Deal, error) {
	out := trade.Deal{
		Seller: in.Seller, Buyer: in.Buyer, Product: in.Product, ProductVersion: in.Version,
		Total: math.ZeroInt(), Split: in.Split.split(), OrderReference: in.OrderReference,
	}
	for i, line := range in.Lines {
		amount, err := parseMoney(fmt.Sprintf("lines[%d].amount", i), line.Amount)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, voucher.Line{What: line.What, Units: line.Units, Amount: amount})
		if out.Total, err = out.Total.SafeAdd(amount); err != nil {
			return out, fmt.Errorf("lines[%d].amount: %w", i, err)
		}
	}
	var err error
	if out.DeliveryMode, err = parseChoice("delivery", in.Delivery, deliveries); err != nil {
		return out, err
	}
	for _, within := range []struct {
		field, text string
		into        *int64
	}{
		{"fund_within", in.FundWithin, &out.FundWithin},
		{"deliver_within", in.DeliverWithin, &out.DeliverWithin},
		{"accept_within", in.AcceptWithin, &out.AcceptWithin},
	} {
		d, err := time.ParseDuration(within.text)
		if err != nil || d%time.Second != 0 {
			return out, fmt.Errorf("%s: expected a time in whole seconds like 72h or 90s, got %q", within.field, within.text)
		}
		*within.into = int64(d / time.Second)
	}
	if in.Document != "" && in.TermsRoot == "" {
		out.TermsRoot, err = termsRoot(in.Document)
	} else {
		out.TermsRoot, err = fileOrDigest("terms_root", in.Document, in.TermsRoot)
	}
	return out, err
}

func newQuoteCmd() *cobra.Command {
	var file string
	var valid time.Duration
	c := &cobra.Command{
		Use: "quote -f deal.yaml", Short: "Seller: offer a listed product to one buyer", Args: cobra.NoArgs,
		Example: "  shugud example deal > deal.yaml\n  shugud trade quote -f deal.yaml --from seller",
	}
	fileFlag(c, &file)
	c.Flags().DurationVar(&valid, "valid", 72*time.Hour, "how long the offer stands")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		var in dealInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		deal, err := in.deal()
		return &trade.MsgQuote{Signer: ctx.FromAddress.String(), Deal: deal, ValidUntil: time.Now().Add(valid).Unix()}, err
	})
}

func newAgreeCmd() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use: "agree CONTRACT -f deal.yaml", Short: "Buyer: accept a quote by restating it whole", Args: cobra.ExactArgs(1),
		Example: "  shugud trade agree 261123-000012-000001 -f deal.yaml --from buyer",
	}
	fileFlag(c, &file)
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		var in dealInput
		if err := readInput(file, &in); err != nil {
			return nil, err
		}
		deal, err := in.deal()
		return &trade.MsgAgree{Signer: ctx.FromAddress.String(), Contract: args[0], Deal: deal}, err
	})
}

func newFundCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "fund CONTRACT AMOUNT", Short: "Buyer: put the price into escrow", Args: cobra.ExactArgs(2),
		Example: "  shugud trade fund 261123-000012-000001 1200.00cny --from buyer",
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		amount, err := parseMoney("amount", args[1])
		return &trade.MsgFund{Signer: ctx.FromAddress.String(), Contract: args[0], Amount: amount}, err
	})
}

func newDeliverCmd() *cobra.Command {
	var sealed, content string
	c := &cobra.Command{
		Use: "deliver CONTRACT --sealed DIGEST --content DIGEST", Short: "Seller: commit to what was delivered", Args: cobra.ExactArgs(1),
		Example: "  shugud data seal zoneinfo.zip --to 13 -O zoneinfo.zip.age\n" +
			"  shugud trade deliver 261123-000012-000001 --sealed 3a7b… --content 91c0… --from seller",
	}
	c.Flags().StringVar(&sealed, "sealed", "", "SHA-256 of the sealed file, as `shugud data seal` prints it")
	c.Flags().StringVar(&content, "content", "", "SHA-256 of the content")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		msg := &trade.MsgDeliver{Signer: ctx.FromAddress.String(), Contract: args[0]}
		var err error
		if msg.SealedDigest, err = parseDigest("--sealed", sealed); err != nil {
			return nil, err
		}
		msg.ContentDigest, err = parseDigest("--content", content)
		return msg, err
	})
}

func newAcceptCmd() *cobra.Command {
	var content string
	c := &cobra.Command{
		Use: "accept CONTRACT --content DIGEST", Short: "Buyer: accept; pays the split and issues the voucher", Args: cobra.ExactArgs(1),
		Example: "  shugud trade accept 261123-000012-000001 --content 91c0… --from buyer",
	}
	c.Flags().StringVar(&content, "content", "", "SHA-256 of what was received, as `shugud data open` prints it")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		digest, err := parseDigest("--content", content)
		return &trade.MsgAccept{Signer: ctx.FromAddress.String(), Contract: args[0], ContentDigest: digest}, err
	})
}

func newCancelCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "cancel CONTRACT --reason TEXT", Short: "End a trade that is not yet delivered; a funded one is refunded", Args: cobra.ExactArgs(1),
		Example: `  shugud trade cancel 261123-000012-000001 --from seller --reason "数据源中断"`,
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &trade.MsgCancel{Signer: ctx.FromAddress.String(), Contract: args[0], Reason: reason}, nil
	})
}
