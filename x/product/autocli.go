package product

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions describes the queries. The messages' commands are hand-made.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.product.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod:      "Scenario",
					Use:            "scenario [id]",
					Short:          "Show a scenario",
					Example:        "shugud query product scenario S000123-000007",
					PositionalArgs: positional("id"),
				},
				{
					RpcMethod: "Scenarios",
					Use:       "scenarios",
					Short:     "List scenarios, by exchange, owner and status",
					Example:   "shugud query product scenarios --exchange 1 --status submitted",
				},
				{
					RpcMethod:      "Product",
					Use:            "product [id]",
					Short:          "Show a product",
					Example:        "shugud query product product 000123-000007",
					PositionalArgs: positional("id"),
				},
				{
					RpcMethod: "Products",
					Use:       "products",
					Short:     "List products with their listed or latest version, by owner and zone",
					Example:   "shugud query product products --listed --zone-kind industry --zone-name transport",
				},
				{
					RpcMethod:      "Version",
					Use:            "version [product] [version]",
					Short:          "Show a version of a product; version 0 is the latest",
					Example:        "shugud query product version 000123-000007 1",
					PositionalArgs: positional("product", "version"),
				},
				{
					RpcMethod:      "Versions",
					Use:            "versions [product]",
					Short:          "List the versions of a product",
					Example:        "shugud query product versions 000123-000007",
					PositionalArgs: positional("product"),
				},
			},
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.product.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{RpcMethod: "SubmitScenario", Skip: true},
				{RpcMethod: "DecideScenario", Skip: true},
				{RpcMethod: "Register", Skip: true},
				{RpcMethod: "Revise", Skip: true},
				{RpcMethod: "List", Skip: true},
				{RpcMethod: "Delist", Skip: true},
			},
		},
	}
}

// positional names the fields that a command takes as arguments, in order.
func positional(fields ...string) []*autocliv1.PositionalArgDescriptor {
	out := make([]*autocliv1.PositionalArgDescriptor, 0, len(fields))
	for _, field := range fields {
		out = append(out, &autocliv1.PositionalArgDescriptor{ProtoField: field})
	}
	return out
}
