package consortium

import (
	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"
)

// AutoCLIOptions describes the queries. The verbs that send messages are made by hand.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	return &autocliv1.ModuleOptions{
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.consortium.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{
					RpcMethod:      "Member",
					Use:            "member NUMBER",
					Short:          "Show the member with a number",
					Example:        "shugud query consortium member 123",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}},
				},
				{
					RpcMethod:      "MemberByAddress",
					Use:            "member-by-address ADDRESS",
					Short:          "Show the member that an account acts for",
					Example:        "shugud query consortium member-by-address shugu1…",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "address"}},
				},
				{
					RpcMethod: "Members",
					Use:       "members",
					Short:     "List the members, all or those with one role",
					Example:   "shugud query consortium members --role merchant --page-limit 20",
				},
				{
					RpcMethod:      "MemberHistory",
					Use:            "member-history NUMBER",
					Short:          "List when a member was admitted or suspended, by whom and why",
					Example:        "shugud query consortium member-history 123",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}},
				},
				{
					RpcMethod: "Seats",
					Use:       "seats",
					Short:     "List the validator seats and the power of each",
					Example:   "shugud query consortium seats",
				},
				{
					RpcMethod: "Params",
					Use:       "params",
					Short:     "Show the parameters",
					Example:   "shugud query consortium params",
				},
			},
		},
		Tx: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.consortium.v1.Msg",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				{RpcMethod: "Admit", Skip: true},
				{RpcMethod: "Suspend", Skip: true},
			},
		},
	}
}
