package compliance

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions describes the queries. The messages' commands are hand-made.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.compliance.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod:      "Review",
					Use:            "review [product] [version]",
					Short:          "Show the latest review of a product's version, or the one of --round",
					Example:        "shugud query compliance review 000123-000007 1 --round 2",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "product"}, {ProtoField: "version"}},
				},
				{
					RpcMethod: "Reviews",
					Use:       "reviews",
					Short:     "List reviews: all, those of a product, or those that wait for opinions",
					Example:   "shugud query compliance reviews --pending --committee-member 5",
				},
				{
					RpcMethod: "Params",
					Use:       "params",
					Short:     "Show the quorum and the largest committee of new reviews",
					Example:   "shugud query compliance params",
				},
			},
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.compliance.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{RpcMethod: "Request", Skip: true},
				{RpcMethod: "Opine", Skip: true},
				{RpcMethod: "UpdateParams", Skip: true},
			},
		},
	}
}
