package types_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func genesis() *types.GenesisState {
	member := func(number uint32, name, code string, roles ...types.Role) types.Member {
		return types.Member{
			Number: number, Owner: keys.Bech32(name), Name: name, CreditCode: code, Region: "3301", Roles: roles, Status: types.MEMBER_STATUS_ACTIVE,
		}
	}
	merchant := member(5, "seller", "91330100MA00000003", types.ROLE_MERCHANT)
	merchant.AdmittedBy, merchant.AdmittedHeight, merchant.Conditions = 1, 7, "c"
	merchant.Status, merchant.SuspensionReason = types.MEMBER_STATUS_SUSPENDED, "r"
	nonce := func(account string, first byte, expires int64) types.UsedNonce {
		return types.UsedNonce{Address: keys.Bech32(account), Nonce: append([]byte{first}, make([]byte, 15)...), ExpiresAt: expires}
	}
	return &types.GenesisState{
		Params: types.DefaultParams(),
		Members: []types.Member{
			member(1, "hangzhou", "91330100MA00000001", types.ROLE_EXCHANGE, types.ROLE_RELAYER),
			member(2, "ningbo", "91330100MA00000002", types.ROLE_EXCHANGE), merchant,
		},
		Seats: []types.Seat{
			{Member: 1, Moniker: "hangzhou-0", ConsensusKey: keys.Validator("hangzhou").PubKey().Bytes()},
			{Member: 2, Moniker: "ningbo-0", ConsensusKey: keys.Validator("ningbo").PubKey().Bytes()},
		},
		NextMember: 6,
		UsedNonces: []types.UsedNonce{nonce("seller", 1, 10), nonce("seller", 2, 10), nonce("seller", 0, 11)},
		History: []types.MemberChange{
			{Member: 1, Height: 9, Sequence: 1, Kind: types.CHANGE_KIND_SUSPENDED, Reason: "r"},
			{Member: 5, Height: 7, Sequence: 1, Kind: types.CHANGE_KIND_ADMITTED, By: 1, Reason: "c"},
			{Member: 5, Height: 7, Sequence: 2, Kind: types.CHANGE_KIND_SUSPENDED, By: 1, Reason: "r"},
		},
	}
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, genesis().Validate())
	require.ErrorIs(t, types.DefaultGenesis().Validate(), valid.ErrInvalid, "a chain needs a seat")
}

