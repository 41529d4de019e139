package ceremony_test

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/cosmos/gogoproto/jsonpb"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/ceremony"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

const chainID = "shugu-hangzhou-1"

var (
	plan    = ceremony.Plan{ChainID: chainID, GenesisTime: "2026-12-01T08:00:00+08:00"}
	expires = time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC)
)

// apply makes the application of an organisation whose key is derived from its name.
func apply(t *testing.T, name, code string, spoil func(*consortium.Application), roles ...consortium.Role) ceremony.SignedApplication {
	t.Helper()
	key := keys.Account(name)
	app := consortium.Application{
		ChainId: chainID, PublicKey: key.PubKey().Bytes(), Name: name, CreditCode: code, Region: "3301", Roles: roles,
		DocumentsDigest: make([]byte, 32), Nonce: make([]byte, 16), ExpiresAt: expires.Unix(),
	}
	if spoil != nil {
		spoil(&app)
	}
	message, err := consortium.ApplicationSignBytes(app)
	require.NoError(t, err)
	signature, err := key.Sign(message)
	require.NoError(t, err)
	raw, err := (&jsonpb.Marshaler{}).MarshalToString(&app)
	require.NoError(t, err)
	return ceremony.SignedApplication{Application: json.RawMessage(raw), Signature: hex.EncodeToString(signature)}
}

// propose makes the proposal of an exchange.
func propose(t *testing.T, name, code string, spoil func(*ceremony.Seat)) *ceremony.SeatProposal {
	t.Helper()
	consensus := keys.Validator(name)
	seat := ceremony.Seat{
		Moniker: name, ConsensusKey: hex.EncodeToString(consensus.PubKey().Bytes()),
		NodeID: hex.EncodeToString(keys.Validator("node of " + name).PubKey().Address()), Address: name + ".example.cn:26656",
	}
	if spoil != nil {
		spoil(&seat)
	}
	p, err := ceremony.Propose(apply(t, name, code, nil, consortium.ROLE_EXCHANGE), seat, keys.Account(name).Sign, consensus.Sign)
	require.NoError(t, err)
	return p
}

func documents(t *testing.T) ([]*ceremony.SeatProposal, []ceremony.SignedApplication) {
	t.Helper()
	return []*ceremony.SeatProposal{
			propose(t, "ningbo", "91330200MA0000002X", nil), propose(t, "hangzhou", "91330100MA0000001X", nil),
			propose(t, "wenzhou", "91330300MA0000003X", nil),
		}, []ceremony.SignedApplication{
			apply(t, "lawyer", "31330000MD0000005X", nil, consortium.ROLE_COMMITTEE_MEMBER),
			apply(t, "bank", "91330000MA0000004X", nil, consortium.ROLE_BANK),
			apply(t, "bureau", "11330100MB0000006X", nil, consortium.ROLE_AUTHORITY),
		}
}

// Whoever collects the documents, in whatever order, gets the same bytes, and numbers by credit code.
func TestEverybodyMakesTheSameGenesis(t *testing.T) {
	proposals, applications := documents(t)
	agreed := plan
	agreed.Committee, agreed.JointMeeting = []string{"31330000MD0000005X"}, []string{"11330100MB0000006X"}
	first, err := ceremony.Collect(agreed, proposals, applications)
	require.NoError(t, err)
	slices.Reverse(proposals)
	slices.Reverse(applications)
	second, err := ceremony.Collect(agreed, proposals, applications)
	require.NoError(t, err)
	require.Equal(t, string(first.Raw), string(second.Raw))
	require.Equal(t, ceremony.Hash(first.Raw), second.Hash)

	var names []string
	for i, m := range first.Members {
		require.Equal(t, uint32(i+1), m.Number)
		names = append(names, m.Name)
	}
	require.Equal(t, []string{"hangzhou", "ningbo", "wenzhou", "bureau", "lawyer", "bank"}, names)
	require.Len(t, first.Peers, 3)
	require.Contains(t, first.Peers[0].Line, "@hangzhou.example.cn:26656")

	agreed.Committee = nil
	other, err := ceremony.Collect(agreed, proposals, applications)
	require.NoError(t, err)
	require.NotEqual(t, first.Hash, other.Hash, "another plan, another genesis")
}

