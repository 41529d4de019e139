package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	paneltypes "github.com/shugu-network/shugu/x/panel/types"
)

// updateGolden, an environment variable, makes the tests write their golden files.
const updateGolden = "UPDATE_GOLDEN"

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv(updateGolden) != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "set "+updateGolden+" and look at the difference")
}

func newTestApp() *App {
	return New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{})
}

// Every message that the node knows is classed once, and no class is left over.
func TestMessagesAreAllInTheTable(t *testing.T) {
	app := newTestApp()
	known := app.Registry.ListImplementations(sdk.MsgInterfaceProtoName)
	slices.Sort(known)
	var registered []string
	for _, typeURL := range known {
		// Some, of modules that are not here, are registered for decoding only.
		if app.MsgServiceRouter().HandlerByTypeURL(typeURL) != nil {
			registered = append(registered, typeURL)
		}
	}
	require.Equal(t, slices.Sorted(maps.Keys(Messages)), registered)

	var lines []string
	for _, typeURL := range registered {
		rule := Messages[typeURL]
		lines = append(lines, fmt.Sprintf("%-50s role=%s suspended=%t panels=%s panel_only=%t holds_any=%t",
			typeURL, rule.Role, rule.Suspended, strings.Join(rule.Panels, ","), rule.PanelOnly, rule.HoldsAny)+exceptions(rule))
	}
	golden(t, "messages.txt", strings.Join(lines, "\n")+"\n")
}

// exceptions of a rule that few messages have.
func exceptions(rule Rule) string {
	text := ""
	if rule.Left {
		text += " left=true"
	}
	if rule.AnyAccount {
		text += " any_account=true"
	}
	return text
}

// Accounts, stores and their order are part of the state machine.
func TestWiringIsGolden(t *testing.T) {
	app := newTestApp()
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(modulePermissions)) {
		lines = append(lines, fmt.Sprintf("account %s %s %v", name, moduleAddress(name), modulePermissions[name]))
		require.True(t, blockedAddresses()[moduleAddress(name)], "escrow accounts must not receive coins by messages")
	}
	for _, panel := range paneltypes.DefaultPanels() {
		lines = append(lines, fmt.Sprintf("panel %s %s", panel.Name, PanelAddress(panel.Name)))
		require.True(t, blockedAddresses()[PanelAddress(panel.Name)], "panels must not receive coins by messages")
	}
	for _, name := range app.StoreNames() {
		lines = append(lines, "store "+name)
	}
	for _, order := range []struct {
		name    string
		modules []string
	}{{"begin", beginBlockers}, {"end", endBlockers}, {"genesis", genesisOrder}} {
		lines = append(lines, order.name+" "+strings.Join(order.modules, " "))
	}
	golden(t, "wiring.txt", strings.Join(lines, "\n")+"\n")
	require.Equal(t, "bank", endBlockers[len(endBlockers)-1], "what accrues after bank is lost")
}

// Every message is driven through the door by everybody who may not send it.
func TestDoorRefusesWhoMayNot(t *testing.T) {
	members := fake.NewMembership()
	for _, name := range slices.Sorted(maps.Keys(consortium.Role_value)) {
		if role := consortium.Role(consortium.Role_value[name]); role != consortium.ROLE_UNSPECIFIED {
			members.Add(consortium.Member{Name: name, Roles: []consortium.Role{role}})
		}
	}
	suspended := members.Add(consortium.Member{Name: "suspended", Roles: allRoles()})
	members.Suspend(suspended.Number)
	left := members.Add(consortium.Member{Name: "left", Roles: allRoles()})
	members.Leave(left.Number)
	for _, role := range allRoles() {
		members.AddAccount(members.Add(consortium.Member{Name: "of " + role.String(), Roles: allRoles()}).Number, "added "+role.String(), role)
	}
	d := membersOnly{members}
	for typeURL, rule := range Messages {
		check := func(signer string) error {
			return d.check(context.Background(), typeURL, keys.Address(signer))
		}
		require.Error(t, check("stranger"), typeURL)
		require.Error(t, d.check(context.Background(), typeURL, paneltypes.Account(paneltypes.Council)), "a panel signs no transaction")
		require.Equal(t, rule.Suspended, check("suspended") == nil, typeURL)
		require.Equal(t, rule.Suspended || rule.Left, check("left") == nil, typeURL)
		for _, role := range allRoles() {
			may := !rule.PanelOnly && (rule.AnyAccount || role == consortium.RoleOfAdded(rule.Role))
			require.Equal(t, may, check("added "+role.String()) == nil, "%s by an account for %s", typeURL, role)
		}
		for name, number := range consortium.Role_value {
			if role := consortium.Role(number); role != consortium.ROLE_UNSPECIFIED {
				may := !rule.PanelOnly && (rule.Role == consortium.ROLE_UNSPECIFIED || rule.Role == role)
				require.Equal(t, may, check(name) == nil, "%s by %s", typeURL, name)
			}
		}
	}
	require.ErrorContains(t, d.check(context.Background(), "/cosmos.authz.v1beta1.MsgExec", keys.Address("ROLE_BANK")), "not open to anybody")
	require.ErrorContains(t, d.check(context.Background(), "/shugu.trade.v1.MsgQuote", keys.Address("stranger")), "member")
	require.ErrorContains(t, d.check(context.Background(), "/shugu.recognition.v1.MsgSetAgreement", keys.Address("ROLE_EXCHANGE")), "ask the council: shugud council propose")
	require.ErrorContains(t, d.check(context.Background(), "/ibc.core.channel.v2.MsgSendPacket", keys.Address("ROLE_RELAYER")), "not open to anybody")
	require.False(t, carriable("/ibc.core.channel.v2.MsgSendPacket", paneltypes.Council))
}

