package types

import (
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

var (
	_ codectypes.UnpackInterfacesMessage = (*MsgSubmit)(nil)
	_ codectypes.UnpackInterfacesMessage = (*Resolution)(nil)
	_ codectypes.UnpackInterfacesMessage = (*ResolutionRecord)(nil)
	_ codectypes.UnpackInterfacesMessage = (*GenesisState)(nil)
	_ codectypes.UnpackInterfacesMessage = (*QueryResolutionResponse)(nil)
	_ codectypes.UnpackInterfacesMessage = (*QueryResolutionsResponse)(nil)
)

// RegisterInterfaces registers the module's messages.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil), &MsgSubmit{}, &MsgVote{}, &MsgWithdraw{}, &MsgExecute{}, &MsgUpdatePanel{}, &MsgUpdateParams{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

func unpackAll(unpacker codectypes.AnyUnpacker, messages []*codectypes.Any) error {
	for _, packed := range messages {
		var msg sdk.Msg
		if err := unpacker.UnpackAny(packed, &msg); err != nil {
			return err
		}
	}
	return nil
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (m *MsgSubmit) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return unpackAll(unpacker, m.Messages)
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (r *Resolution) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return unpackAll(unpacker, r.Messages)
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (r *ResolutionRecord) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return r.Resolution.UnpackInterfaces(unpacker)
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (g *GenesisState) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	for i := range g.Resolutions {
		if err := g.Resolutions[i].UnpackInterfaces(unpacker); err != nil {
			return err
		}
	}
	return nil
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (r *QueryResolutionResponse) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return r.Resolution.UnpackInterfaces(unpacker)
}

// UnpackInterfaces implements codectypes.UnpackInterfacesMessage.
func (r *QueryResolutionsResponse) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	for i := range r.Resolutions {
		if err := r.Resolutions[i].UnpackInterfaces(unpacker); err != nil {
			return err
		}
	}
	return nil
}
