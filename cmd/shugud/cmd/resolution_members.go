package cmd

import (
	"go.yaml.in/yaml/v3"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

func readAdmit(cdc codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Application string `yaml:"application"`
		Conditions  string `yaml:"conditions"`
	}
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	msg, err := readAdmission(cdc, in.Application)
	if err != nil {
		return nil, err
	}
	msg.Signer, msg.Conditions = account, in.Conditions
	return msg, nil
}

// carriedInput names an application's file, and why the panel decides as it does.
type carriedInput struct {
	Application string `yaml:"application"`
	Reason      string `yaml:"reason"`
}

func readReject(cdc codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in carriedInput
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	msg := &consortium.MsgReject{Signer: account, Reason: in.Reason}
	var err error
	msg.Signature, err = readApplication(cdc, in.Application, &msg.Application)
	return msg, err
}

func readReplaceOwner(cdc codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in carriedInput
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	msg := &consortium.MsgReplaceOwner{Signer: account, Reason: in.Reason}
	var err error
	msg.Signature, err = readApplication(cdc, in.Application, &msg.Application)
	return msg, err
}

func readAdmitNode(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Node    string `yaml:"node"`
		Owner   uint32 `yaml:"owner"`
		Purpose string `yaml:"purpose"`
		Expires string `yaml:"expires"`
		Moniker string `yaml:"moniker"`
	}
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	msg, err := admission(in.Node, in.Purpose, in.Expires, in.Moniker)
	if err != nil {
		return nil, err
	}
	msg.Signer, msg.Owner = account, in.Owner
	return msg, nil
}

func readRevokeNode(_ codec.Codec, account string, fields *yaml.Node) (sdk.Msg, error) {
	var in struct {
		Node   string `yaml:"node"`
		Reason string `yaml:"reason"`
	}
	if err := strict(fields, &in); err != nil {
		return nil, err
	}
	id, err := parsePeer(in.Node)
	return &consortium.MsgRevokeNode{Signer: account, NodeId: id, Reason: in.Reason}, err
}
