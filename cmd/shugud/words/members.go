package words

import (
	"encoding/hex"
	"fmt"
	"strings"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var tiers = map[consortium.Tier][2]string{
	consortium.TIER_CORNERSTONE: {"cornerstone", "基石"}, consortium.TIER_SPARK: {"spark", "星火"}, consortium.TIER_GALAXY: {"galaxy", "星海"},
}

var purposes = map[consortium.NodePurpose][2]string{
	consortium.NODE_PURPOSE_VALIDATOR: {"validator", "验证"}, consortium.NODE_PURPOSE_FULL: {"full", "全节点"},
	consortium.NODE_PURPOSE_ARCHIVE: {"archive", "归档"}, consortium.NODE_PURPOSE_SENTRY: {"sentry", "哨兵"},
}

func roleNames(roles []consortium.Role) []string {
	out := make([]string, 0, len(roles))
	for _, role := range roles {
		out = append(out, strings.ToLower(strings.TrimPrefix(role.String(), "ROLE_")))
	}
	return out
}

func admit(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgAdmit)
	a, roles := m.Application, roleNames(m.Application.Roles)
	conditions, conditionsZH := "", ""
	if m.Conditions != "" {
		conditions, conditionsZH = "; conditions: "+m.Conditions, "；附条件："+m.Conditions
	}
	return fmt.Sprintf("Admit %s (credit code %s, region %s) as %s, with account %s%s", a.Name, a.CreditCode, a.Region, strings.Join(roles, ", "), a.Address(), conditions),
		fmt.Sprintf("接纳 %s（统一社会信用代码 %s，地区 %s）为成员，角色 %s，账户 %s%s", a.Name, a.CreditCode, a.Region, strings.Join(roles, "、"), a.Address(), conditionsZH)
}

func reject(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgReject)
	a, roles := m.Application, roleNames(m.Application.Roles)
	return fmt.Sprintf("Refuse the application of %s (credit code %s) to be %s, on record; it is used up. Reason: %s", a.Name, a.CreditCode, strings.Join(roles, ", "), m.Reason),
		fmt.Sprintf("驳回 %s（统一社会信用代码 %s）以角色 %s 入驻的申请并记录在案，该申请作废。理由：%s", a.Name, a.CreditCode, strings.Join(roles, "、"), m.Reason)
}

func suspend(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgSuspend)
	return fmt.Sprintf("Suspend member %s: it may finish or refund what is open and start nothing. Reason: %s", names.Member(m.Member), m.Reason),
		fmt.Sprintf("中止成员 %s：仅可完成或退款未结交易，不得发起新的。理由：%s", names.Member(m.Member), m.Reason)
}

func reinstate(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgReinstate)
	return fmt.Sprintf("Reinstate member %s, with all its roles. Reason: %s", names.Member(m.Member), m.Reason),
		fmt.Sprintf("恢复成员 %s 的全部角色。理由：%s", names.Member(m.Member), m.Reason)
}

func setTier(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgSetTier)
	return fmt.Sprintf("Give member %s the tier %s, by the rule %s", names.Member(m.Member), tiers[m.Tier][0], m.RuleVersion),
		fmt.Sprintf("依据规则 %s 将成员 %s 定为%s级", m.RuleVersion, names.Member(m.Member), tiers[m.Tier][1])
}

func replaceOwner(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgReplaceOwner)
	member, account := names.Member(m.Application.Member), m.Application.Address()
	return fmt.Sprintf("Make %s the owner account of member %s; the account until now acts for it no more. Its fen stay with the member. Reason: %s", account, member, m.Reason),
		fmt.Sprintf("将成员 %s 的主账户更换为 %s，原主账户不再代表该成员，其资金仍归该成员。理由：%s", member, account, m.Reason)
}

func admitNode(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgAdmitNode)
	until, untilZH := "for good", "长期有效"
	if m.ExpiresAt != 0 {
		until, untilZH = "until "+stamp(m.ExpiresAt)+" (UTC+8)", "有效期至 "+stamp(m.ExpiresAt)+"（UTC+8）"
	}
	purpose, id := purposes[m.Purpose], hex.EncodeToString(m.NodeId)
	return fmt.Sprintf("Admit node %s %s of member %s (%s) to the private network, %s", id, m.Moniker, names.Member(m.Owner), purpose[0], until),
		fmt.Sprintf("准许成员 %s 的%s节点 %s %s 接入数据交易专网，%s", names.Member(m.Owner), purpose[1], id, m.Moniker, untilZH)
}

func revokeNode(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgRevokeNode)
	id := hex.EncodeToString(m.NodeId)
	return fmt.Sprintf("Keep node %s out of the private network: all others drop it. Reason: %s", id, m.Reason),
		fmt.Sprintf("撤销节点 %s 的专网准入，其他节点将断开与其连接。理由：%s", id, m.Reason)
}
