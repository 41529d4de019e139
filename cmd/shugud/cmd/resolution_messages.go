package cmd

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// reader reads the fields of a message that a panel's account is to sign.
type reader func(cdc codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error)

// resolutionMessages are the messages that resolutions name and write in a
// person's terms. All others are written as protobuf's JSON.
var resolutionMessages = map[string]reader{
	"set-agreement":  readSetAgreement,
	"end-agreement":  readEndAgreement,
	"decide-contest": readDecideContest,
	"admit":          readAdmit,
	"reject":         readReject,
	"replace-owner":  readReplaceOwner,
	"admit-node":     readAdmitNode,
	"revoke-node":    readRevokeNode,
	"suspend":        readSuspend,
	"create-panel":   readPanel(panel.PANEL_ACTION_CREATE),
	"change-panel":   readPanel(panel.PANEL_ACTION_CHANGE),
	"dissolve-panel": readPanel(panel.PANEL_ACTION_DISSOLVE),
	"upgrade":        readUpgrade,
	"recover-client": readRecoverClient,
	"doubt-client":   readDoubtClient,
}

func readSetAgreement(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in agreementInput
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	agreement, err := in.agreement()
	return &recognition.MsgSetAgreement{Signer: account, Agreement: agreement}, err
}

func readEndAgreement(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		ChainID string `yaml:"chain_id"`
		Reason  string `yaml:"reason"`
	}
	err := strict(fields, &in)
	return &recognition.MsgEndAgreement{Signer: account, ChainId: in.ChainID, Reason: in.Reason}, err
}

func readSuspend(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Member uint32 `yaml:"member"`
		Reason string `yaml:"reason"`
	}
	err := strict(fields, &in)
	return &consortium.MsgSuspend{Signer: account, Member: in.Member, Reason: in.Reason}, err
}

func readPanel(action panel.PanelAction) reader {
	return func(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
		var in struct {
			Name      string   `yaml:"name"`
			Title     string   `yaml:"title"`
			Members   []uint32 `yaml:"members"`
			Threshold string   `yaml:"threshold"`
		}
		if err := strict(fields, &in); err != nil {
			return nil, err
		}
		msg := &panel.MsgUpdatePanel{Signer: account, Name: in.Name, Action: action, Title: in.Title, Members: in.Members}
		if in.Threshold == "" {
			return msg, nil
		}
		var err error
		msg.Threshold, err = parseThreshold(in.Threshold)
		return msg, err
	}
}

// parseThreshold reads "more than 2/3" or "at least 1/2".
func parseThreshold(s string) (panel.Threshold, error) {
	var t panel.Threshold
	fraction, found := strings.CutPrefix(s, "more than ")
	if !found {
		fraction, t.OrEqual = strings.CutPrefix(s, "at least ")
		found = t.OrEqual
	}
	if n, err := fmt.Sscanf(fraction+"\n", "%d/%d\n", &t.Numerator, &t.Denominator); !found || err != nil || n != 2 {
		return t, fmt.Errorf("threshold: expected a share like \"more than 2/3\" or \"at least 1/2\", got %q", s)
	}
	return t, nil
}

func readUpgrade(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Name   string `yaml:"name"`
		Height int64  `yaml:"height"`
		Info   string `yaml:"info"`
	}
	err := strict(fields, &in)
	return &upgradetypes.MsgSoftwareUpgrade{Authority: account, Plan: upgradetypes.Plan{Name: in.Name, Height: in.Height, Info: in.Info}}, err
}

func readRecoverClient(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Client     string `yaml:"client"`
		Substitute string `yaml:"substitute"`
	}
	err := strict(fields, &in)
	return clienttypes.NewMsgRecoverClient(account, in.Client, in.Substitute), err
}

func readDoubtClient(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Client      string `yaml:"client"`
		AboveHeight uint64 `yaml:"above_height"`
		Reason      string `yaml:"reason"`
	}
	err := strict(fields, &in)
	return &recognition.MsgDoubtClient{Signer: account, ClientId: in.Client, AboveHeight: in.AboveHeight, Reason: in.Reason}, err
}
