// Package words says in English and in Chinese what a resolution's messages
// would do, for those who vote on them.
package words

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"time"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// cst is China Standard Time, the zone of every time that people read.
var cst = time.FixedZone("UTC+8", 8*60*60)

// Names tells a member's legal name by number; empty when it is not known.
type Names func(number uint32) string

// Member is "000012 「name」".
func (n Names) Member(number uint32) string {
	if name := n(number); name != "" {
		return fmt.Sprintf("%06d %s", number, Quoted(name))
	}
	return fmt.Sprintf("%06d", number)
}

func (n Names) list(numbers []uint32) string {
	out := make([]string, 0, len(numbers))
	for _, number := range numbers {
		out = append(out, n.Member(number))
	}
	return strings.Join(out, ", ")
}

// sayer says what a message would do.
type sayer func(msg sdk.Msg, names Names) (english, chinese string)

// sayers say what messages do, by type URL. Those that set parameters are in updates.
var sayers = map[string]sayer{
	"/shugu.recognition.v1.MsgSetAgreement":      setAgreement,
	"/shugu.recognition.v1.MsgEndAgreement":      endAgreement,
	"/shugu.recognition.v1.MsgDoubtClient":       doubtClient,
	"/shugu.recognition.v1.MsgDecideContest":     decideContest,
	"/shugu.consortium.v1.MsgAdmit":              admit,
	"/shugu.consortium.v1.MsgSuspend":            suspend,
	"/shugu.consortium.v1.MsgReject":             reject,
	"/shugu.consortium.v1.MsgReinstate":          reinstate,
	"/shugu.consortium.v1.MsgSetTier":            setTier,
	"/shugu.consortium.v1.MsgReplaceOwner":       replaceOwner,
	"/shugu.consortium.v1.MsgGrantSeat":          grantSeat,
	"/shugu.consortium.v1.MsgRevokeSeat":         revokeSeat,
	"/shugu.consortium.v1.MsgRotateKey":          rotateKey,
	"/shugu.consortium.v1.MsgAcceptSuspension":   acceptSuspension,
	"/shugu.consortium.v1.MsgRejoinSeat":         rejoinSeat,
	"/shugu.consortium.v1.MsgAdmitNode":          admitNode,
	"/shugu.consortium.v1.MsgRevokeNode":         revokeNode,
	"/shugu.panel.v1.MsgUpdatePanel":             updatePanel,
	"/cosmos.bank.v1beta1.MsgMultiSend":          multiSend,
	"/cosmos.bank.v1beta1.MsgSetSendEnabled":     setSendEnabled,
	"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade": upgrade,
	"/cosmos.upgrade.v1beta1.MsgCancelUpgrade":   cancelUpgrade,
	"/ibc.core.client.v1.MsgRecoverClient":       recoverClient,

	"/ibc.core.client.v1.MsgIBCSoftwareUpgrade":  upgradeForClients,
	"/ibc.core.client.v1.MsgDeleteClientCreator": deleteClientCreator,
	"/ibc.core.client.v2.MsgUpdateClientConfig":  updateClientConfig,
}

// Message says what a message would do. One that sets parameters says what changes against
// today's; without these every value. One without words of its own is shown by its type
// and fields.
func Message(cdc codec.Codec, msg sdk.Msg, names Names, today Today) (english, chinese string) {
	url := sdk.MsgTypeURL(msg)
	if say := sayers[url]; say != nil {
		return say(msg, names)
	}
	raw, err := cdc.MarshalJSON(msg)
	if err != nil {
		raw, _ = json.Marshal(err.Error())
	}
	if book, ok := updates[url]; ok && err == nil {
		return book.update(raw, today.of(url))
	}
	return fmt.Sprintf("Run %s with %s", url, raw), fmt.Sprintf("执行 %s，参数 %s", url, raw)
}

func setAgreement(msg sdk.Msg, _ Names) (english, chinese string) {
	a := msg.(*recognition.MsgSetAgreement).Agreement
	cover, coverZH := Cover(a.Terms(""))
	if !a.HasRoute() {
		return fmt.Sprintf("Recognise from %s, by proofs alone against its client %s (no channel: nothing travels by itself, and a voucher is STALE when its last proof is too old): %s. It replaces any agreement with that chain.",
				a.ChainId, a.ClientId, cover),
			fmt.Sprintf("与 %s 互认，仅凭证明（轻客户端 %s，无通道：状态不会自动传来，证明过期即为 STALE）：%s。取代与该链的既有协议。", a.ChainId, a.ClientId, coverZH)
	}
	return fmt.Sprintf("Recognise from %s, over %s and its client %s: %s. It replaces any agreement with that chain.", a.ChainId, a.ChannelId, a.ClientId, cover),
		fmt.Sprintf("与 %s 互认（通道 %s，轻客户端 %s）：%s。取代与该链的既有协议。", a.ChainId, a.ChannelId, a.ClientId, coverZH)
}

