// Package testnet is the local network (本地网络): several chains of several
// validators and a relayer, as real processes on free loopback ports. It lays
// them out, starts them, waits for them, inspects them and stops them; the
// command `shugud localnet`, the demo and the system tests all drive it.
//
// Below the root folder:
//
//	state.json                   what runs where; lets other processes attach
//	CHAIN/genesis.json           the genesis that all nodes of the chain share
//	CHAIN/accounts.json          names, addresses, mnemonics of the test accounts
//	CHAIN/config/client.toml     `shugud --home CHAIN …` speaks to node0 with the
//	CHAIN/keyring-test/          keys of the chain (also --keyring-dir CHAIN)
//	CHAIN/node0/{config,data}/   a node's home
//	CHAIN/node0/node.log         everything it printed, over all its lives
//	relayer/                     the relayer's home: config, keys, relayer.log, link.log
//
// Keys lie there in the clear: a local network is for tests and learning.
package testnet