func TestProposalSurvivesItsFile(t *testing.T) {
	p := propose(t, "hangzhou", "91330100MA0000001X", nil)
	raw, err := json.MarshalIndent(p, "", "  ")
	require.NoError(t, err)
	again, err := ceremony.DecodeSeatProposal(raw)
	require.NoError(t, err)
	_, seat, err := again.Verify(chainID, expires)
	require.NoError(t, err)
	require.Equal(t, "hangzhou", seat.Moniker)
	_, err = ceremony.DecodeSeatProposal(append(raw, '{'))
	require.Error(t, err)
	_, err = ceremony.DecodeSeatProposal([]byte(`{"format":"shugu-seat-proposal-2"}`))
	require.ErrorContains(t, err, "shugu-seat-proposal-1")
}

func TestCollectFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, plan *ceremony.Plan, p *[]*ceremony.SeatProposal, a *[]ceremony.SignedApplication)
		want  string
	}{
		"nobody proposes a seat": {func(_ *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			*p = nil
		}, "at least one seat"},
		"the time has a fraction": {func(_ *testing.T, plan *ceremony.Plan, _ *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			plan.GenesisTime = "2026-12-01T08:00:00.5+08:00"
		}, "genesis_time"},
		"documents are for another chain": {func(_ *testing.T, plan *ceremony.Plan, _ *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			plan.ChainID = "shugu-ningbo-1"
		}, "chain_id"},
		"an application has expired by then": {func(_ *testing.T, plan *ceremony.Plan, _ *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			plan.GenesisTime = "2027-01-01T08:00:00+08:00"
		}, "expired"},
		"an application is to an exchange": {func(t *testing.T, _ *ceremony.Plan, _ *[]*ceremony.SeatProposal, a *[]ceremony.SignedApplication) {
			*a = append(*a, apply(t, "seller", "91330108MA0000007X", func(app *consortium.Application) { app.AdmittingMember = 1 }, consortium.ROLE_MERCHANT))
		}, "admitting_member 0"},
		"an application was changed": {func(_ *testing.T, _ *ceremony.Plan, _ *[]*ceremony.SeatProposal, a *[]ceremony.SignedApplication) {
			(*a)[0].Application = json.RawMessage(string((*a)[1].Application))
		}, "bad signature"},
		"the seat was changed after signing": {func(_ *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			(*p)[0].Seat.Address = "evil.example.cn:26656"
		}, "owner_signature"},
		"the consensus key is not the proposer's": {func(_ *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			(*p)[0].ConsensusSignature = (*p)[0].OwnerSignature
		}, "consensus_signature"},
		"two seats have one key": {func(t *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			consensus := keys.Validator("ningbo")
			seat := (*p)[1].Seat
			seat.ConsensusKey = hex.EncodeToString(consensus.PubKey().Bytes())
			twin, err := ceremony.Propose((*p)[1].SignedApplication, seat, keys.Account("hangzhou").Sign, consensus.Sign)
			require.NoError(t, err)
			(*p)[1] = twin
		}, "consensus_key"},
		"two seats have one node": {func(t *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			(*p)[1] = propose(t, "hangzhou", "91330100MA0000001X", func(s *ceremony.Seat) { s.NodeID = (*p)[0].Seat.NodeID })
		}, "the same node"},
		"the moniker is not ASCII": {func(t *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			(*p)[1] = propose(t, "hangzhou", "91330100MA0000001X", func(s *ceremony.Seat) { s.Moniker = "杭州" })
		}, "moniker"},
		"the address has no port": {func(t *testing.T, _ *ceremony.Plan, p *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			(*p)[1] = propose(t, "hangzhou", "91330100MA0000001X", func(s *ceremony.Seat) { s.Address = "node.example.cn" })
		}, "host:port"},
		"an organisation stands twice": {func(t *testing.T, _ *ceremony.Plan, _ *[]*ceremony.SeatProposal, a *[]ceremony.SignedApplication) {
			*a = append(*a, apply(t, "again", "91330100MA0000001X", nil, consortium.ROLE_BANK))
		}, "credit_code"},
		"a bank sits on the committee": {func(_ *testing.T, plan *ceremony.Plan, _ *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			plan.Committee = []string{"91330000MA0000004X"}
		}, "ROLE_COMMITTEE_MEMBER"},
		"a stranger sits in the joint meeting": {func(_ *testing.T, plan *ceremony.Plan, _ *[]*ceremony.SeatProposal, _ *[]ceremony.SignedApplication) {
			plan.JointMeeting = []string{"11330100MB0000009X"}
		}, "no application"},
	} {
		t.Run(name, func(t *testing.T) {
			proposals, applications := documents(t)
			agreed := plan
			c.spoil(t, &agreed, &proposals, &applications)
			_, err := ceremony.Collect(agreed, proposals, applications)
			require.ErrorContains(t, err, c.want)
		})
	}
}
