package cmd

import (
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// newMoneyCmd moves fen in and out through the banks.
func newMoneyCmd() *cobra.Command {
	c := &cobra.Command{Use: "money", Short: "Deposits and withdrawals (资金存取) through a bank", RunE: client.ValidateCmd}
	c.AddCommand(newDepositCmd(), newWithdrawCmd(), newConfirmCmd(), newDeclineCmd())
	return c
}

func newDepositCmd() *cobra.Command {
	var reference string
	c := &cobra.Command{
		Use: "deposit MEMBER AMOUNT", Short: "Bank: issue fen to a member against money received",
		Long: `Issues fen to a member against money that the bank received. Give the reference of the
receipt: each is booked once, so that a deposit of which you do not know whether it
went through can be sent again. shugud query settlement deposit BANK REFERENCE shows it.`,
		Example: "  shugud money deposit 13 5000.00cny --from bank --reference D-2026-0001",
		Args:    cobra.ExactArgs(2),
	}
	c.Flags().StringVar(&reference, "reference", "", "the bank's own, of the receipt: booked once")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		member, err := parseNumber("member", args[0])
		if err != nil {
			return nil, err
		}
		amount, err := parseMoney("amount", args[1])
		return &settlement.MsgDeposit{Signer: ctx.FromAddress.String(), Member: member, Amount: amount, Reference: reference}, err
	})
}

func newWithdrawCmd() *cobra.Command {
	var reference string
	var bank uint32
	c := &cobra.Command{
		Use: "withdraw AMOUNT --bank NUMBER", Short: "Member: ask a bank to pay out; the fen are debited at once",
		Example: "  shugud money withdraw 1164.00cny --bank 5 --from seller --reference W-2026-0001",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&reference, "reference", "", "reference for the bank; no personal data")
	c.Flags().Uint32Var(&bank, "bank", 0, "member number of the bank")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		amount, err := parseMoney("amount", args[0])
		return &settlement.MsgRequestWithdrawal{Signer: ctx.FromAddress.String(), Bank: bank, Amount: amount, Reference: reference}, err
	})
}

func newConfirmCmd() *cobra.Command {
	c := &cobra.Command{
		Use: "confirm WITHDRAWAL", Short: "Bank: burn the fen of a withdrawal that was paid out",
		Example: "  shugud money confirm 000012-000001 --from bank",
		Args:    cobra.ExactArgs(1),
	}
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &settlement.MsgConfirmWithdrawal{Signer: ctx.FromAddress.String(), Withdrawal: args[0]}, nil
	})
}

func newDeclineCmd() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "decline WITHDRAWAL --reason TEXT", Short: "Bank: give the fen of a withdrawal back",
		Example: `  shugud money decline 000012-000001 --from bank --reason "账户信息不符"`,
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&reason, "reason", "", "why, public")
	return txCommand(c, func(_ *cobra.Command, ctx client.Context, args []string) (sdk.Msg, error) {
		return &settlement.MsgDeclineWithdrawal{Signer: ctx.FromAddress.String(), Withdrawal: args[0], Reason: reason}, nil
	})
}
