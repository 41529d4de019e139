package types_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// fullGenesis is genesis() with members that left and came back, tiers, accounts, refusals and their history.
func fullGenesis() *types.GenesisState {
	g := genesis()
	left := g.Members[2]
	left.Status, left.SuspensionReason, left.Owner = types.MEMBER_STATUS_LEFT, "", keys.Bech32("seller before")
	g.Members[2].Number, g.Members[2].Previous, g.Members[2].SuspendedBy = 6, 5, 1
	g.Members[2].Tier, g.Members[2].TierRule, g.Members[2].Funds = types.TIER_GALAXY, "HZDE-2026-03", keys.Bech32("lost")
	g.Members, g.NextMember = slices.Insert(g.Members, 2, left), 7
	account := func(member uint32, name string, roles ...types.Role) types.Account {
		return types.Account{Address: keys.Bech32(name), Member: member, Roles: roles, AddedHeight: 3}
	}
	g.Accounts = []types.Account{
		account(1, "a", types.ROLE_RELAYER), account(1, "b", types.ROLE_EXCHANGE, types.ROLE_RELAYER), account(5, "c", types.ROLE_MERCHANT),
	}
	if bytes.Compare(keys.Address("a"), keys.Address("b")) > 0 {
		g.Accounts[0], g.Accounts[1] = g.Accounts[1], g.Accounts[0]
	}
	refusal := func(by uint32, height int64, digest byte) types.Refusal {
		return types.Refusal{
			By: by, Height: height, ApplicationDigest: bytes.Repeat([]byte{digest}, 32),
			Applicant: keys.Bech32("refused"), CreditCode: "91330100MA00000009", Reason: "r",
		}
	}
	g.Refusals = []types.Refusal{refusal(0, 9, 1), refusal(1, 3, 2), refusal(1, 3, 3), refusal(1, 4, 0)}
	g.History = append(g.History,
		types.MemberChange{Member: 5, Height: 8, Sequence: 3, Kind: types.CHANGE_KIND_LEFT, By: 5},
		types.MemberChange{Member: 6, Height: 9, Sequence: 1, Kind: types.CHANGE_KIND_ADMITTED, By: 1},
		types.MemberChange{Member: 6, Height: 9, Sequence: 2, Kind: types.CHANGE_KIND_TIER_SET, By: 1, Tier: types.TIER_GALAXY, RuleVersion: "HZDE-2026-03"},
		types.MemberChange{Member: 6, Height: 9, Sequence: 3, Kind: types.CHANGE_KIND_ACCOUNT_ADDED, By: 6, Account: keys.Bech32("d"), Roles: []types.Role{types.ROLE_MERCHANT}},
		types.MemberChange{Member: 6, Height: 9, Sequence: 4, Kind: types.CHANGE_KIND_ACCOUNT_REVOKED, By: 6, Account: keys.Bech32("d")},
		types.MemberChange{Member: 6, Height: 9, Sequence: 5, Kind: types.CHANGE_KIND_OWNER_REPLACED, Account: keys.Bech32("seller"), Replaced: keys.Bech32("lost")},
		types.MemberChange{Member: 6, Height: 9, Sequence: 6, Kind: types.CHANGE_KIND_UPDATED, By: 6, AgeRecipient: ageRecipient, DocumentsDigest: make([]byte, 32)},
		types.MemberChange{Member: 6, Height: 9, Sequence: 7, Kind: types.CHANGE_KIND_REINSTATED, Reason: "r"},
	)
	return g
}

// at is the position in fullGenesis's history of the change of a kind of member 6.
func at(g *types.GenesisState, kind types.ChangeKind) *types.MemberChange {
	i := slices.IndexFunc(g.History, func(c types.MemberChange) bool { return c.Member == 6 && c.Kind == kind })
	return &g.History[i]
}

func TestFullGenesisValidate(t *testing.T) { require.NoError(t, fullGenesis().Validate()) }

