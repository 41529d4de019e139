package cmd

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// newVoucherCmd takes vouchers back with the consent of both parties.
func newVoucherCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "voucher", Short: "Red reversal of vouchers (凭证冲红): reverse, request, confirm, decline, withdraw", RunE: client.ValidateCmd,
		Long: `Take part or all of a voucher back (冲红). One party asks with lines, amounts and a reason;
the other one confirms in time, and in that step a red voucher is issued and every payee
of the split gives back its part. The reason stays with the parties; the chain keeps its
SHA-256. Nothing is ever changed or deleted.`,
	}
	c.AddCommand(newReverseCmd(), newShowRequestCmd(), newConfirmReversalCmd(), newDeclineReversalCmd(), newWithdrawReversalCmd())
	return c
}

type reversalInput struct {
	Voucher string `yaml:"voucher"`
	Lines   []struct {
		Line   uint32 `yaml:"line"`
		Amount string `yaml:"amount"`
	} `yaml:"lines"`
	Reason string `yaml:"reason"`
}

// reversal turns the input file into what a request carries.
func (in reversalInput) reversal() (voucher.Reversal, error) {
	number, err := voucher.ParseDisplayed(in.Voucher)
	if err != nil {
		return voucher.Reversal{}, fmt.Errorf("voucher: %w", err)
	}
	r := voucher.Reversal{Number: number}
	for i, l := range in.Lines {
		if l.Line < 1 || l.Line > voucher.MaxLines {
			return r, fmt.Errorf("lines[%d].line: expected 1 to %d, as the voucher lists its lines, got %d", i, voucher.MaxLines, l.Line)
		}
		amount, err := parseMoney(fmt.Sprintf("lines[%d].amount", i), l.Amount)
		if err != nil {
			return r, err
		}
		r.Lines = append(r.Lines, voucher.ReversedLine{Line: l.Line - 1, Amount: amount})
	}
	r.ReasonDigest, err = reasonDigest("reason", in.Reason)
	return r, err
}

// reasonDigest is what goes on chain of a reason.
func reasonDigest(field, reason string) ([]byte, error) {
	if len(reason) < 1 || len(reason) > voucher.MaxReason {
		return nil, fmt.Errorf("%s: expected 1 to %d bytes, got %d; the other party reads it, the chain only its SHA-256", field, voucher.MaxReason, len(reason))
	}
	sum := sha256.Sum256([]byte(reason))
	return sum[:], nil
}

func readReversal(file string) (voucher.Reversal, error) {
	var in reversalInput
	if err := readInput(file, &in); err != nil {
		return voucher.Reversal{}, err
	}
	r, err := in.reversal()
	if err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// blueVoucher asks the chain for a voucher.
func blueVoucher(goCtx context.Context, ctx client.Context, number string) (voucher.Voucher, error) {
	res, err := voucher.NewQueryClient(ctx).Voucher(goCtx, &voucher.QueryVoucherRequest{Number: number})
	if err != nil {
		return voucher.Voucher{}, errors.New(plain(err))
	}
	return res.Voucher, nil
}

// openRequest asks the chain for the open request of a voucher, and says it in words.
func openRequest(goCtx context.Context, ctx client.Context, number string) (r voucher.ReversalRequest, text string, err error) {
	res, err := voucher.NewQueryClient(ctx).Request(goCtx, &voucher.QueryRequestRequest{Number: number})
	if err != nil {
		return r, "", errors.New(plain(err))
	}
	blue, err := blueVoucher(goCtx, ctx, number)
	return res.Request, requestInWords(blue, res.Request), err
}

func requestInWords(blue voucher.Voucher, r voucher.ReversalRequest) string {
	english, chinese := words.Reversal(blue, r)
	return english + "\n" + chinese + "\n"
}

func newReverseCmd() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use: "reverse -f reversal.yaml", Short: "Seller or buyer: ask the other party to take back part or all of a voucher", Args: cobra.NoArgs,
		Example: "  shugud example reversal > reversal.yaml\n  shugud voucher reverse -f reversal.yaml --from buyer",
	}
	fileFlag(c, &file)
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) (sdk.Msg, error) {
		r, err := readReversal(file)
		if err != nil {
			return nil, err
		}
		blue, err := blueVoucher(cmd.Context(), ctx, r.Number)
		if err != nil {
			return nil, err
		}
		member, err := ownNumber(cmd.Context(), ctx)
		if err != nil {
			return nil, err
		}
		remaining, err := remainingOf(cmd.Context(), ctx, r.Number)
		if err != nil {
			return nil, err
		}
		if err := checkReversal(blue, remaining, member, r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprint(cmd.ErrOrStderr(), requestInWords(blue, voucher.ReversalRequest{Number: r.Number, Requester: member, Lines: r.Lines, ReasonDigest: r.ReasonDigest}))
		return &voucher.MsgRequestReversal{Signer: ctx.FromAddress.String(), Number: r.Number, Lines: r.Lines, ReasonDigest: r.ReasonDigest}, nil
	})
}

func newShowRequestCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "request NUMBER", Short: "Show in words what the open request would take back of a voucher", Args: cobra.ExactArgs(1),
		Example: "  shugud voucher request 3301-261123-000012-000001-24",
	}
	return answeringCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) ([]answer, error) {
		r, text, err := openRequest(cmd.Context(), ctx, args[0])
		return []answer{{message: &r, text: text}}, err
	})
}

func newConfirmReversalCmd() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use: "confirm NUMBER [-f reversal.yaml]", Short: "The other party: confirm; issues the red voucher and claws the split back", Args: cobra.ExactArgs(1),
		Long: `Confirm the open request of a voucher. What it takes back is shown first, and restated in
the transaction: a request that is changed meanwhile is not confirmed. With -f, the
requester's file is compared with the request, its reason included.`,
		Example: "  shugud voucher confirm 3301-261123-000012-000001-24 -f reversal.yaml --from seller",
	}
	c.Flags().StringVarP(&file, "file", "f", "", "the requester's file, to compare with the request; - for standard input")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		r, text, err := openRequest(cmd.Context(), ctx, args[0])
		if err != nil {
			return nil, err
		}
		fmt.Fprint(cmd.ErrOrStderr(), text)
		if file != "" {
			if err := compareWithFile(r, file); err != nil {
				return nil, err
			}
		}
		return &voucher.MsgConfirmReversal{Signer: ctx.FromAddress.String(), Number: r.Number, Lines: r.Lines, ReasonDigest: r.ReasonDigest}, nil
	})
}

// compareWithFile checks that a request is what a file asks for.
func compareWithFile(r voucher.ReversalRequest, file string) error {
	wanted, err := readReversal(file)
	if err != nil {
		return err
	}
	if wanted.Number != r.Number {
		return fmt.Errorf("%s: expected voucher %s, got %s", file, voucher.FormatNumber(r.Number), voucher.FormatNumber(wanted.Number))
	}
	if err := r.CheckRestated(wanted.Lines, wanted.ReasonDigest); err != nil {
		return fmt.Errorf("%s is not what was asked for: %s", file, plain(err))
	}
	return nil
}

func newDeclineReversalCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "decline NUMBER --reason TEXT", Short: "The other party: decline; nothing is taken back", Args: cobra.ExactArgs(1),
		Example: `  shugud voucher decline 3301-261123-000012-000001-24 --from seller --reason "培训已按约定完成"`,
	}
	c.Flags().StringVar(&reason, "reason", "", "why; tell the other party, the chain keeps its SHA-256")
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		digest, err := reasonDigest("--reason", reason)
		if err != nil {
			return nil, err
		}
		number, err := showOpenRequest(cmd.Context(), ctx, args[0], cmd.ErrOrStderr())
		return &voucher.MsgDeclineReversal{Signer: ctx.FromAddress.String(), Number: number, ReasonDigest: digest}, err
	})
}

func newWithdrawReversalCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "withdraw NUMBER", Short: "The party that asked: take the request back", Args: cobra.ExactArgs(1),
		Example: "  shugud voucher withdraw 3301-261123-000012-000001-24 --from buyer",
	}
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		number, err := showOpenRequest(cmd.Context(), ctx, args[0], cmd.ErrOrStderr())
		return &voucher.MsgWithdrawReversal{Signer: ctx.FromAddress.String(), Number: number}, err
	})
}

// showOpenRequest tells the open request and returns its voucher's 24 digits.
func showOpenRequest(goCtx context.Context, ctx client.Context, number string, w io.Writer) (string, error) {
	r, text, err := openRequest(goCtx, ctx, number)
	if err != nil {
		return "", err
	}
	fmt.Fprint(w, text)
	return r.Number, nil
}
