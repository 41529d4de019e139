package types

import (
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// RegisterInterfaces makes the module's messages known to the registry.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgDeposit{}, &MsgRequestWithdrawal{}, &MsgConfirmWithdrawal{}, &MsgDeclineWithdrawal{}, &MsgPayDebt{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}
