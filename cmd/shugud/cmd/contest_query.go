package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	"github.com/shugu-network/shugu/verify"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// newContestCmd makes `shugud query recognition contest`.
func newContestCmd() *cobra.Command {
	list := 100
	c := &cobra.Command{
		Use:   "contest VOUCHER|NULLIFIER",
		Short: "Tell which vouchers tell one trade, since when, and what the council decided (重复登记的交易)",
		Long: `Tell which vouchers that are known here tell one and the same trade: of these parties,
this product, total and order reference. When there are several, whichever came first and
wherever they are from, they are CONTESTED until this chain's council decides which to
uphold. Name the trade by any of its vouchers, or by its nullifier, 64 hexadecimal digits.`,
		Example: "  shugud query recognition contest 3301-261123-000123-000042-28\n" +
			"  shugud query recognition contest acb26fe923ee391951fb9e49719fc8f410c5115c22b3be568880164bc8c04ed1 -o json",
		Args: cobra.ExactArgs(1),
	}
	c.Flags().IntVar(&list, "list", list, "name at most so many vouchers; all are counted")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) error {
		nullifier, err := findNullifier(cmd.Context(), recognition.NewQueryClient(ctx), voucher.NewQueryClient(ctx), args[0])
		if err != nil {
			return err
		}
		contest, err := askContest(cmd, ctx, nullifier, list)
		if err != nil {
			return errors.New(plain(err))
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return json.NewEncoder(cmd.OutOrStdout()).Encode(contest.View())
		}
		contest.Write(cmd.OutOrStdout())
		return nil
	})
}

// newContestsCmd makes `shugud query recognition contests`.
func newContestsCmd() *cobra.Command {
	list := 20
	c := &cobra.Command{
		Use:   "contests",
		Short: "List the trades that several vouchers tell, decided ones too (重复登记的交易一览)",
		Example: "  shugud query recognition contests\n" +
			"  shugud query recognition contests -o json",
		Args: cobra.NoArgs,
	}
	c.Flags().IntVar(&list, "list", list, "list at most so many trades, and so many vouchers of each; all are counted")
	return queryCommand(c, func(cmd *cobra.Command, ctx client.Context, _ []string) error {
		observer, err := newObserver(ctx, list)
		if err != nil {
			return err
		}
		contests, more, err := observer.Contests(cmd.Context())
		if err != nil {
			return errors.New(plain(err))
		}
		w := cmd.OutOrStdout()
		if ctx.OutputFormat == flags.OutputFormatJSON {
			views := []ends.ContestView{}
			for i := range contests {
				views = append(views, contests[i].View())
			}
			return json.NewEncoder(w).Encode(map[string]any{"contests": views, "more": more})
		}
		if len(contests)+more == 0 {
			fmt.Fprintln(w, "no trade is told twice 没有重复登记的交易")
		}
		for i := range contests {
			contests[i].Write(w)
		}
		if more > 0 {
			fmt.Fprintf(w, "… and %d more 另有 %d 笔: --list\n", more, more)
		}
		return nil
	})
}

func askContest(cmd *cobra.Command, ctx client.Context, nullifier string, list int) (*ends.Contest, error) {
	observer, err := newObserver(ctx, list)
	if err != nil {
		return nil, err
	}
	return observer.Contest(cmd.Context(), nullifier)
}

// contestOf asks for the contest of a standing's voucher; nil when there is none.
func contestOf(cmd *cobra.Command, ctx client.Context, s *recognition.Standing) (*ends.Contest, error) {
	if s.Contest == nil {
		return nil, nil
	}
	return askContest(cmd, ctx, fmt.Sprintf("%x", s.Contest.Nullifier), recognition.MaxToldAgain+1)
}

// findNullifier reads a nullifier, or finds that of a voucher, of this chain or of another one.
func findNullifier(goCtx context.Context, chain recognition.QueryClient, vouchers voucher.QueryClient, s string) (string, error) {
	if raw, err := recognition.ParseNullifier(s); err == nil {
		return fmt.Sprintf("%x", raw), nil
	}
	number, err := verify.ParseDisplayed(s)
	if err != nil {
		return "", fmt.Errorf("expected a voucher number like 3301-261123-000123-000042-28, or a nullifier of 64 hexadecimal digits: %w", err)
	}
	var found []string
	own, err := vouchers.Voucher(goCtx, &voucher.QueryVoucherRequest{Number: number})
	if err != nil && status.Code(err) != codes.NotFound {
		return "", errors.New(plain(err))
	}
	if err == nil {
		found = append(found, fmt.Sprintf("%x", own.Voucher.Nullifier))
	}
	res, err := chain.Standing(goCtx, &recognition.QueryStandingRequest{Number: number})
	if err != nil && status.Code(err) != codes.NotFound {
		return "", errors.New(plain(err))
	}
	if err == nil {
		for _, s := range res.Standings {
			if s.Voucher != nil && len(s.Voucher.Nullifier) > 0 {
				found = append(found, fmt.Sprintf("%x", s.Voucher.Nullifier))
			}
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	switch len(found) {
	case 0:
		return "", fmt.Errorf("no voucher %s is known here 此链未获知该凭证: neither issued here nor recognised from another chain", voucher.FormatNumber(number))
	case 1:
		return found[0], nil
	default:
		return "", fmt.Errorf("vouchers of several chains bear the number %s: name one nullifier of %s", voucher.FormatNumber(number), strings.Join(found, ", "))
	}
}
