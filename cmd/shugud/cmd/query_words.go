package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// speakingQueries are generated queries that answer people in words. With -o json they
// answer as generated, and so does a page of them.
var speakingQueries = map[string]func(cmd *cobra.Command, ctx client.Context, args []string) error{
	"voucher show":       tellVoucher,
	"voucher status":     tellVoucherStatus,
	"settlement balance": tellBalance,
}

// letQueriesSpeak makes generated queries answer in words.
func letQueriesSpeak(root *cobra.Command) {
	for path, tell := range speakingQueries {
		letSpeak(root, path, func(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
			if paged(cmd) {
				return generated(cmd, args)
			}
			return tell(cmd, ctx, args)
		})
	}
	for path, tell := range toldQueries {
		letSpeak(root, path, tell)
	}
}

// letSpeak puts words before the generated query at a path. With -o json it stays as generated.
func letSpeak(root *cobra.Command, path string, tell toldQuery) {
	query, _, err := root.Find(append([]string{"query"}, strings.Fields(path)...))
	if err != nil || !strings.HasSuffix(query.CommandPath(), "query "+path) {
		panic("there is no query " + path)
	}
	generated := query.RunE
	query.RunE = func(cmd *cobra.Command, args []string) error {
		ctx, err := client.GetClientQueryContext(cmd)
		if err != nil {
			return err
		}
		if ctx.OutputFormat == flags.OutputFormatJSON {
			return generated(cmd, args)
		}
		return tell(cmd, ctx, generated, args)
	}
}

// paged says whether a certain page is asked for: those are answered as generated.
func paged(cmd *cobra.Command) bool {
	asked := false
	cmd.Flags().Visit(func(f *pflag.Flag) { asked = asked || strings.HasPrefix(f.Name, "page-") })
	return asked
}

func tellVoucher(cmd *cobra.Command, ctx client.Context, args []string) error {
	vouchers := voucher.NewQueryClient(ctx)
	res, err := vouchers.Voucher(cmd.Context(), &voucher.QueryVoucherRequest{Number: args[0]})
	if err != nil {
		return errors.New(plain(err))
	}
	w := cmd.OutOrStdout()
	words.Voucher(w, res.Voucher)
	if res.Voucher.Kind == voucher.KIND_BLUE {
		status, err := vouchers.Status(cmd.Context(), &voucher.QueryStatusRequest{Number: args[0]})
		if err != nil {
			return errors.New(plain(err))
		}
		fmt.Fprint(w, "status 状态 ")
		words.VoucherStatus(w, voucher.FormatNumber(res.Voucher.Number), *status)
	}
	fmt.Fprintf(w, "This is the node's word 此为节点所述. A proof of it 证明: shugud query voucher proof %s > bundle.json\n", voucher.FormatNumber(res.Voucher.Number))
	return nil
}

func tellVoucherStatus(cmd *cobra.Command, ctx client.Context, args []string) error {
	res, err := voucher.NewQueryClient(ctx).Status(cmd.Context(), &voucher.QueryStatusRequest{Number: args[0]})
	if err != nil {
		return errors.New(plain(err))
	}
	number, err := voucher.ParseDisplayed(args[0])
	if err != nil {
		return err
	}
	words.VoucherStatus(cmd.OutOrStdout(), voucher.FormatNumber(number), *res)
	return nil
}

func tellBalance(cmd *cobra.Command, ctx client.Context, args []string) error {
	member, err := parseNumber("member", args[0])
	if err != nil {
		return err
	}
	res, err := settlement.NewQueryClient(ctx).Balance(cmd.Context(), &settlement.QueryBalanceRequest{Member: member})
	if err != nil {
		return errors.New(plain(err))
	}
	words.Balance(cmd.OutOrStdout(), *res)
	return nil
}
