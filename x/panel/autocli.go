package panel

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions describes the queries. The verbs that send messages are made by hand.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.panel.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod: "Params",
					Use:       "params",
					Short:     "Show the parameters: deadlines, expiries in a block, gas of a resolution",
					Example:   "shugud query panel params",
				},
				{
					RpcMethod: "Panels",
					Use:       "panels",
					Short:     "List the panels, dissolved ones included",
					Example:   "shugud query panel panels",
				},
				{
					RpcMethod:      "Panel",
					Use:            "panel NAME",
					Short:          "Show a panel, its account and who holds its seats now",
					Example:        "shugud query panel panel council",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "name"}},
				},
				{
					RpcMethod: "Resolutions",
					Use:       "resolutions",
					Short:     "List resolutions: all, or those of a panel or in a status",
					Example:   "shugud query panel resolutions --panel council --status open",
				},
				{
					RpcMethod:      "Resolution",
					Use:            "resolution ID",
					Short:          "Show a resolution, its ballots, and where it stands in words",
					Example:        "shugud query panel resolution 7",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "id"}},
				},
			},
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.panel.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{RpcMethod: "Submit", Skip: true},
				{RpcMethod: "Vote", Skip: true},
				{RpcMethod: "Withdraw", Skip: true},
				{RpcMethod: "Execute", Skip: true},
				{RpcMethod: "UpdatePanel", Skip: true},
				{RpcMethod: "UpdateParams", Skip: true},
			},
		},
	}
}