// What a message says of panels goes together: a panel-only one is carried by a
// panel that there is, and of the panels' own messages only UpdatePanel is carried.
func TestCarriableMessages(t *testing.T) {
	known := []string{AnyPanel}
	for _, panel := range paneltypes.DefaultPanels() {
		known = append(known, panel.Name)
	}
	for typeURL, rule := range Messages {
		if typeURL != "/ibc.core.channel.v2.MsgSendPacket" { // which is nobody's
			require.Equal(t, rule.PanelOnly || len(rule.Panels) > 0, len(rule.Panels) > 0, typeURL)
		}
		for _, panel := range rule.Panels {
			require.Contains(t, known, panel, typeURL)
		}
		if strings.HasPrefix(typeURL, "/shugu.panel.v1.") {
			require.Equal(t, typeURL == "/shugu.panel.v1.MsgUpdatePanel", carriable(typeURL, "sandbox"), typeURL)
		}
	}
	require.True(t, carriable("/shugu.recognition.v1.MsgSetAgreement", paneltypes.Council))
	require.False(t, carriable("/shugu.recognition.v1.MsgSetAgreement", paneltypes.Committee))
	require.False(t, carriable("/cosmos.authz.v1beta1.MsgExec", paneltypes.Council))
	require.Equal(t, "ask the joint-meeting: shugud council propose --panel joint-meeting", askWhom([]string{paneltypes.JointMeeting}))
}

func allRoles() (roles []consortium.Role) {
	for number := range consortium.Role_value {
		if role := consortium.Role(consortium.Role_value[number]); role != consortium.ROLE_UNSPECIFIED {
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	return roles
}

// The genesis of a chain holds no fen: it comes from deposits only.
func TestGenesisRefusesFen(t *testing.T) {
	_, err := BuildGenesis(GenesisSpec{ChainID: "shugu-test-1", Sendable: balances("fen")})
	require.ErrorContains(t, err, "deposits only")
}

// Seats of the panels of genesis are members'.
func TestGenesisRefusesSeatsOfNobody(t *testing.T) {
	_, err := BuildGenesis(GenesisSpec{ChainID: "shugu-test-1", JointMeeting: []uint32{7}})
	require.ErrorContains(t, err, "panel joint-meeting: there is no member 000007")
}

// A node with a genesis that is not valid, such as the default one, says why and does not start.
func TestInitChainRefusesABadGenesis(t *testing.T) {
	app := newTestApp()
	require.NoError(t, app.LoadLatestVersion())
	raw, err := json.Marshal(app.basics.DefaultGenesis(app.Codec))
	require.NoError(t, err)
	for name, state := range map[string]string{"seats": string(raw), "JSON object": "[]"} {
		_, err := app.initChain(app.NewNextBlockContext(cmtproto.Header{}), &abci.RequestInitChain{ChainId: "shugu-test-1", AppStateBytes: []byte(state)})
		require.ErrorContains(t, err, name)
	}
}
