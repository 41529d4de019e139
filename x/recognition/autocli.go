package recognition

import autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

// AutoCLIOptions describes the queries. The messages have verbs of their own.
func (AppModule) AutoCLIOptions() *autocliv1.ModuleOptions {
	tx := &autocliv1.ServiceCommandDescriptor{Service: "shugu.recognition.v1.Msg"}
	for _, method := range []string{"Present", "SetAgreement", "EndAgreement", "RecognizeByProof", "ProveStatus", "Reaffirm", "DoubtClient", "DecideContest", "UpdateParams"} {
		tx.RpcCommandOptions = append(tx.RpcCommandOptions, &autocliv1.RpcCommandOptions{RpcMethod: method, Skip: true})
	}
	const (
		chain   = "shugu-shanghai-1"
		voucher = "330126112300012300004228"
	)
	return &autocliv1.ModuleOptions{
		Tx: tx,
		Query: &autocliv1.ServiceCommandDescriptor{
			Service: "shugu.recognition.v1.Query",
			RpcCommandOptions: []*autocliv1.RpcCommandOptions{
				query("Params", "params", "Show the parameters of packets and queue", "params"),
				query("Agreement", "agreement [chain-id]", "Show the agreement with another chain", "agreement "+chain, "chain_id"),
				query("Agreements", "agreements", "List the agreements with other chains", "agreements"),
				query("OutboxEntry", "outbox-entry [chain-id] [kind] [id]", "Show how one record of ours stands abroad",
					"outbox-entry "+chain+" voucher "+voucher, "chain_id", "kind", "id"),
				query("Outbox", "outbox [chain-id]", "List how our records stand at another chain", "outbox "+chain, "chain_id"),
				query("Queue", "queue [chain-id]", "List what waits to be sent to another chain", "queue "+chain, "chain_id"),
				query("Recognised", "recognised [chain-id] [kind] [id]", "Show a record of another chain that stands here",
					"recognised "+chain+" settlement 261123-000123-000042", "chain_id", "kind", "id"),
				query("RecognisedList", "recognised-list [chain-id]", "List the records of another chain that stand here", "recognised-list "+chain, "chain_id"),
				query("ForeignStatus", "foreign-status [chain-id] [number]", "Show what stands against a voucher of another chain, as far as we heard",
					"foreign-status "+chain+" "+voucher, "chain_id", "number"),
				query("Standing", "standing [number]", "Show a voucher's standing here: voucher, settlement and status",
					"standing 3301-261123-000123-000042-28", "number"),
				{RpcMethod: "Contest", Skip: true}, // in words: cmd/shugud
				{RpcMethod: "Contests", Skip: true},
			},
		},
	}
}

// query describes one query command.
func query(method, use, short, example string, args ...string) *autocliv1.RpcCommandOptions {
	options := &autocliv1.RpcCommandOptions{RpcMethod: method, Use: use, Short: short, Example: "shugud query recognition " + example}
	for _, arg := range args {
		options.PositionalArgs = append(options.PositionalArgs, &autocliv1.PositionalArgDescriptor{ProtoField: arg})
	}
	return options
}
