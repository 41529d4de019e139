package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// toldMarket are the queries for what is offered, reviewed, sold and taken back.
var toldMarket = map[string]toldQuery{
	"product scenario": telling(func(w io.Writer, res *product.QueryScenarioResponse, names words.Names) {
		words.Scenario(w, res.Scenario, names)
	}),
	"product scenarios": telling(func(w io.Writer, res *product.QueryScenariosResponse, names words.Names) {
		words.Scenarios(w, res.Scenarios, names)
		none(w, len(res.Scenarios))
	}),
	"product products": telling(func(w io.Writer, res *product.QueryProductsResponse, names words.Names) {
		words.Catalogue(w, res.Entries, names)
		none(w, len(res.Entries))
	}),
	"product versions": telling(func(w io.Writer, res *product.QueryVersionsResponse, _ words.Names) {
		words.Versions(w, res.Versions)
		none(w, len(res.Versions))
	}),
	"compliance reviews": telling(func(w io.Writer, res *compliance.QueryReviewsResponse, names words.Names) {
		words.Reviews(w, res.Reviews, names)
		none(w, len(res.Reviews))
	}),
	"trade failures": telling(func(w io.Writer, res *trade.QueryFailuresResponse, _ words.Names) {
		words.ContractFailures(w, res.Failures)
		none(w, len(res.Failures))
	}),
	"voucher show":   tellVoucher,
	"voucher status": tellVoucherStatus,
	"voucher list": telling(func(w io.Writer, res *voucher.QueryVouchersResponse, _ words.Names) {
		words.Vouchers(w, res.Vouchers)
		none(w, len(res.Vouchers))
	}),
	"voucher request": tellRequest,
	"voucher requests": telling(func(w io.Writer, res *voucher.QueryRequestsResponse, names words.Names) {
		words.Requests(w, res.Requests, names)
		none(w, len(res.Requests))
	}),
	"voucher failures": telling(func(w io.Writer, res *voucher.QueryFailuresResponse, _ words.Names) {
		words.RequestFailures(w, res.Failures)
		none(w, len(res.Failures))
	}),
}

// toldMoney are the queries for fen on their way.
var toldMoney = map[string]toldQuery{
	"settlement balance": telling(func(w io.Writer, res *settlement.QueryBalanceResponse, _ words.Names) {
		words.Balance(w, *res)
	}),
	"settlement escrow": telling(func(w io.Writer, res *settlement.QueryEscrowResponse, names words.Names) {
		words.Escrow(w, res.Escrow, names)
	}),
	"settlement ledger": telling(func(w io.Writer, res *settlement.QueryLedgerResponse, names words.Names) {
		words.Ledgers(w, []settlement.BankLedger{res.Ledger}, names)
	}),
	"settlement ledgers": telling(func(w io.Writer, res *settlement.QueryLedgersResponse, names words.Names) {
		words.Ledgers(w, res.Ledgers, names)
		none(w, len(res.Ledgers))
	}),
	"settlement deposit": telling(func(w io.Writer, res *settlement.QueryDepositResponse, names words.Names) {
		words.Deposit(w, res.Deposit, names)
	}),
	"settlement withdrawal": telling(func(w io.Writer, res *settlement.QueryWithdrawalResponse, names words.Names) {
		words.Withdrawals(w, []settlement.Withdrawal{res.Withdrawal}, names)
	}),
	"settlement withdrawals": telling(func(w io.Writer, res *settlement.QueryWithdrawalsResponse, names words.Names) {
		words.Withdrawals(w, res.Withdrawals, names)
		none(w, len(res.Withdrawals))
	}),
	"settlement unpaid": telling(func(w io.Writer, res *settlement.QueryUnpaidResponse, names words.Names) {
		words.UnpaidPayments(w, res.Unpaid, names)
		none(w, len(res.Unpaid))
	}),
	"settlement claw-back": telling(func(w io.Writer, res *settlement.QueryClawBackResponse, names words.Names) {
		words.ClawBack(w, res.ClawBack, names)
	}),
}

// tellRequest says an open request with the words of the voucher that it is about.
func tellRequest(cmd *cobra.Command, ctx client.Context, _ generatedQuery, args []string) error {
	_, text, err := openRequest(cmd.Context(), ctx, args[0])
	if err != nil {
		return err
	}
	fmt.Fprint(cmd.OutOrStdout(), text)
	return nil
}
