package app

import (
	"slices"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
)

// Rule says who may send a message. The keeper that handles one of our own
// messages checks again, more closely; for messages that are not ours this
// table is the only door (DESIGN §3).
type Rule struct {
	// Role that the signer's member must have; ROLE_UNSPECIFIED: any.
	Role consortium.Role
	// Suspended members, and those that left, may send it too: it finishes or refunds what is open.
	Suspended bool
	// Left: members that left may send it too, but suspended ones may not.
	Left bool
	// AnyAccount of an active member may send it, whatever its roles: it carries what proves itself, or its keeper judges the roles.
	AnyAccount bool
	// Panels whose resolutions may carry it, by name; AnyPanel for all.
	Panels []string
	// PanelOnly: it comes in a resolution; nobody signs it. Without Panels it does not come at all.
	PanelOnly bool
	// HoldsAny: it holds a message of any type inside, which a resolution may carry one level deep.
	HoldsAny bool
}

// AnyPanel in a rule stands for every panel, those that the council makes included.
const AnyPanel = "*"

// carriable says whether resolutions of a panel may carry a message.
func carriable(typeURL, panel string) bool {
	rule := Messages[typeURL]
	return slices.Contains(rule.Panels, panel) || slices.Contains(rule.Panels, AnyPanel)
}

// holdsAny says whether a message holds one of any type inside.
func holdsAny(typeURL string) bool { return Messages[typeURL].HoldsAny }

var (
	active     = Rule{}
	anyAccount = Rule{AnyAccount: true}
	standing   = Rule{Suspended: true}
	relayer    = Rule{Role: consortium.ROLE_RELAYER}
	// exchange: an exchange signs it for its own merchants and nodes, the council decides on all others.
	exchange = Rule{Role: consortium.ROLE_EXCHANGE, Panels: []string{panel.Council}}
	council  = Rule{Panels: []string{panel.Council}, PanelOnly: true}
	nobody   = Rule{PanelOnly: true}
)

