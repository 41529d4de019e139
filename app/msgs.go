package app

import (
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Rule says who may send a message. The keeper that handles one of our own
// messages checks again, more closely; for messages that are not ours this
// table is the only door (DESIGN §3).
type Rule struct {
	// Role that the signer's member must have; ROLE_UNSPECIFIED: any.
	Role consortium.Role
	// Suspended members may send it too: it finishes or refunds what is open.
	Suspended bool
	// Authority: the authority may send it without being a member.
	Authority bool
	// AuthorityOnly: nobody else may.
	AuthorityOnly bool
}

var (
	active    = Rule{}
	standing  = Rule{Suspended: true}
	relayer   = Rule{Role: consortium.ROLE_RELAYER}
	authority = Rule{Authority: true, AuthorityOnly: true}
)

// Messages is the table of every message that the node knows. A message that
// is registered but not here is refused, and a test says so.
var Messages = map[string]Rule{
	"/shugu.consortium.v1.MsgAdmit":   {Authority: true, Role: consortium.ROLE_EXCHANGE},
	"/shugu.consortium.v1.MsgSuspend": {Authority: true, Role: consortium.ROLE_EXCHANGE},

	"/shugu.consortium.v1.MsgGrantSeat":        authority,
	"/shugu.consortium.v1.MsgRevokeSeat":       authority,
	"/shugu.consortium.v1.MsgRotateKey":        authority,
	"/shugu.consortium.v1.MsgAcceptSuspension": authority,
	"/shugu.consortium.v1.MsgRejoinSeat":       {Authority: true, Role: consortium.ROLE_EXCHANGE},
	"/shugu.consortium.v1.MsgAdmitNode":        {Authority: true, Role: consortium.ROLE_EXCHANGE},
	"/shugu.consortium.v1.MsgRevokeNode":       {Authority: true, Suspended: true},

	"/shugu.compliance.v1.MsgRequest": active,
	"/shugu.compliance.v1.MsgOpine":   {Role: consortium.ROLE_COMMITTEE_MEMBER},

	"/shugu.product.v1.MsgSubmitScenario": active,
	"/shugu.product.v1.MsgDecideScenario": {Role: consortium.ROLE_EXCHANGE},
	"/shugu.product.v1.MsgRegister":       active,
	"/shugu.product.v1.MsgRevise":         active,
	"/shugu.product.v1.MsgList":           active,
	"/shugu.product.v1.MsgDelist":         active,

	"/shugu.settlement.v1.MsgDeposit":           {Role: consortium.ROLE_BANK},
	"/shugu.settlement.v1.MsgRequestWithdrawal": active,
	"/shugu.settlement.v1.MsgConfirmWithdrawal": {Role: consortium.ROLE_BANK, Suspended: true},
	"/shugu.settlement.v1.MsgDeclineWithdrawal": {Role: consortium.ROLE_BANK, Suspended: true},

	"/shugu.trade.v1.MsgQuote":   active,
	"/shugu.trade.v1.MsgAgree":   active,
	"/shugu.trade.v1.MsgFund":    standing,
	"/shugu.trade.v1.MsgDeliver": standing,
	"/shugu.trade.v1.MsgAccept":  standing,
	"/shugu.trade.v1.MsgCancel":  standing,

	"/shugu.recognition.v1.MsgPresent":      active,
	"/shugu.recognition.v1.MsgSetAgreement": authority,
	"/shugu.recognition.v1.MsgEndAgreement": authority,

	// Bank's own sends are off by its parameters for every denomination that
	// genesis does not enable; fen never is, so that it moves only through x/settlement.
	"/cosmos.bank.v1beta1.MsgSend":           active,
	"/cosmos.bank.v1beta1.MsgMultiSend":      authority,
	"/cosmos.bank.v1beta1.MsgUpdateParams":   authority,
	"/cosmos.bank.v1beta1.MsgSetSendEnabled": authority,
	"/cosmos.auth.v1beta1.MsgUpdateParams":   authority,

	"/cosmos.consensus.v1.MsgUpdateParams":        authority,
	"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade":  authority,
	"/cosmos.upgrade.v1beta1.MsgCancelUpgrade":    authority,
	"/ibc.core.client.v1.MsgUpdateClient":         active,
	"/ibc.core.client.v1.MsgCreateClient":         relayer,
	"/ibc.core.client.v1.MsgUpgradeClient":        relayer,
	"/ibc.core.client.v1.MsgRecoverClient":        authority,
	"/ibc.core.client.v1.MsgIBCSoftwareUpgrade":   authority,
	"/ibc.core.client.v1.MsgUpdateParams":         authority,
	"/ibc.core.client.v1.MsgDeleteClientCreator":  authority,
	"/ibc.core.client.v2.MsgRegisterCounterparty": authority,
	"/ibc.core.client.v2.MsgUpdateClientConfig":   authority,

	"/ibc.core.connection.v1.MsgConnectionOpenInit":    relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenTry":     relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenAck":     relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenConfirm": relayer,
	"/ibc.core.connection.v1.MsgUpdateParams":          authority,

	"/ibc.core.channel.v1.MsgChannelOpenInit":     relayer,
	"/ibc.core.channel.v1.MsgChannelOpenTry":      relayer,
	"/ibc.core.channel.v1.MsgChannelOpenAck":      relayer,
	"/ibc.core.channel.v1.MsgChannelOpenConfirm":  relayer,
	"/ibc.core.channel.v1.MsgChannelCloseInit":    relayer,
	"/ibc.core.channel.v1.MsgChannelCloseConfirm": relayer,
	"/ibc.core.channel.v1.MsgRecvPacket":          relayer,
	"/ibc.core.channel.v1.MsgTimeout":             relayer,
	"/ibc.core.channel.v1.MsgTimeoutOnClose":      relayer,
	"/ibc.core.channel.v1.MsgAcknowledgement":     relayer,

	"/ibc.core.channel.v2.MsgSendPacket":      authority,
	"/ibc.core.channel.v2.MsgRecvPacket":      relayer,
	"/ibc.core.channel.v2.MsgTimeout":         relayer,
	"/ibc.core.channel.v2.MsgAcknowledgement": relayer,
}
