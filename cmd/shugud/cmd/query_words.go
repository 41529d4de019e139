package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// toldBooks are all queries that are answered in words.
var toldBooks = []map[string]toldQuery{toldQueries, toldMarket, toldMoney, toldMembers, toldPanels, toldRecognition, toldParams}

// letQueriesSpeak makes generated queries answer people in words. With -o json they answer
// as generated.
func letQueriesSpeak(root *cobra.Command) {
	for _, queries := range toldBooks {
		for path, tell := range queries {
			letSpeak(root, path, tell)
		}
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

// tellVoucher tells a voucher, and of a blue one also what stands against it.
func tellVoucher(cmd *cobra.Command, ctx client.Context, _ generatedQuery, args []string) error {
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

// tellVoucherStatus tells what stands against a voucher, and its history.
func tellVoucherStatus(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
	number, err := voucher.ParseDisplayed(args[0])
	if err != nil {
		return err
	}
	res := &voucher.QueryStatusResponse{}
	if err := askAsGenerated(cmd, ctx, generated, args, res); err != nil {
		return err
	}
	words.VoucherStatus(cmd.OutOrStdout(), voucher.FormatNumber(number), *res)
	nextPage(cmd.OutOrStdout(), res)
	return nil
}
