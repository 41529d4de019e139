package cmd

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
	protov2 "google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	msgv1 "cosmossdk.io/api/cosmos/msg/v1"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// resolutionInput is the file of `shugud council propose`.
type resolutionInput struct {
	Title    string         `yaml:"title"`
	Reason   string         `yaml:"reason"`
	Deadline string         `yaml:"deadline"`
	Messages []messageInput `yaml:"messages"`
}

// messageInput is one message of it: a type, and the fields of that type.
type messageInput struct {
	kind   string
	line   int
	fields *yaml.Node
}

// UnmarshalYAML keeps the fields for the type to read.
func (m *messageInput) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: expected a message: type and its fields", node.Line)
	}
	fields := *node
	fields.Content = nil
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == "type" {
			m.kind = node.Content[i+1].Value
			continue
		}
		fields.Content = append(fields.Content, node.Content[i], node.Content[i+1])
	}
	m.line, m.fields = node.Line, &fields
	if m.kind == "" {
		return fmt.Errorf("line %d: expected type: one of %s, or a type URL", node.Line, strings.Join(sortedKeys(resolutionMessages), ", "))
	}
	return nil
}

// submission reads a resolution for a panel. The panel's account becomes the
// signer of each message.
func (in resolutionInput) submission(cdc codec.Codec, name string) (*panel.MsgSubmit, error) {
	msg := &panel.MsgSubmit{Panel: name, Title: in.Title, Reason: in.Reason}
	if in.Deadline != "" {
		life, err := time.ParseDuration(in.Deadline)
		if err != nil || life < time.Second {
			return nil, fmt.Errorf("deadline: expected a time like 168h, got %q", in.Deadline)
		}
		msg.DeadlineSeconds = int64(life / time.Second)
	}
	for _, m := range in.Messages {
		carried, err := m.build(cdc, name)
		if err != nil {
			return nil, fmt.Errorf("message %s on line %d: %w", m.kind, m.line, err)
		}
		packed, err := codectypes.NewAnyWithValue(carried)
		if err != nil {
			return nil, err
		}
		msg.Messages = append(msg.Messages, packed)
	}
	return msg, nil
}

// build makes the message: by its own reader when it has one, else from the
// fields as protobuf's JSON names them.
func (m messageInput) build(cdc codec.Codec, name string) (sdk.Msg, error) {
	account := app.PanelAddress(name)
	if read := resolutionMessages[m.kind]; read != nil {
		return read(cdc, account, m.fields)
	}
	url, err := typeURL(m.kind)
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	if err := m.fields.Decode(&fields); err != nil {
		return nil, errors.New(plainYAML(err))
	}
	return anyMessage(cdc, url, account, fields)
}

// anyMessage makes a message from protobuf's JSON, with its signer filled in.
func anyMessage(cdc codec.Codec, url, account string, fields map[string]any) (sdk.Msg, error) {
	signer, err := signerField(cdc, url)
	if err != nil {
		return nil, err
	}
	if _, given := fields[signer]; given {
		return nil, fmt.Errorf("field %s is the panel's account and filled in; leave it out", signer)
	}
	if fields == nil {
		fields = map[string]any{}
	}
	fields[signer] = account
	raw, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	message, err := cdc.InterfaceRegistry().Resolve(url)
	if err != nil {
		return nil, err
	}
	return message, cdc.UnmarshalJSON(raw, message)
}

// typeURL is a message's type URL by its short name: "set-send-enabled".
func typeURL(kind string) (string, error) {
	if strings.HasPrefix(kind, "/") {
		return kind, nil
	}
	var found []string
	for _, url := range sortedKeys(app.Messages) {
		if len(app.Messages[url].Panels) > 0 && shortName(url) == kind {
			found = append(found, url)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf("expected one of %s, the short name of another message that a panel sends, or a type URL", strings.Join(sortedKeys(resolutionMessages), ", "))
	default:
		return "", fmt.Errorf("expected one of %s", strings.Join(found, ", "))
	}
}

// shortName turns "/cosmos.bank.v1beta1.MsgSetSendEnabled" into "set-send-enabled".
func shortName(url string) string {
	name := strings.TrimPrefix(url[strings.LastIndexByte(url, '.')+1:], "Msg")
	var out strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				out.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// signerField is the name of the field that names a message's signer.
func signerField(cdc codec.Codec, url string) (string, error) {
	found, err := cdc.InterfaceRegistry().FindDescriptorByName(protoreflect.FullName(strings.TrimPrefix(url, "/")))
	if err != nil {
		return "", fmt.Errorf("%s is no message of this chain", url)
	}
	fields, _ := protov2.GetExtension(found.Options(), msgv1.E_Signer).([]string)
	if len(fields) != 1 {
		return "", fmt.Errorf("%s cannot be carried: expected one field that names its signer, got %v", url, fields)
	}
	return fields[0], nil
}

// strict decodes a message's fields and refuses those that it does not know,
// naming the line in the file.
func strict(node *yaml.Node, into any) error {
	if err := knownFields(node, reflect.TypeOf(into).Elem()); err != nil {
		return err
	}
	if err := node.Decode(into); err != nil {
		return errors.New(plainYAML(err))
	}
	return nil
}

// knownFields checks the names of fields against a type's yaml tags.
func knownFields(node *yaml.Node, t reflect.Type) error {
	switch {
	case t.Kind() == reflect.Slice && node.Kind == yaml.SequenceNode:
		for _, item := range node.Content {
			if err := knownFields(item, t.Elem()); err != nil {
				return err
			}
		}
	case t.Kind() == reflect.Struct && node.Kind == yaml.MappingNode:
		fields := map[string]reflect.Type{}
		for i := range t.NumField() {
			fields[t.Field(i).Tag.Get("yaml")] = t.Field(i).Type
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			field, known := fields[key.Value]
			if !known {
				return fmt.Errorf("line %d: field %s not found; expected %s", key.Line, key.Value, strings.Join(sortedKeys(fields), ", "))
			}
			if err := knownFields(node.Content[i+1], field); err != nil {
				return err
			}
		}
	}
	return nil
}
