package words

import (
	"fmt"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// unsafe says what it means that the council accepts a change of the validator set that
// light clients may be unable to follow.
func unsafe(accepted bool) (english, chinese string) {
	if !accepted {
		return "", ""
	}
	return ". ACCEPTED THOUGH UNSAFE: other chains' light clients that are not updated at the very height that the node then names are stranded",
		"。接受不安全变更：未在届时所示高度更新的他链轻客户端将无法继续跟随"
}

func grantSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgGrantSeat)
	risk, riskZH := unsafe(m.AcceptUnsafe)
	return fmt.Sprintf("Give exchange %s a validator seat, called %s, with the consensus key %X%s", names.Member(m.Member), Quoted(m.Moniker), m.ConsensusKey, risk),
		fmt.Sprintf("授予数据交易所 %s 验证席位，名称 %s，共识公钥 %X%s", names.Member(m.Member), Quoted(m.Moniker), m.ConsensusKey, riskZH)
}

func revokeSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRevokeSeat)
	risk, riskZH := unsafe(m.AcceptUnsafe)
	return fmt.Sprintf("Take the validator seat of %s away: it validates and votes in the council no more. Reason: %s%s", names.Member(m.Member), Quoted(m.Reason), risk),
		fmt.Sprintf("撤销 %s 的验证席位：不再参与验证，亦不再是理事会成员。理由：%s%s", names.Member(m.Member), Quoted(m.Reason), riskZH)
}

func rotateKey(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRotateKey)
	risk, riskZH := unsafe(m.AcceptUnsafe)
	if !m.AcceptUnsafe {
		risk, riskZH = "; if that is not safe then, it waits until it is", "；届时如不安全，则等待至安全"
	}
	return fmt.Sprintf("Change the consensus key of the seat of %s to %X from height %d on%s", names.Member(m.Member), m.NewKey, m.AtHeight, risk),
		fmt.Sprintf("自高度 %d 起将 %s 的席位共识公钥更换为 %X%s", m.AtHeight, names.Member(m.Member), m.NewKey, riskZH)
}

func rejoinSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRejoinSeat)
	risk, riskZH := unsafe(m.AcceptUnsafe)
	return fmt.Sprintf("Bring the suspended seat of %s back: it validates again, and a suspension that waits is dropped%s", names.Member(m.Member), risk),
		fmt.Sprintf("恢复 %s 被停任的验证席位：重新参与验证，待生效的停任一并取消%s", names.Member(m.Member), riskZH)
}

func acceptSuspension(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgAcceptSuspension)
	risk, riskZH := unsafe(true)
	return fmt.Sprintf("Let the suspension of the seat of %s, which waits until it is safe, take effect at once%s", names.Member(m.Member), risk),
		fmt.Sprintf("使 %s 待生效的席位停任立即生效%s", names.Member(m.Member), riskZH)
}

var purposeWords = map[consortium.NodePurpose]string{
	consortium.NODE_PURPOSE_VALIDATOR: "validator 验证", consortium.NODE_PURPOSE_FULL: "full 全节点",
	consortium.NODE_PURPOSE_ARCHIVE: "archive 归档", consortium.NODE_PURPOSE_SENTRY: "sentry 哨兵",
}

// Purpose says what a node of the private network is for.
func Purpose(p consortium.NodePurpose) string { return word(purposeWords, p) }

func admitNode(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgAdmitNode)
	purpose, purposeZH := halves(Purpose(m.Purpose))
	until, untilZH := "for good", "长期有效"
	if m.ExpiresAt != 0 {
		at := time.Unix(m.ExpiresAt, 0).In(cst).Format("2006-01-02 15:04:05")
		until, untilZH = fmt.Sprintf("until %s UTC+8", at), fmt.Sprintf("有效期至 %s (UTC+8)", at)
	}
	return fmt.Sprintf("Let the node %x of member %s connect to the private network, as %s%s, %s; what was admitted of it before is replaced", m.NodeId, names.Member(m.Owner), purpose, reason(", called ", m.Moniker), until),
		fmt.Sprintf("准许成员 %s 的节点 %x 接入数据交易专网，用途：%s%s，%s；取代该节点既有准入", names.Member(m.Owner), m.NodeId, purposeZH, reason("，名称 ", m.Moniker), untilZH)
}

func revokeNode(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgRevokeNode)
	return fmt.Sprintf("Keep the node %x out of the private network: it is dropped and may connect no more. Reason: %s", m.NodeId, Quoted(m.Reason)),
		fmt.Sprintf("撤销节点 %x 的专网准入：断开并不得再接入。理由：%s", m.NodeId, Quoted(m.Reason))
}
