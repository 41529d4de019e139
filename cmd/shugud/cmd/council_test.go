package cmd

import (
	"bytes"
	"os"
	"strings"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/codec"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/app"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

func testCodec() codec.Codec {
	return app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{}).Codec
}

// proposal reads a resolution from a file's text.
func proposal(t *testing.T, cdc codec.Codec, name, text string) (*panel.MsgSubmit, error) {
	t.Helper()
	var in resolutionInput
	if err := readInput(inputFile(t, text), &in); err != nil {
		return nil, err
	}
	return in.submission(cdc, name)
}

const head = "title: 决议\nreason: because\n"

// Every way of writing a message gives the message that it means, with the panel as signer.
func TestResolutionMessages(t *testing.T) {
	cdc := testCodec()
	council := app.PanelAddress(panel.Council)
	for text, want := range map[string]sdk.Msg{
		"{type: end-agreement, chain_id: shugu-shanghai-1, reason: 到期}": &recognition.MsgEndAgreement{Signer: council, ChainId: "shugu-shanghai-1", Reason: "到期"},
		"{type: decide-contest, nullifier: " + strings.Repeat("ab", 32) + ", upheld: [{chain_id: shugu-shanghai-1, voucher: 3301-261123-000123-000042-28}, {chain_id: shugu-hangzhou-1, voucher: \"330126112300012300004228\"}], reason: 重复}": &recognition.MsgDecideContest{
			Signer: council, Nullifier: bytes.Repeat([]byte{0xab}, 32), Reason: "重复",
			Upheld: []recognition.VoucherRef{{ChainId: "shugu-hangzhou-1", Number: "330126112300012300004228"}, {ChainId: "shugu-shanghai-1", Number: "330126112300012300004228"}},
		},
		"{type: suspend, member: 12, reason: audit}": &consortium.MsgSuspend{Signer: council, Member: 12, Reason: "audit"},
		"{type: create-panel, name: sandbox, title: 沙盒, members: [7, 8], threshold: more than 1/2}": &panel.MsgUpdatePanel{
			Signer: council, Name: "sandbox", Action: panel.PANEL_ACTION_CREATE, Title: "沙盒", Members: []uint32{7, 8},
			Threshold: panel.Threshold{Numerator: 1, Denominator: 2},
		},
		"{type: admit-node, node: " + strings.Repeat("ab", 20) + ", owner: 12, purpose: archive, expires: \"2027-12-31T16:00:00Z\", moniker: court-1}": &consortium.MsgAdmitNode{
			Signer: council, NodeId: bytes.Repeat([]byte{0xab}, 20), Owner: 12, Purpose: consortium.NODE_PURPOSE_ARCHIVE, ExpiresAt: 1830268800, Moniker: "court-1",
		},
		"{type: revoke-node, node: " + strings.Repeat("ab", 20) + ", reason: 报废}":      &consortium.MsgRevokeNode{Signer: council, NodeId: bytes.Repeat([]byte{0xab}, 20), Reason: "报废"},
		"{type: dissolve-panel, name: sandbox}":                                        &panel.MsgUpdatePanel{Signer: council, Name: "sandbox", Action: panel.PANEL_ACTION_DISSOLVE},
		"{type: upgrade, name: v2, height: 9}":                                         &upgradetypes.MsgSoftwareUpgrade{Authority: council, Plan: upgradetypes.Plan{Name: "v2", Height: 9}},
		"{type: recover-client, client: 07-tendermint-0, substitute: 07-tendermint-1}": clienttypes.NewMsgRecoverClient(council, "07-tendermint-0", "07-tendermint-1"),
		"{type: set-send-enabled, send_enabled: [{denom: test, enabled: true}]}": &banktypes.MsgSetSendEnabled{
			Authority: council, SendEnabled: []*banktypes.SendEnabled{{Denom: "test", Enabled: true}},
		},
		"{type: cancel-upgrade}":                           &upgradetypes.MsgCancelUpgrade{Authority: council},
		"{type: /cosmos.upgrade.v1beta1.MsgCancelUpgrade}": &upgradetypes.MsgCancelUpgrade{Authority: council},
	} {
		msg, err := proposal(t, cdc, panel.Council, head+"deadline: 2h\nmessages:\n  - "+text+"\n")
		require.NoError(t, err, text)
		require.NoError(t, msg.Validate())
		require.EqualValues(t, 7200, msg.DeadlineSeconds)
		got := msg.Messages[0].GetCachedValue().(sdk.Msg)
		require.Equal(t, string(cdc.MustMarshalJSON(want)), string(cdc.MustMarshalJSON(got)), text)
	}
}

