package trade

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions describes the queries. The messages have hand-made commands.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.trade.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod:      "Contract",
					Use:            "contract ID",
					Short:          "Show a contract: deal, status, next deadline, voucher",
					Example:        "shugud query trade contract 261123-000123-000042",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "id"}},
				},
				{
					RpcMethod: "Contracts",
					Use:       "contracts",
					Short:     "List contracts: all, those of one seller, or those of one buyer",
					Example:   "shugud query trade contracts --seller 123 --page-limit 20 --page-reverse",
				},
				{
					RpcMethod: "Failures",
					Use:       "failures",
					Short:     "List contracts whose deadline's exit failed, with the error and the next attempt",
					Example:   "shugud query trade failures",
				},
				{
					RpcMethod: "Params",
					Use:       "params",
					Short:     "Show the limits of a deal's times and of a block's work",
					Example:   "shugud query trade params",
				},
			},
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.trade.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{RpcMethod: "Quote", Skip: true},
				{RpcMethod: "Agree", Skip: true},
				{RpcMethod: "Fund", Skip: true},
				{RpcMethod: "Deliver", Skip: true},
				{RpcMethod: "Accept", Skip: true},
				{RpcMethod: "Cancel", Skip: true},
				{RpcMethod: "UpdateParams", Skip: true},
			},
		},
	}
}