func doubtClient(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*recognition.MsgDoubtClient)
	return fmt.Sprintf("Put in doubt all that rests on the light client %s above height %d: it is SUSPECT until it is reaffirmed. Reason: %s", m.ClientId, m.AboveHeight, Quoted(m.Reason)),
		fmt.Sprintf("将依据轻客户端 %s 高度 %d 以上承认的全部记录标为存疑，直至重新确认。理由：%s", m.ClientId, m.AboveHeight, Quoted(m.Reason))
}

func endAgreement(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*recognition.MsgEndAgreement)
	return fmt.Sprintf("End the agreement with %s: nothing new is recognised from it; what was recognised stays. Reason: %s", m.ChainId, Quoted(m.Reason)),
		fmt.Sprintf("终止与 %s 的互认协议：不再承认新的凭证，已承认的仍然有效。理由：%s", m.ChainId, Quoted(m.Reason))
}

func admit(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgAdmit)
	a := m.Application
	roles, rolesZH := rolesOf(a.Roles)
	return fmt.Sprintf("Admit %s (credit code %s, region %s) as %s, with account %s%s", Quoted(a.Name), a.CreditCode, a.Region, roles, account(a.PublicKey, a.Address), reason("; conditions: ", m.Conditions)),
		fmt.Sprintf("接纳 %s（统一社会信用代码 %s，地区 %s）为成员，角色 %s，账户 %s%s", Quoted(a.Name), a.CreditCode, a.Region, rolesZH, account(a.PublicKey, a.Address), reason("；附条件：", m.Conditions))
}

func suspend(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgSuspend)
	return fmt.Sprintf("Suspend member %s: it may finish or refund what is open and start nothing. Reason: %s", names.Member(m.Member), Quoted(m.Reason)),
		fmt.Sprintf("中止成员 %s：仅可完成或退款未结交易，不得发起新的。理由：%s", names.Member(m.Member), Quoted(m.Reason))
}

func updatePanel(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*panel.MsgUpdatePanel)
	if m.Action == panel.PANEL_ACTION_DISSOLVE {
		return fmt.Sprintf("Dissolve the panel %s for good", m.Name), fmt.Sprintf("永久解散合议机构 %s", m.Name)
	}
	verb, verbZH := "Change", "变更"
	if m.Action == panel.PANEL_ACTION_CREATE {
		verb, verbZH = "Make", "设立"
	}
	seats, seatsZH := names.list(m.Members), names.list(m.Members)
	if m.Name == panel.Council {
		seats, seatsZH = "the holders of the validator seats", "验证席位持有者"
	}
	return fmt.Sprintf("%s the panel %s (%s): seats: %s; approves with %s", verb, m.Name, Quoted(m.Title), seats, m.Threshold.Words()),
		fmt.Sprintf("%s合议机构 %s（%s）：席位：%s；通过门槛：%s", verbZH, m.Name, Quoted(m.Title), seatsZH, thresholdZH(m.Threshold))
}

func thresholdZH(t panel.Threshold) string {
	if t.OrEqual {
		return fmt.Sprintf("不少于 %d/%d", t.Numerator, t.Denominator)
	}
	return fmt.Sprintf("超过 %d/%d", t.Numerator, t.Denominator)
}

func upgrade(msg sdk.Msg, _ Names) (english, chinese string) {
	p := msg.(*upgradetypes.MsgSoftwareUpgrade).Plan
	return fmt.Sprintf("Upgrade the software to %s at height %d; nodes without it stop there%s", Quoted(p.Name), p.Height, reason(". ", p.Info)),
		fmt.Sprintf("于高度 %d 将软件升级至 %s，未升级的节点将在该高度停止%s", p.Height, Quoted(p.Name), reason("。", p.Info))
}

func cancelUpgrade(sdk.Msg, Names) (english, chinese string) {
	return "Cancel the software upgrade that is planned", "取消已计划的软件升级"
}

func recoverClient(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*clienttypes.MsgRecoverClient)
	return fmt.Sprintf("Let the light client %s go on with the trusted state of %s", m.SubjectClientId, m.SubstituteClientId),
		fmt.Sprintf("以 %s 的可信状态恢复轻客户端 %s", m.SubstituteClientId, m.SubjectClientId)
}

// stamp is a time in China.
func stamp(unix int64) string { return time.Unix(unix, 0).In(cst).Format("2006-01-02 15:04") }

// yuan is an amount of fen as "1,200.50 CNY".
func yuan(fen math.Int) string {
	if fen.IsNil() {
		return "0.00 CNY"
	}
	whole, rest := new(big.Int).QuoRem(fen.BigInt(), big.NewInt(100), new(big.Int))
	return fmt.Sprintf("%s.%02d CNY", group(whole.String()), rest.Int64())
}