func TestFullGenesisValidateFailsIf(t *testing.T) {
	added := func(i int) string { return keys.Bech32(fmt.Sprintf("many %d", i)) }
	for name, spoil := range map[string]func(g *types.GenesisState){
		"the earlier member stays":         func(g *types.GenesisState) { g.Members[2].Status = types.MEMBER_STATUS_ACTIVE },
		"previous is missing":              func(g *types.GenesisState) { g.Members[3].Previous = 0 },
		"previous is another":              func(g *types.GenesisState) { g.Members[3].Previous = 1 },
		"previous is there without cause":  func(g *types.GenesisState) { g.Members[1].Previous = 1 },
		"suspending member is unknown":     func(g *types.GenesisState) { g.Members[3].SuspendedBy = 4 },
		"active member was suspended":      func(g *types.GenesisState) { g.Members[0].SuspendedBy = 2 },
		"member that left has a reason":    func(g *types.GenesisState) { g.Members[2].SuspensionReason = "r" },
		"tier without a rule":              func(g *types.GenesisState) { g.Members[3].TierRule = "" },
		"rule without a tier":              func(g *types.GenesisState) { g.Members[3].Tier = 0 },
		"rule is too long":                 func(g *types.GenesisState) { g.Members[3].TierRule = strings.Repeat("v", 65) },
		"tier is unknown":                  func(g *types.GenesisState) { g.Members[3].Tier = 9 },
		"an exchange has a tier":           func(g *types.GenesisState) { g.Members[0].Tier, g.Members[0].TierRule = 1, "v" },
		"fen are held by no address":       func(g *types.GenesisState) { g.Members[3].Funds = "f" },
		"fen are said to be the owner's":   func(g *types.GenesisState) { g.Members[3].Funds = g.Members[3].Owner },
		"fen are held by another owner":    func(g *types.GenesisState) { g.Members[3].Funds = g.Members[0].Owner },
		"fen are held by an account":       func(g *types.GenesisState) { g.Members[3].Funds = g.Accounts[0].Address },
		"account is no address":            func(g *types.GenesisState) { g.Accounts[0].Address = "a" },
		"account is an owner":              func(g *types.GenesisState) { g.Accounts[2].Address = g.Members[0].Owner },
		"account is an owner in capitals":  func(g *types.GenesisState) { g.Accounts[2].Address = strings.ToUpper(g.Members[0].Owner) },
		"account is there twice":           func(g *types.GenesisState) { g.Accounts[2].Address = g.Accounts[0].Address },
		"account's member is zero":         func(g *types.GenesisState) { g.Accounts[0].Member = 0 },
		"account's member is unknown":      func(g *types.GenesisState) { g.Accounts[2].Member = 7 },
		"account has no role":              func(g *types.GenesisState) { g.Accounts[0].Roles = nil },
		"account has more than its member": func(g *types.GenesisState) { g.Accounts[2].Roles = []types.Role{types.ROLE_RELAYER} },
		"account's height is negative":     func(g *types.GenesisState) { g.Accounts[0].AddedHeight = -1 },
		"accounts descend":                 func(g *types.GenesisState) { g.Accounts[0], g.Accounts[1] = g.Accounts[1], g.Accounts[0] },
		"accounts' members descend":        func(g *types.GenesisState) { g.Accounts[1], g.Accounts[2] = g.Accounts[2], g.Accounts[1] },
		"a member has too many accounts":   func(g *types.GenesisState) { g.Accounts = manyAccounts(added, types.MaxAccounts) },
		"refusal is by a stranger":         func(g *types.GenesisState) { g.Refusals[3].By = 7 },
		"refusal is by too large a number": func(g *types.GenesisState) { g.Refusals[3].By = 1_000_000 },
		"refusal's height is zero":         func(g *types.GenesisState) { g.Refusals[0].Height = 0 },
		"refusal's digest is short":        func(g *types.GenesisState) { g.Refusals[0].ApplicationDigest = []byte{1} },
		"refusal's applicant is none":      func(g *types.GenesisState) { g.Refusals[0].Applicant = "" },
		"refusal's credit code is none":    func(g *types.GenesisState) { g.Refusals[0].CreditCode = "1" },
		"refusal has no reason":            func(g *types.GenesisState) { g.Refusals[0].Reason = "" },
		"refusals descend":                 func(g *types.GenesisState) { g.Refusals[1], g.Refusals[2] = g.Refusals[2], g.Refusals[1] },
		"refusal is there twice":           func(g *types.GenesisState) { g.Refusals[3].ApplicationDigest = g.Refusals[1].ApplicationDigest },
		"history's tier is missing":        func(g *types.GenesisState) { at(g, types.CHANGE_KIND_TIER_SET).Tier = 0 },
		"history's rule is missing":        func(g *types.GenesisState) { at(g, types.CHANGE_KIND_TIER_SET).RuleVersion = "" },
		"history's account is missing":     func(g *types.GenesisState) { at(g, types.CHANGE_KIND_ACCOUNT_ADDED).Account = "" },
		"history's roles are missing":      func(g *types.GenesisState) { at(g, types.CHANGE_KIND_ACCOUNT_ADDED).Roles = nil },
		"history's account is no address":  func(g *types.GenesisState) { at(g, types.CHANGE_KIND_ACCOUNT_REVOKED).Account = "a" },
		"history's replaced is missing":    func(g *types.GenesisState) { at(g, types.CHANGE_KIND_OWNER_REPLACED).Replaced = "" },
		"history's update is empty": func(g *types.GenesisState) {
			c := at(g, types.CHANGE_KIND_UPDATED)
			c.AgeRecipient, c.DocumentsDigest = "", nil
		},
		"history's recipient is none":      func(g *types.GenesisState) { at(g, types.CHANGE_KIND_UPDATED).AgeRecipient = "age1x" },
		"a reinstatement tells a tier":     func(g *types.GenesisState) { at(g, types.CHANGE_KIND_REINSTATED).Tier = 1 },
		"a reinstatement tells an account": func(g *types.GenesisState) { at(g, types.CHANGE_KIND_REINSTATED).Account = keys.Bech32("a") },
		"a tier tells roles":               func(g *types.GenesisState) { at(g, types.CHANGE_KIND_TIER_SET).Roles = []types.Role{1} },
		"a revocation tells who replaced":  func(g *types.GenesisState) { at(g, types.CHANGE_KIND_ACCOUNT_REVOKED).Replaced = keys.Bech32("a") },
		"an admission tells documents":     func(g *types.GenesisState) { at(g, types.CHANGE_KIND_ADMITTED).DocumentsDigest = make([]byte, 32) },
	} {
		t.Run(name, func(t *testing.T) {
			g := fullGenesis()
			spoil(g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
	g := fullGenesis()
	g.Accounts = manyAccounts(added, types.MaxAccounts-1)
	require.NoError(t, g.Validate(), "fifteen beside the owner's")
}

// manyAccounts of member 1, ascending.
func manyAccounts(address func(int) string, count int) []types.Account {
	type one struct{ raw, text string }
	var all []one
	for i := range count {
		all = append(all, one{string(keys.Address(fmt.Sprintf("many %d", i))), address(i)})
	}
	slices.SortFunc(all, func(a, b one) int { return strings.Compare(a.raw, b.raw) })
	var accounts []types.Account
	for _, a := range all {
		accounts = append(accounts, types.Account{Address: a.text, Member: 1, Roles: []types.Role{types.ROLE_RELAYER}})
	}
	return accounts
}