// What an applicant signed is carried by a resolution as it stands in the file.
func TestResolutionsCarryApplications(t *testing.T) {
	s, cdc := newShell(t), testCodec()
	input := s.file("application.yaml", strings.NewReplacer("CODE", "91330100799655058B", "admitting_member: 2", "admitting_member: 0").Replace(applicationYAML))
	out, errs, code := s.run("member", "apply", "-f", input, "--from", "me", "--chain-id", "shugu-test-1")
	require.Zero(t, code, errs)
	application := s.file("application.json", out)
	out, errs, code = s.run("member", "account", "apply", "12", "--roles", "bank", "--from", "me", "--chain-id", "shugu-test-1")
	require.Zero(t, code, errs)
	account := s.file("account.json", out)
	carried := func(message string) sdk.Msg {
		msg, err := proposal(t, cdc, panel.Council, head+"messages:\n  - "+message+"\n")
		require.NoError(t, err)
		require.NoError(t, msg.Validate())
		return msg.Messages[0].GetCachedValue().(sdk.Msg)
	}
	council := app.PanelAddress(panel.Council)

	admit := carried("{type: admit, application: " + application + ", conditions: 首年每季度复核}").(*consortium.MsgAdmit)
	require.NoError(t, admit.Validate())
	require.NoError(t, admit.Application.Verify(admit.Signature))
	require.Equal(t, [2]string{council, "首年每季度复核"}, [2]string{admit.Signer, admit.Conditions})

	reject := carried("{type: reject, application: " + application + ", reason: 材料不全}").(*consortium.MsgReject)
	require.NoError(t, reject.Validate())
	require.NoError(t, reject.Application.Verify(reject.Signature))
	require.Equal(t, [2]string{council, "材料不全"}, [2]string{reject.Signer, reject.Reason})

	replace := carried("{type: replace-owner, application: " + account + ", reason: 私钥遗失}").(*consortium.MsgReplaceOwner)
	require.NoError(t, replace.Validate())
	require.NoError(t, replace.Application.Verify(replace.Signature))
	require.EqualValues(t, 12, replace.Application.Member)
	require.Equal(t, [2]string{council, "私钥遗失"}, [2]string{replace.Signer, replace.Reason})
}

// A mistake is refused with the line and what was expected.
func TestResolutionInputRefuses(t *testing.T) {
	cdc := testCodec()
	for name, c := range map[string]struct{ text, want string }{
		"an unknown field above":           {head + "panel: council\n", "line 3: field panel not found"},
		"a message without type":           {head + "messages:\n  - member: 1\n", "line 4: expected type"},
		"a message that is none":           {head + "messages: [suspend]\n", "line 3: expected a message"},
		"an unknown type":                  {head + "messages:\n  - type: fly\n", "line 4: expected one of admit"},
		"a type of no message":             {head + "messages:\n  - type: /shugu.fly.v1.MsgFly\n", "no message of this chain"},
		"a message no panel sends":         {head + "messages:\n  - type: quote\n", "expected one of"},
		"an unknown field of a message":    {head + "messages:\n  - type: suspend\n    member: 1\n    colour: red\n", "line 6: field colour not found; expected member, reason"},
		"a wrong type of a field":          {head + "messages:\n  - type: suspend\n    member: many\n", "line 5"},
		"a field that stands twice":        {head + "messages:\n  - type: suspend\n    member: 1\n    member: 2\n", "line"},
		"a signer":                         {head + "messages:\n  - {type: cancel-upgrade, authority: shugu1x}\n", "authority is the panel's account and filled in"},
		"an unknown field by JSON":         {head + "messages:\n  - {type: set-send-enabled, colour: red}\n", "colour"},
		"a threshold without words":        {head + "messages:\n  - {type: create-panel, threshold: 2/3}\n", "more than 2/3"},
		"a threshold with more words":      {head + "messages:\n  - {type: create-panel, threshold: more than 2/3 or so}\n", "more than 2/3"},
		"an application that is not there": {head + "messages:\n  - {type: admit, application: /nowhere.json}\n", "no such file"},
		"a node that is none":              {head + "messages:\n  - {type: admit-node, node: ab, owner: 1, purpose: full}\n", "node"},
		"a purpose that is none":           {head + "messages:\n  - {type: admit-node, node: " + strings.Repeat("ab", 20) + ", owner: 1, purpose: fun}\n", "--purpose"},
		"a refusal of nothing":             {head + "messages:\n  - {type: reject, application: /nowhere.json, reason: x}\n", "no such file"},
		"a bad deadline":                   {head + "deadline: soon\n", "expected a time like 168h"},
		"an agreement without money":       {head + "messages:\n  - {type: set-agreement, chain_id: x}\n", "max_amount"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := proposal(t, cdc, panel.Council, c.text)
			require.ErrorContains(t, err, c.want)
		})
	}
}

