package settlement

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions describes the queries. The messages have verbs of their own.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	tx := &autocliv1.ServiceCommandDescriptor{Service: "shugu.settlement.v1.Msg"}
	for _, method := range []string{"Deposit", "RequestWithdrawal", "ConfirmWithdrawal", "DeclineWithdrawal", "PayDebt"} {
		tx.RpcCommandOptions = append(tx.RpcCommandOptions, &autocliv1.RpcCommandOptions{RpcMethod: method, Skip: true})
	}
	return &autocliv1.ModuleOptions{
		Tx: tx,
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.settlement.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				query("Record", "record [id]", "Show the settlement record of a trade", "record 261123-000123-000042", "id"),
				query("Escrow", "escrow [id]", "Show the open escrow of a trade", "escrow 261123-000123-000042", "id"),
				query("Ledger", "ledger [bank]", "Show how much fen one bank owes", "ledger 7", "bank"),
				query("Ledgers", "ledgers", "List how much fen each bank owes", "ledgers"),
				query("Deposit", "deposit [bank] [reference]", "Show what a bank booked under a reference of its own: did my deposit go through?", "deposit 7 HD-2026-1", "bank", "reference"),
				query("Withdrawal", "withdrawal [id]", "Show a withdrawal that waits for its bank", "withdrawal 000123-000007", "id"),
				query("Withdrawals", "withdrawals", "List the withdrawals that wait for a bank", "withdrawals --bank 7"),
				query("Unpaid", "unpaid", "List the payments that could not be booked and are tried again", "unpaid"),
				query("Balance", "balance [member]", "Show the fen of a member: available, in withdrawals, and unpaid", "balance 123", "member"),
				query("ClawBack", "claw-back [settlement]", "Show what red vouchers took back of a settlement, payee by payee", "claw-back 261123-000123-000042", "settlement"),
				query("Debt", "debt [id]", "Show what a payee could not give back in a reversal, and what it paid since", "debt 330126112300012300004328-000123", "id"),
				query("Debts", "debts", "List debts, all, those of a debtor, or those towards a creditor", "debts --debtor 123"),
			},
		},
	}
}

func query(method, use, short, example string, args ...string) *autocliv1.RpcCommandOptions {
	options := &autocliv1.RpcCommandOptions{RpcMethod: method, Use: use, Short: short, Example: "shugud query settlement " + example}
	for _, arg := range args {
		options.PositionalArgs = append(options.PositionalArgs, &autocliv1.PositionalArgDescriptor{ProtoField: arg})
	}
	return options
}
