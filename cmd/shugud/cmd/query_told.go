package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/flags"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// generatedQuery is what AutoCLI made of a query.
type generatedQuery func(cmd *cobra.Command, args []string) error

// toldQuery answers a query in words; it may ask as generated.
type toldQuery func(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error

// toldQueries are asked as generated, with every flag, and answered in words.
var toldQueries = map[string]toldQuery{
	"trade contract": telling(func(w io.Writer, res *trade.QueryContractResponse, names words.Names) {
		words.Contract(w, res.Contract, names)
	}),
	"trade contracts": telling(func(w io.Writer, res *trade.QueryContractsResponse, names words.Names) {
		words.Contracts(w, res.Contracts, names)
		none(w, len(res.Contracts))
	}),
	"settlement record": telling(func(w io.Writer, res *settlement.QueryRecordResponse, names words.Names) {
		words.Record(w, res.Record, names)
	}),
	"settlement debt": telling(func(w io.Writer, res *settlement.QueryDebtResponse, names words.Names) {
		words.Debts(w, []settlement.Debt{res.Debt}, names)
	}),
	"settlement debts": telling(func(w io.Writer, res *settlement.QueryDebtsResponse, names words.Names) {
		words.Debts(w, res.Debts, names)
		none(w, len(res.Debts))
	}),
	"product product": telling(func(w io.Writer, res *product.QueryProductResponse, names words.Names) {
		words.Product(w, res.Product, names)
	}),
	"product version": telling(func(w io.Writer, res *product.QueryVersionResponse, names words.Names) {
		words.ProductVersion(w, res.Version, names)
	}),
	"consortium member": telling(func(w io.Writer, res *consortium.QueryMemberResponse, _ words.Names) {
		writeMember(w, &res.Member)
		fmt.Fprintf(w, "accounts and history 账户与历史: shugud member show %d\n", res.Member.Number)
	}),
	"consortium members": telling(func(w io.Writer, res *consortium.QueryMembersResponse, _ words.Names) {
		for _, m := range res.Members {
			fmt.Fprintf(w, "%06d %s\n  %s; %s; credit code 统一社会信用代码 %s; region 地区 %s\n", m.Number, words.Quoted(m.Name), statusWords[m.Status], words.Roles(m.Roles), m.CreditCode, m.Region)
		}
		none(w, len(res.Members))
	}),
	"compliance review": telling(func(w io.Writer, res *compliance.QueryReviewResponse, names words.Names) {
		words.Review(w, res.Review, names)
	}),
	"upgrade plan": telling(tellPlan),
}

// none says that a list is empty.
func none(w io.Writer, listed int) {
	if listed == 0 {
		fmt.Fprintln(w, "none 无")
	}
}

// telling asks as generated and tells the answer in words; of a list also how to see the next page.
func telling[R any, P interface {
	*R
	proto.Message
}](tell func(w io.Writer, res P, names words.Names)) toldQuery {
	return func(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string) error {
		res := P(new(R))
		if err := askAsGenerated(cmd, ctx, generated, args, res); err != nil {
			return err
		}
		w := cmd.OutOrStdout()
		tell(w, res, memberNames(cmd.Context(), ctx))
		nextPage(w, res)
		return nil
	}
}

// nextPage says how to see what a page left out.
func nextPage(w io.Writer, res proto.Message) {
	if list, ok := res.(interface{ GetPagination() *query.PageResponse }); ok && len(list.GetPagination().GetNextKey()) > 0 {
		fmt.Fprintf(w, "there are more 还有更多: the same with 加上 --page-key %x\n", list.GetPagination().GetNextKey())
	}
}

// askAsGenerated runs a generated query and reads the JSON that it would print.
func askAsGenerated(cmd *cobra.Command, ctx client.Context, generated generatedQuery, args []string, into proto.Message) error {
	raw, err := answerAsJSON(cmd, generated, args)
	if err != nil {
		return err
	}
	return ctx.Codec.UnmarshalJSON(raw, into)
}

// answerAsJSON runs a generated query and returns the JSON that it would print.
func answerAsJSON(cmd *cobra.Command, generated generatedQuery, args []string) ([]byte, error) {
	printed, screen := bytes.Buffer{}, cmd.OutOrStdout()
	if err := cmd.Flags().Set(flags.FlagOutput, flags.OutputFormatJSON); err != nil {
		return nil, err
	}
	cmd.SetOut(&printed)
	defer cmd.SetOut(screen)
	if err := generated(cmd, args); err != nil {
		return nil, errors.New(plain(err))
	}
	return printed.Bytes(), nil
}
