package voucher

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions describes the queries on the command line; the messages have verbs of their own. Custom commands of the same
// name are kept beside them.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	number := []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}}
	tx := &autocliv1.ServiceCommandDescriptor{Service: "shugu.voucher.v1.Msg"}
	for _, method := range []string{"RequestReversal", "ConfirmReversal", "DeclineReversal", "WithdrawReversal", "UpdateParams"} {
		tx.RpcCommandOptions = append(tx.RpcCommandOptions, &autocliv1.RpcCommandOptions{RpcMethod: method, Skip: true})
	}
	return &autocliv1.ModuleOptions{
		Tx: tx,
		Query: &autocliv1.ServiceCommandDescriptor{
			Service:              "shugu.voucher.v1.Query",
			EnhanceCustomCommand: true,
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod:      "Voucher",
					Use:            "show NUMBER",
					Short:          "Show a voucher, blue or red",
					Example:        "shugud query voucher show 3301-261123-000123-000042-28",
					PositionalArgs: number,
				},
				{
					RpcMethod: "Vouchers",
					Use:       "list",
					Short:     "List vouchers by number, all or those of a region and day",
					Example:   "shugud query voucher list --region 3301 --day 261123",
				},
				{
					RpcMethod:      "Status",
					Use:            "status NUMBER",
					Short:          "Show what stands against a blue voucher, with its history",
					Example:        "shugud query voucher status 330126112300012300004228",
					PositionalArgs: number,
				},
				{
					RpcMethod:      "Request",
					Use:            "request NUMBER",
					Short:          "Show the open request to reverse a blue voucher (冲红申请)",
					Example:        "shugud query voucher request 330126112300012300004228",
					PositionalArgs: number,
				},
				{
					RpcMethod: "Requests",
					Use:       "requests",
					Short:     "List the open requests for reversals, all or those of a party",
					Example:   "shugud query voucher requests --member 123",
				},
				{
					RpcMethod: "Failures",
					Use:       "failures",
					Short:     "List the requests that could not be ended and are tried again",
					Example:   "shugud query voucher failures",
				},
				{
					RpcMethod: "Params",
					Use:       "params",
					Short:     "Show the time that a party has to confirm a reversal, and how many requests a block ends",
					Example:   "shugud query voucher params",
				},
			},
		},
	}
}
