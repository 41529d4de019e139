// Package appgenesis makes the genesis files of local networks with the
// application's own code. It is apart from testnet so that testnet, and its
// tests, need not link the application.
package appgenesis

import (
	"encoding/json"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testnet"
)

// Build is a testnet.GenesisFunc: the application's default genesis with the
// members, seats and accounts of the input.
func Build(in testnet.GenesisInput) ([]byte, error) {
	genesis, err := app.BuildGenesis(app.GenesisSpec{
		ChainID: in.ChainID, Time: in.Time, Committee: in.Committee, JointMeeting: in.JointMeeting,
		Members: in.Members, Seats: in.Seats, Nodes: in.Nodes, Accounts: in.Accounts,
	})
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(genesis, "", "  ")
}
