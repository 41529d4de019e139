package cmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// newSettlementCmd settles what a red reversal left open.
func newSettlementCmd() *cobra.Command {
	c := &cobra.Command{Use: "settlement", Short: "Settlements (资金结算): pay-debt", RunE: client.ValidateCmd}
	c.AddCommand(newPayDebtCmd())
	return c
}

func newPayDebtCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "pay-debt DEBT AMOUNT", Short: "Debtor: pay on what could not be given back in a red reversal", Args: cobra.ExactArgs(2),
		Long: `Pay on a debt that a red reversal (冲红) left, wholly or in part. A member that is suspended
or has left may pay too. ` + "`shugud query settlement debts --debtor NUMBER`" + ` lists the debts.`,
		Example: "  shugud settlement pay-debt 330126112300001200000221-000012 50.00cny --from seller",
	}
	return txCommand(c, func(cmd *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		amount, err := parseMoney("amount", args[1])
		if err != nil {
			return nil, err
		}
		res, err := settlement.NewQueryClient(ctx).Debt(cmd.Context(), &settlement.QueryDebtRequest{Id: args[0]})
		if err != nil {
			return nil, errors.New(plain(err))
		}
		english, chinese := words.Debt(res.Debt, memberNames(cmd.Context(), ctx))
		fmt.Fprintf(cmd.ErrOrStderr(), "%s\n%s\n", english, chinese)
		return &settlement.MsgPayDebt{Signer: ctx.FromAddress.String(), Debt: args[0], Amount: amount}, nil
	})
}
