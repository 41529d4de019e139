package testnet

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testnet/proc"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
)

// GenesisInput is who stands in a chain's genesis.
type GenesisInput struct {
	ChainID string
	Time    time.Time
	Members []consortiumtypes.Member
	Seats   []consortiumtypes.Seat
	// Committee and JointMeeting are the numbers of the members with seats in these
	// panels: all committee members, and all public authorities.
	Committee, JointMeeting []uint32
	// Nodes of the chain, which may connect.
	Nodes []consortiumtypes.Node
	// Accounts exist besides the members' owners.
	Accounts []sdk.AccAddress
}

// GenesisFunc returns the bytes of a genesis file.
type GenesisFunc func(GenesisInput) ([]byte, error)

// firstSerial is where the made-up credit codes of genesis members begin.
const firstSerial = 33_000_000

// layOut writes all folders and keys and fills in the state.
func (n *Network) layOut() error {
	total := 0
	for _, spec := range n.cfg.Chains {
		total += spec.Validators
	}
	ports, err := n.choosePorts(4 * total)
	if err != nil {
		return err
	}
	if n.cfg.GenesisTime.IsZero() {
		n.cfg.GenesisTime = time.Now().UTC().Truncate(time.Second)
	}
	for _, spec := range n.cfg.Chains {
		chain := &chainState{ID: spec.ID, Region: spec.Region}
		for i := range spec.Validators {
			p := ports[4*i:]
			chain.Nodes = append(chain.Nodes, &nodeState{
				Moniker: spec.Members[spec.exchanges()[i]].Key,
				Ports:   Ports{P2P: p[0], RPC: p[1], GRPC: p[2], PProf: p[3]},
			})
		}
		ports = ports[4*spec.Validators:]
		if err := n.layOutChain(spec, chain); err != nil {
			return fmt.Errorf("laying out %s: %w", spec.ID, err)
		}
		n.st.Chains = append(n.st.Chains, chain)
	}
	n.attachChains()
	if n.cfg.Relayer == "" {
		return nil
	}
	if err := n.layOutRelayer(); err != nil {
		return fmt.Errorf("laying out the relayer: %w", err)
	}
	return nil
}

func (n *Network) choosePorts(count int) ([]int, error) {
	if n.cfg.BasePort == 0 {
		return proc.FreePorts(count)
	}
	ports := make([]int, count)
	for i := range ports {
		ports[i] = n.cfg.BasePort + i
	}
	return ports, nil
}

func (n *Network) layOutChain(spec ChainSpec, chain *chainState) error {
	folder := filepath.Join(n.cfg.Root, spec.ID)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	accounts, err := makeAccounts(folder, n.cfg.Seed, spec)
	if err != nil {
		return err
	}
	input, err := n.genesisInput(spec, accounts)
	if err != nil {
		return err
	}
	for i, node := range chain.Nodes {
		id, key, err := makeNodeKeys(nodeHome(folder, i), n.cfg.Seed, spec.ID, strconv.Itoa(i))
		if err != nil {
			return err
		}
		node.NodeID = string(id)
		raw, err := hex.DecodeString(node.NodeID)
		if err != nil {
			return err
		}
		input.Nodes = append(input.Nodes, consortiumtypes.Node{
			Id: raw, Owner: uint32(spec.exchanges()[i] + 1), Purpose: consortiumtypes.NODE_PURPOSE_VALIDATOR, Moniker: node.Moniker,
		})
		input.Seats = append(input.Seats, consortiumtypes.Seat{
			Member: uint32(spec.exchanges()[i] + 1), Moniker: node.Moniker, ConsensusKey: key,
		})
	}
	genesis, err := n.cfg.Genesis(input)
	if err != nil {
		return fmt.Errorf("genesis: %w", err)
	}
	for i, node := range chain.Nodes {
		files := nodeFiles{
			home: nodeHome(folder, i), moniker: node.Moniker, ports: node.Ports,
			peers: peersOf(chain, i), blockTime: n.cfg.BlockTime, genesis: genesis,
		}
		if err := files.write(); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "genesis.json"), genesis, 0o600); err != nil {
		return err
	}
	return writeClientConfig(folder, spec.ID, chain.Nodes[0].Ports.RPC)
}

// genesisInput describes everything but the seats, whose keys come with the nodes.
func (n *Network) genesisInput(spec ChainSpec, accounts []Account) (GenesisInput, error) {
	input := GenesisInput{ChainID: spec.ID, Time: n.cfg.GenesisTime}
	address := map[string]string{}
	for _, a := range accounts {
		address[a.Key] = a.Address
	}
	for _, i := range spec.withRole(consortiumtypes.ROLE_COMMITTEE_MEMBER) {
		input.Committee = append(input.Committee, uint32(i+1))
	}
	for _, i := range spec.withRole(consortiumtypes.ROLE_AUTHORITY) {
		input.JointMeeting = append(input.JointMeeting, uint32(i+1))
	}
	for i, m := range spec.Members {
		code := m.CreditCode
		if code == "" {
			code = CreditCode(spec.Region, firstSerial+i)
		}
		input.Members = append(input.Members, consortiumtypes.Member{
			Number: uint32(i + 1), Owner: address[m.Key], Name: m.Name, CreditCode: code,
			Region: spec.Region, Roles: m.Roles, Status: consortiumtypes.MEMBER_STATUS_ACTIVE, AgeRecipient: m.AgeRecipient,
		})
	}
	for _, name := range spec.Accounts {
		raw, err := sdk.GetFromBech32(address[name], bech32Prefix)
		if err != nil {
			return GenesisInput{}, err
		}
		input.Accounts = append(input.Accounts, raw)
	}
	return input, nil
}

// peersOf lists every other node of the chain.
func peersOf(chain *chainState, self int) []string {
	var peers []string
	for i, node := range chain.Nodes {
		if i != self {
			peers = append(peers, fmt.Sprintf("%s@127.0.0.1:%d", node.NodeID, node.Ports.P2P))
		}
	}
	return peers
}

func nodeHome(folder string, i int) string { return filepath.Join(folder, "node"+strconv.Itoa(i)) }