// Messages is the table of every message that the node knows. A message that
// is registered but not here is refused, and a test says so.
var Messages = map[string]Rule{
	"/shugu.panel.v1.MsgSubmit":      anyAccount,
	"/shugu.panel.v1.MsgVote":        anyAccount,
	"/shugu.panel.v1.MsgWithdraw":    anyAccount,
	"/shugu.panel.v1.MsgExecute":     anyAccount,
	"/shugu.panel.v1.MsgUpdatePanel": {Panels: []string{AnyPanel}, PanelOnly: true},

	"/shugu.consortium.v1.MsgAdmit":   exchange,
	"/shugu.consortium.v1.MsgSuspend": exchange,

	"/shugu.consortium.v1.MsgReject":           exchange,
	"/shugu.consortium.v1.MsgReinstate":        exchange,
	"/shugu.consortium.v1.MsgSetTier":          exchange,
	"/shugu.consortium.v1.MsgLeave":            standing,
	"/shugu.consortium.v1.MsgAddAccount":       active,
	"/shugu.consortium.v1.MsgRevokeAccount":    standing,
	"/shugu.consortium.v1.MsgUpdateMember":     active,
	"/shugu.consortium.v1.MsgReplaceOwner":     council,
	"/shugu.consortium.v1.MsgGrantSeat":        council,
	"/shugu.consortium.v1.MsgRevokeSeat":       council,
	"/shugu.consortium.v1.MsgRotateKey":        council,
	"/shugu.consortium.v1.MsgAcceptSuspension": council,
	"/shugu.consortium.v1.MsgRejoinSeat":       exchange,
	"/shugu.consortium.v1.MsgAdmitNode":        exchange,
	"/shugu.consortium.v1.MsgRevokeNode":       {Panels: []string{panel.Council}, Suspended: true},

	"/shugu.compliance.v1.MsgRequest": active,
	"/shugu.compliance.v1.MsgOpine":   {Role: consortium.ROLE_COMMITTEE_MEMBER},

	"/shugu.product.v1.MsgSubmitScenario": active,
	"/shugu.product.v1.MsgDecideScenario": {Role: consortium.ROLE_EXCHANGE},
	"/shugu.product.v1.MsgRegister":       active,
	"/shugu.product.v1.MsgRevise":         active,
	"/shugu.product.v1.MsgList":           active,
	"/shugu.product.v1.MsgDelist":         active,

	"/shugu.settlement.v1.MsgDeposit":           {Role: consortium.ROLE_BANK},
	"/shugu.settlement.v1.MsgRequestWithdrawal": {Left: true},
	"/shugu.settlement.v1.MsgConfirmWithdrawal": {Role: consortium.ROLE_BANK, Suspended: true},
	"/shugu.settlement.v1.MsgDeclineWithdrawal": {Role: consortium.ROLE_BANK, Suspended: true},
	"/shugu.settlement.v1.MsgPayDebt":           standing,

	"/shugu.voucher.v1.MsgRequestReversal":  active,
	"/shugu.voucher.v1.MsgConfirmReversal":  standing,
	"/shugu.voucher.v1.MsgDeclineReversal":  standing,
	"/shugu.voucher.v1.MsgWithdrawReversal": standing,

	"/shugu.trade.v1.MsgQuote":   active,
	"/shugu.trade.v1.MsgAgree":   active,
	"/shugu.trade.v1.MsgFund":    standing,
	"/shugu.trade.v1.MsgDeliver": standing,
	"/shugu.trade.v1.MsgAccept":  standing,
	"/shugu.trade.v1.MsgCancel":  standing,

	"/shugu.recognition.v1.MsgPresent":       active,
	"/shugu.recognition.v1.MsgSetAgreement":  council,
	"/shugu.recognition.v1.MsgEndAgreement":  council,
	"/shugu.recognition.v1.MsgDoubtClient":   council,
	"/shugu.recognition.v1.MsgDecideContest": council,

	"/shugu.recognition.v1.MsgRecognizeByProof": anyAccount,
	"/shugu.recognition.v1.MsgProveStatus":      anyAccount,
	"/shugu.recognition.v1.MsgReaffirm":         anyAccount,

	"/shugu.compliance.v1.MsgUpdateParams":  council,
	"/shugu.consortium.v1.MsgUpdateParams":  council,
	"/shugu.panel.v1.MsgUpdateParams":       council,
	"/shugu.recognition.v1.MsgUpdateParams": council,
	"/shugu.trade.v1.MsgUpdateParams":       council,
	"/shugu.voucher.v1.MsgUpdateParams":     council,

	// Bank's own sends are off by its parameters for every denomination that
	// genesis does not enable; fen never is, so that it moves only through x/settlement.
	"/cosmos.bank.v1beta1.MsgSend":           active,
	"/cosmos.bank.v1beta1.MsgMultiSend":      council,
	"/cosmos.bank.v1beta1.MsgUpdateParams":   council,
	"/cosmos.bank.v1beta1.MsgSetSendEnabled": council,
	"/cosmos.auth.v1beta1.MsgUpdateParams":   council,

	"/cosmos.consensus.v1.MsgUpdateParams":       council,
	"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade": council,
	"/cosmos.upgrade.v1beta1.MsgCancelUpgrade":   council,
	"/ibc.core.client.v1.MsgUpdateClient":        anyAccount,
	"/ibc.core.client.v1.MsgCreateClient":        relayer,
	"/ibc.core.client.v1.MsgUpgradeClient":       relayer,
	"/ibc.core.client.v1.MsgRecoverClient":       council,
	"/ibc.core.client.v1.MsgIBCSoftwareUpgrade":  {Panels: []string{panel.Council}, PanelOnly: true, HoldsAny: true},
	"/ibc.core.client.v1.MsgUpdateParams":        council,
	"/ibc.core.client.v1.MsgDeleteClientCreator": council,
	// Pairs a client with one of the counterparty, once, by who created it: a part of
	// opening a way, which gives no rights (IBC core asks for the creator).
	"/ibc.core.client.v2.MsgRegisterCounterparty": relayer,
	// Its list of relayers also closes MsgUpdateClient, and so proofs and evidence, to all others.
	"/ibc.core.client.v2.MsgUpdateClientConfig": council,

	"/ibc.core.connection.v1.MsgConnectionOpenInit":    relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenTry":     relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenAck":     relayer,
	"/ibc.core.connection.v1.MsgConnectionOpenConfirm": relayer,
	"/ibc.core.connection.v1.MsgUpdateParams":          council,

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

	// x/recognition sends its packets itself; nobody else may speak in the chain's name.
	"/ibc.core.channel.v2.MsgSendPacket":      nobody,
	"/ibc.core.channel.v2.MsgRecvPacket":      relayer,
	"/ibc.core.channel.v2.MsgTimeout":         relayer,
	"/ibc.core.channel.v2.MsgAcknowledgement": relayer,
}
