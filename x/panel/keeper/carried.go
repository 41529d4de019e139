package keeper

import (
	"bytes"
	"strings"

	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	errorsmod "cosmossdk.io/errors"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

const (
	ownMessages = "/shugu.panel.v1."
	anyMessage  = "google.protobuf.Any"
)

// decides says whether a message is one of this module's that moves resolutions, which
// none may carry. The module's other messages change panels and parameters.
func decides(url string) bool {
	return strings.HasPrefix(url, ownMessages) && url != ownMessages+"MsgUpdatePanel" && url != ownMessages+"MsgUpdateParams"
}

// carried decodes a message that a panel's resolution carries, and checks that
// it may: by the table, by its signer, its encoding, what it holds inside, and
// that it has a handler. It wraps ErrNotCarriable, ErrNested, ErrBadMessage,
// ErrWrongSigner or ErrNoRoute.
func (k *Keeper) carried(panel string, packed *codectypes.Any) (sdk.Msg, error) {
	url := packed.TypeUrl
	if decides(url) {
		return nil, errorsmod.Wrapf(types.ErrNested, "%s: a resolution cannot carry another one, or votes on it", url)
	}
	if !k.carriable(url, panel) {
		return nil, errorsmod.Wrapf(types.ErrNotCarriable, "%s: not in a resolution of %s", url, panel)
	}
	// A copy without the value that whoever decoded the transaction left in it.
	var msg sdk.Msg
	if err := k.codec.UnpackAny(&codectypes.Any{TypeUrl: url, Value: packed.Value}, &msg); err != nil {
		return nil, errorsmod.Wrapf(types.ErrBadMessage, "%s: %s", url, err)
	}
	canonical, err := proto.Marshal(msg)
	if err != nil || !bytes.Equal(canonical, packed.Value) {
		return nil, errorsmod.Wrapf(types.ErrBadMessage, "%s: expected the canonical encoding, fields ascending and none unknown, got other bytes", url)
	}
	signers, _, err := k.codec.GetMsgAnySigners(&codectypes.Any{TypeUrl: url, Value: packed.Value})
	if err != nil {
		return nil, errorsmod.Wrapf(types.ErrBadMessage, "%s: its signer: %s", url, err)
	}
	if len(signers) != 1 || !types.Account(panel).Equals(sdk.AccAddress(signers[0])) {
		return nil, errorsmod.Wrapf(types.ErrWrongSigner, "%s: expected %s as the only signer, got %s",
			url, k.text(types.Account(panel)), k.texts(signers))
	}
	depth := 0
	if k.holdsAny(url) {
		depth = 1
	}
	if err := k.checkDepth(typeName(url), packed.Value, depth); err != nil {
		return nil, errorsmod.Wrap(err, url)
	}
	if k.router.Handler(msg) == nil {
		return nil, errorsmod.Wrap(types.ErrNoRoute, url)
	}
	return msg, nil
}

// checkFields runs the checks that a message brings along and that need no state.
func checkFields(msg sdk.Msg) error {
	if m, ok := msg.(interface{ Validate() error }); ok {
		if err := m.Validate(); err != nil {
			return err
		}
	}
	if m, ok := msg.(sdk.HasValidateBasic); ok {
		return m.ValidateBasic()
	}
	return nil
}

// checkDepth refuses messages of any type (google.protobuf.Any) inside of a
// message deeper than depth. It reads the bytes by the descriptors of the
// registry, which knows all types by name. It wraps ErrNested or ErrBadMessage.
func (k *Keeper) checkDepth(name protoreflect.FullName, raw []byte, depth int) error {
	if name == anyMessage {
		return k.checkInside(raw, depth)
	}
	found, err := k.codec.InterfaceRegistry().FindDescriptorByName(name)
	descriptor, ok := found.(protoreflect.MessageDescriptor)
	if err != nil || !ok {
		return errorsmod.Wrapf(types.ErrBadMessage, "%q is no type of message", name)
	}
	for len(raw) > 0 {
		number, kind, size := protowire.ConsumeField(raw)
		if size < 0 {
			return errorsmod.Wrapf(types.ErrBadMessage, "%s does not decode", name)
		}
		field := descriptor.Fields().ByNumber(number)
		if field != nil && field.Message() != nil && kind == protowire.BytesType {
			_, _, tag := protowire.ConsumeTag(raw)
			inside, _ := protowire.ConsumeBytes(raw[tag:size])
			if err := k.checkDepth(field.Message().FullName(), inside, depth); err != nil {
				return err
			}
		}
		raw = raw[size:]
	}
	return nil
}

// checkInside checks what an Any holds.
func (k *Keeper) checkInside(raw []byte, depth int) error {
	var held codectypes.Any
	if err := held.Unmarshal(raw); err != nil {
		return errorsmod.Wrapf(types.ErrBadMessage, "what it holds: %s", err)
	}
	if depth < 1 {
		return errorsmod.Wrapf(types.ErrNested, "expected no message inside, got %s", held.TypeUrl)
	}
	return k.checkDepth(typeName(held.TypeUrl), held.Value, depth-1)
}

// typeName is the name of the type that a type URL points to.
func typeName(url string) protoreflect.FullName {
	return protoreflect.FullName(url[strings.LastIndexByte(url, '/')+1:])
}

// text is an account's Bech32 address for error messages.
func (k *Keeper) text(account []byte) string {
	s, err := k.address.BytesToString(account)
	if err != nil {
		return err.Error()
	}
	return s
}

func (k *Keeper) texts(accounts [][]byte) []string {
	var out []string
	for _, account := range accounts {
		out = append(out, k.text(account))
	}
	return out
}
