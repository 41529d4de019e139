package voucher

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions describes the queries on the command line. Custom commands of the same
// name are kept beside them.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	number := []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}}
	return &autocliv1.ModuleOptions{
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
			},
		},
	}
}
