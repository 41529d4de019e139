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
					Short:          "List what happened to a member, when, by whom and why",
					Example:        "shugud query consortium member-history 123",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}},
				},
				{
					RpcMethod:      "Quota",
					Use:            "quota NUMBER",
					Short:          "Show how much gas a member has used of its quota, and when the next window begins",
					Example:        "shugud query consortium quota 123",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}},
				},
				{
					RpcMethod:      "MemberByCreditCode",
					Use:            "member-by-credit-code CODE",
					Short:          "Show the last member with a credit code, which may have left",
					Example:        "shugud query consortium member-by-credit-code 91330100799655058B",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "credit_code"}},
				},
				{
					RpcMethod:      "Accounts",
					Use:            "accounts NUMBER",
					Short:          "List the accounts that act for a member, and their roles",
					Example:        "shugud query consortium accounts 123",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "number"}},
				},
				{
					RpcMethod:      "Refusals",
					Use:            "refusals EXCHANGE",
					Short:          "List the applications that an exchange refused, and why; 0 for the council's",
					Example:        "shugud query consortium refusals 2",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "by"}},
				},
				{
					RpcMethod:      "RefusalsByCreditCode",
					Use:            "refusals-by-credit-code CODE",
					Short:          "List who refused an organisation's applications, and why",
					Example:        "shugud query consortium refusals-by-credit-code 91330100799655058B",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "credit_code"}},
				},
				{
					RpcMethod: "Seats",
					Use:       "seats",
					Short:     "List the validator seats and the power of each",
					Example:   "shugud query consortium seats",
				},
				{
					RpcMethod:      "Seat",
					Use:            "seat MEMBER",
					Short:          "Show a member's validator seat: its status, missed blocks, a suspension that waits, a new key to come",
					Example:        "shugud query consortium seat 1",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "member"}},
				},
				{
					RpcMethod: "SetHistory",
					Use:       "sets",
					Short:     "List the validator sets that light clients of other chains may still trust",
					Example:   "shugud query consortium sets",
				},
				{
					RpcMethod: "Evidence",
					Use:       "evidence",
					Short:     "List what was proved against consensus keys, and what it led to",
					Example:   "shugud query consortium evidence --page-limit 20",
				},
				{RpcMethod: "Guard", Skip: true}, // made by hand: AutoCLI has no flags for lists of uint32
				{
					RpcMethod:      "Node",
					Use:            "node NODE_ID",
					Short:          "Show a peer of the private network and whether it may connect",
					Example:        "shugud query consortium node 3f2a…",
					PositionalArgs: []*autocliv1.PositionalArgDescriptor{{ProtoField: "id"}},
				},
				{
					RpcMethod: "Nodes",
					Use:       "nodes",
					Short:     "List the peers of the private network, all or those of one member",
					Example:   "shugud query consortium nodes --owner 1",
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
				{RpcMethod: "Reject", Skip: true},
				{RpcMethod: "Reinstate", Skip: true},
				{RpcMethod: "Leave", Skip: true},
				{RpcMethod: "SetTier", Skip: true},
				{RpcMethod: "AddAccount", Skip: true},
				{RpcMethod: "RevokeAccount", Skip: true},
				{RpcMethod: "ReplaceOwner", Skip: true},
				{RpcMethod: "UpdateMember", Skip: true},
				{RpcMethod: "GrantSeat", Skip: true},
				{RpcMethod: "RevokeSeat", Skip: true},
				{RpcMethod: "RotateKey", Skip: true},
				{RpcMethod: "RejoinSeat", Skip: true},
				{RpcMethod: "AcceptSuspension", Skip: true},
				{RpcMethod: "AdmitNode", Skip: true},
				{RpcMethod: "RevokeNode", Skip: true},
				{RpcMethod: "UpdateParams", Skip: true},
			},
		},
	}
}
