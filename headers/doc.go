// Package headers keeps, on every full node, what a court needs long after blocks were
// pruned: for each height at which the validator set changed, the header, the votes for
// it, and the next set (验证人集合变更).
//
// # What is kept
//
// Header h names the set that signs it (validators_hash) and the next one
// (next_validators_hash). Where they differ, h is the last block of its set. The Store
// keeps that header, the votes for it that block h+1 carries, and the set of h+1. With
// the first set that the node knew, the base, these are a chain: each set signed its
// successor. A trust root of any height from the base on leads along it to a header of
// today, in as many steps as there were changes, whatever was pruned since.
//
// # Where
//
// In <home>/data/setchanges.db (goleveldb), beside the state and outside the application
// hash: it decides nothing, and nodes may differ in it. Pruning, rollback and snapshots do not
// touch it; `comet unsafe-reset-all` removes it with the chain.
//
//	0x01                  last block that was looked at, i64 BE
//	0x02                  Base: the first block whose set is known, and the set
//	0x10 | height i64 BE  SetChange: header, commit, next set
//
// A change and the mark that its block was looked at are one synced batch, and the mark only
// moves forward, so a change is stored once, whenever the node is stopped. Other moves of the mark
// are not synced: after a loss of power some blocks are looked at again.
//
// # How it is filled
//
// A Follower in the node's process goes from the mark to the last block but one (the last
// has no canonical commit yet), at start, at each NewBlockHeader event, and at intervals in
// case events are lost. Nothing depends on which events come, or how often. A
// change must be signed by all rules of CometBFT by the set that the store knows, or it is not
// stored. The follower logs its errors and tries again; it never stops the node.
//
// A node that came by state sync asks the RPC servers of its [statesync] for the changes before
// its first block, and takes them when each is signed by the set before it and the last leads to
// the set that signs that block. Without such servers it begins at its first block. When
// blocks are pruned between two runs before they were looked at, the chain goes on if the set is
// still the same; otherwise what came before leads nowhere, and the node's knowledge
// begins anew after the gap, with an error in the log.
//
// # How it is read
//
// By the gRPC query shugu.headers.v1.Query/SetChanges, which RPC serves by abci_query,
// too. `shugud query voucher proof NUMBER --since HEIGHT` writes the changes into a bundle.
package headers
