package ceremony

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shugu-network/shugu/app"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Plan is what the exchanges agree on beforehand.
type Plan struct {
	ChainID string `yaml:"chain_id"`
	// GenesisTime is when the first block may come, RFC 3339 in whole seconds.
	GenesisTime string `yaml:"genesis_time"`
	// Committee and JointMeeting are the credit codes of those who sit there; either may be empty.
	Committee    []string `yaml:"committee"`
	JointMeeting []string `yaml:"joint_meeting"`
}

func (p Plan) time() (time.Time, error) {
	at, err := time.Parse(time.RFC3339, p.GenesisTime)
	if err != nil || at.Nanosecond() != 0 {
		return at, fmt.Errorf("genesis_time: expected RFC 3339 in whole seconds such as 2026-12-01T08:00:00+08:00, got %q", p.GenesisTime)
	}
	return at.UTC(), nil
}

// Peer is a first validator as the others reach it.
type Peer struct {
	Member  uint32
	Moniker string
	// Line is id@host:port, as persistent_peers takes it.
	Line string
}

// Genesis is the outcome of a ceremony.
type Genesis struct {
	// Raw is the file, byte for byte the same for everybody.
	Raw     []byte
	Hash    string
	Members []consortium.Member
	Peers   []Peer
}

// applicant is a first member before it has a number.
type applicant struct {
	consortium.Application
	seat *consortium.Seat
	from Seat
}

// Collect makes the genesis of the plan from all proposals and applications,
// in whatever order they come. Exchanges with seats get the first numbers,
// then all others, each ascending by credit code.
func Collect(plan Plan, proposals []*SeatProposal, applications []SignedApplication) (*Genesis, error) {
	at, err := plan.time()
	if err != nil {
		return nil, err
	}
	if len(proposals) == 0 {
		return nil, fmt.Errorf("expected at least one seat proposal, got none")
	}
	var all []applicant
	for _, p := range proposals {
		application, seat, err := p.Verify(plan.ChainID, at)
		if err != nil {
			return nil, err
		}
		all = append(all, applicant{Application: application, seat: &seat, from: p.Seat})
	}
	for _, a := range applications {
		application, err := a.open(plan.ChainID, at)
		if err != nil {
			return nil, err
		}
		all = append(all, applicant{Application: application})
	}
	slices.SortFunc(all, func(a, b applicant) int {
		if (a.seat != nil) != (b.seat != nil) {
			if a.seat != nil {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.CreditCode, b.CreditCode)
	})
	return build(plan, at, all)
}

// build numbers the members and writes the file. BuildGenesis refuses what the
// modules would: a credit code, an account or a key that stands twice.
func build(plan Plan, at time.Time, all []applicant) (*Genesis, error) {
	out := new(Genesis)
	spec := app.GenesisSpec{ChainID: plan.ChainID, Time: at}
	nodes := map[string]string{}
	for i, a := range all {
		m, err := member(uint32(i+1), a.Application, app.Bech32Prefix)
		if err != nil {
			return nil, err
		}
		spec.Members = append(spec.Members, m)
		if a.seat == nil {
			continue
		}
		if other, twice := nodes[a.from.NodeID]; twice {
			return nil, fmt.Errorf("node_id %s: %s and %s propose the same node", a.from.NodeID, other, m.CreditCode)
		}
		nodes[a.from.NodeID] = m.CreditCode
		a.seat.Member = m.Number
		spec.Seats = append(spec.Seats, *a.seat)
		id, err := hex.DecodeString(a.from.NodeID)
		if err != nil {
			return nil, err
		}
		spec.Nodes = append(spec.Nodes, consortium.Node{
			Id: id, Owner: m.Number, Purpose: consortium.NODE_PURPOSE_VALIDATOR, Moniker: a.from.Moniker,
		})
		out.Peers = append(out.Peers, Peer{Member: m.Number, Moniker: a.from.Moniker, Line: a.from.NodeID + "@" + a.from.Address})
	}
	out.Members = spec.Members
	var err error
	if spec.Committee, err = sitting("committee", plan.Committee, spec.Members, consortium.ROLE_COMMITTEE_MEMBER); err != nil {
		return nil, err
	}
	if spec.JointMeeting, err = sitting("joint_meeting", plan.JointMeeting, spec.Members, consortium.ROLE_AUTHORITY); err != nil {
		return nil, err
	}
	genesis, err := app.BuildGenesis(spec)
	if err != nil {
		return nil, err
	}
	// The file is the same whatever build of the program made it.
	genesis.AppName, genesis.AppVersion = app.Name, ""
	if out.Raw, err = json.MarshalIndent(genesis, "", "  "); err != nil {
		return nil, err
	}
	out.Raw = append(out.Raw, '\n')
	out.Hash = Hash(out.Raw)
	return out, nil
}

// sitting finds the members of a panel by their credit codes.
func sitting(panel string, codes []string, members []consortium.Member, role consortium.Role) ([]uint32, error) {
	var numbers []uint32
	for _, code := range codes {
		i := slices.IndexFunc(members, func(m consortium.Member) bool { return m.CreditCode == strings.TrimSpace(code) })
		if i < 0 {
			return nil, fmt.Errorf("%s: no application of credit code %s was collected", panel, code)
		}
		if !members[i].Has(role) {
			return nil, fmt.Errorf("%s: expected %s to have %s, got %s", panel, code, role, members[i].Roles)
		}
		numbers = append(numbers, members[i].Number)
	}
	slices.Sort(numbers)
	if len(slices.Compact(slices.Clone(numbers))) != len(numbers) {
		return nil, fmt.Errorf("%s: a credit code stands twice", panel)
	}
	return numbers, nil
}