// The examples are resolutions as they stand.
func TestExamplesOfResolutions(t *testing.T) {
	cdc := testCodec()
	for _, name := range []string{"resolution", "agreement", "contest"} {
		raw, err := examples.ReadFile("examples/" + name + ".yaml")
		require.NoError(t, err)
		msg, err := proposal(t, cdc, panel.Council, string(raw))
		require.NoError(t, err, name)
		require.NoError(t, msg.Validate())
	}
}

// Short names of all messages that panels send are unambiguous.
func TestShortNames(t *testing.T) {
	require.Equal(t, "set-send-enabled", shortName("/cosmos.bank.v1beta1.MsgSetSendEnabled"))
	require.Equal(t, "i-b-c-software-upgrade", shortName("/ibc.core.client.v1.MsgIBCSoftwareUpgrade"))
	_, err := typeURL("update-params")
	require.ErrorContains(t, err, "/cosmos.consensus.v1.MsgUpdateParams")
}

func TestCouncilCommandsRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no node to compare":      {[]string{"check-client", "07-tendermint-0"}, 2, "at least one RPC address"},
		"an address that is none": {[]string{"check-client", "07-tendermint-0", "\x00", "--node", "tcp://127.0.0.1:1"}, 2, "expected a node's address"},
		"show what":               {[]string{"show", "seven"}, 1, "expected its number"},
		"an unknown status":       {[]string{"list", "--status", "odd"}, 1, "expected one of"},
		"an unknown command":      {[]string{"fly"}, 1, "unknown command"},
	} {
		t.Run(name, func(t *testing.T) {
			root := NewRootCmd()
			var out bytes.Buffer
			root.SetOut(&out)
			root.SetErr(&out)
			root.SetArgs(append(append([]string{"council"}, c.args...), "--home", t.TempDir()))
			require.Equal(t, c.code, Run(t.Context(), root), out.String())
			require.Contains(t, out.String(), c.says)
		})
	}
}

func TestShownResolutionNamesEverySeat(t *testing.T) {
	shown := &shownResolution{
		Words: "open until …", WordsZH: "表决中", proposer: "000002 交易所",
		raw:      panel.Resolution{Id: 7, Panel: panel.Council, Title: "互认", Reason: "核对无误", SubmittedHeight: 5},
		Messages: []shownMessage{{"Recognise", "互认"}},
		Seats:    []shownSeat{{Member: 2, Name: "交易所", Vote: "yes 赞成", Reason: "可以", Height: 6}, {Member: 3, Name: "基地", Vote: "not voted 未投票"}},
	}
	var out strings.Builder
	shown.write(&out)
	want, err := os.ReadFile("testdata/resolution.txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile("testdata/resolution.txt", []byte(out.String()), 0o644))
		want, err = []byte(out.String()), nil
	}
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}
