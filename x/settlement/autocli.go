package settlement

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions describes the queries. The messages have verbs of their own.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	tx := &autocliv1.ServiceCommandDescriptor{Service: "shugu.settlement.v1.Msg"}
	for _, method := range []string{"Deposit", "RequestWithdrawal", "ConfirmWithdrawal", "DeclineWithdrawal"} {
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
				query("Withdrawal", "withdrawal [id]", "Show a withdrawal that waits for its bank", "withdrawal 000123-000007", "id"),
				query("Withdrawals", "withdrawals", "List the withdrawals that wait for a bank", "withdrawals --bank 7"),
				query("Unpaid", "unpaid", "List the payments that could not be booked and are tried again", "unpaid"),
				query("Balance", "balance [member]", "Show the fen of a member: available, in withdrawals, and unpaid", "balance 123", "member"),
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