func TestGenesisValidateFailsIf(t *testing.T) {
	cases := map[string]func(g *types.GenesisState){
		"member number is zero":            func(g *types.GenesisState) { g.Members[0].Number = 0 },
		"member number is too large":       func(g *types.GenesisState) { g.Members[2].Number = 1_000_000 },
		"member number is there twice":     func(g *types.GenesisState) { g.Members[1].Number = 1 },
		"members descend":                  func(g *types.GenesisState) { g.Members[0], g.Members[1] = g.Members[1], g.Members[0] },
		"owner is no address":              func(g *types.GenesisState) { g.Members[0].Owner = "me" },
		"owner is there twice":             func(g *types.GenesisState) { g.Members[1].Owner = g.Members[0].Owner },
		"owner is there twice in capitals": func(g *types.GenesisState) { g.Members[1].Owner = strings.ToUpper(g.Members[0].Owner) },
		"credit code is there twice":       func(g *types.GenesisState) { g.Members[1].CreditCode = g.Members[0].CreditCode },
		"credit code is malformed":         func(g *types.GenesisState) { g.Members[1].CreditCode = "1" },
		"name is missing":                  func(g *types.GenesisState) { g.Members[1].Name = "" },
		"documents digest is short":        func(g *types.GenesisState) { g.Members[1].DocumentsDigest = []byte{1} },
		"roles descend":                    func(g *types.GenesisState) { g.Members[1].Roles = []types.Role{2, 1} },
		"status is missing":                func(g *types.GenesisState) { g.Members[0].Status = 0 },
		"status is unknown":                func(g *types.GenesisState) { g.Members[0].Status = 4 },
		"active member has a reason":       func(g *types.GenesisState) { g.Members[0].SuspensionReason = "r" },
		"suspended member has none":        func(g *types.GenesisState) { g.Members[2].SuspensionReason = "" },
		"conditions are too long":          func(g *types.GenesisState) { g.Members[0].Conditions = strings.Repeat("c", 513) },
		"admitting member is unknown":      func(g *types.GenesisState) { g.Members[2].AdmittedBy = 3 },
		"admitting member is too large":    func(g *types.GenesisState) { g.Members[2].AdmittedBy = 1_000_000 },
		"admission height is negative":     func(g *types.GenesisState) { g.Members[2].AdmittedHeight = -1 },
		"next member is given away":        func(g *types.GenesisState) { g.NextMember = 5 },
		"next member is zero":              func(g *types.GenesisState) { g.NextMember = 0 },
		"next member is too large":         func(g *types.GenesisState) { g.NextMember = 1_000_001 },
		"there is no seat":                 func(g *types.GenesisState) { g.Seats = nil },
		"there are too many seats":         func(g *types.GenesisState) { g.Seats = make([]types.Seat, 129) },
		"seat's member is unknown":         func(g *types.GenesisState) { g.Seats[1].Member = 4 },
		"seat's member is zero":            func(g *types.GenesisState) { g.Seats[0].Member = 0 },
		"seat's member is no exchange":     func(g *types.GenesisState) { g.Seats[1].Member = 5 },
		"an exchange has two seats":        func(g *types.GenesisState) { g.Seats[1].Member = 1 },
		"moniker is missing":               func(g *types.GenesisState) { g.Seats[0].Moniker = "" },
		"moniker is too long":              func(g *types.GenesisState) { g.Seats[0].Moniker = strings.Repeat("m", 33) },
		"moniker is not ASCII":             func(g *types.GenesisState) { g.Seats[0].Moniker = "杭州" },
		"moniker is there twice":           func(g *types.GenesisState) { g.Seats[1].Moniker = g.Seats[0].Moniker },
		"consensus key is short":           func(g *types.GenesisState) { g.Seats[0].ConsensusKey = g.Seats[0].ConsensusKey[1:] },
		"consensus key is there twice":     func(g *types.GenesisState) { g.Seats[1].ConsensusKey = bytes.Clone(g.Seats[0].ConsensusKey) },
		"nonce's address is none":          func(g *types.GenesisState) { g.UsedNonces[0].Address = "a" },
		"nonce is short":                   func(g *types.GenesisState) { g.UsedNonces[0].Nonce = []byte{1} },
		"nonce never expires":              func(g *types.GenesisState) { g.UsedNonces[0].ExpiresAt = 0 },
		"nonces descend":                   func(g *types.GenesisState) { g.UsedNonces[0].ExpiresAt = 12 },
		"nonce is there twice":             func(g *types.GenesisState) { g.UsedNonces[1] = g.UsedNonces[0] },
		"nonce has two expiries":           func(g *types.GenesisState) { g.UsedNonces[2].Nonce = g.UsedNonces[0].Nonce },
		"history is of a stranger":         func(g *types.GenesisState) { g.History[0].Member = 4 },
		"history is by a stranger":         func(g *types.GenesisState) { g.History[0].By = 4 },
		"history's kind is missing":        func(g *types.GenesisState) { g.History[0].Kind = 0 },
		"history's kind is unknown":        func(g *types.GenesisState) { g.History[0].Kind = 99 },
		"history's reason is too long":     func(g *types.GenesisState) { g.History[0].Reason = strings.Repeat("r", 513) },
		"history's height is zero":         func(g *types.GenesisState) { g.History[0].Height = 0 },
		"history starts in the middle":     func(g *types.GenesisState) { g.History[0].Sequence = 2 },
		"history has a gap":                func(g *types.GenesisState) { g.History[2].Sequence = 3 },
		"history goes back in time":        func(g *types.GenesisState) { g.History[2].Height = 6 },
		"history's members descend":        func(g *types.GenesisState) { g.History[0], g.History[1] = g.History[1], g.History[0] },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			g := genesis()
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}
