package words

import (
	"encoding/base64"
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// guarded says what it means that a change of the validators may strand other chains' light clients.
func guarded(acceptUnsafe bool) (english, chinese string) {
	if acceptUnsafe {
		return ". Even if light clients of other chains cannot follow: relayers then have to update each at the very height that the chain names",
			"。即使他链轻客户端无法跟随也照此执行：届时中继须在本链指明的高度更新各轻客户端"
	}
	return ". It fails if light clients of other chains could not follow", "。若他链轻客户端无法跟随则不予执行"
}

// key is a consensus key as `shugud comet show-validator` prints it.
func key(raw []byte) string { return base64.StdEncoding.EncodeToString(raw) }

func grantSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgGrantSeat)
	guard, guardZH := guarded(m.AcceptUnsafe)
	return fmt.Sprintf("Give member %s a validator seat (%s) with the consensus key %s; it validates two blocks later%s", names.Member(m.Member), m.Moniker, key(m.ConsensusKey), guard),
		fmt.Sprintf("授予成员 %s 验证席位（%s），共识公钥 %s，两个区块后开始验证%s", names.Member(m.Member), m.Moniker, key(m.ConsensusKey), guardZH)
}

func revokeSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRevokeSeat)
	guard, guardZH := guarded(m.AcceptUnsafe)
	return fmt.Sprintf("Take the validator seat of member %s away, with its seat in the council%s. Reason: %s", names.Member(m.Member), guard, m.Reason),
		fmt.Sprintf("撤销成员 %s 的验证席位及其理事会席位%s。理由：%s", names.Member(m.Member), guardZH, m.Reason)
}

func rotateKey(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRotateKey)
	guard, guardZH := guarded(m.AcceptUnsafe)
	return fmt.Sprintf("Change the consensus key of member %s to %s at height %d; the old and the new node both have to run until the new one signs%s", names.Member(m.Member), key(m.NewKey), m.AtHeight, guard),
		fmt.Sprintf("于高度 %d 将成员 %s 的共识公钥更换为 %s，新节点开始签名前新旧两节点须同时运行%s", m.AtHeight, names.Member(m.Member), key(m.NewKey), guardZH)
}

func rejoinSeat(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgRejoinSeat)
	guard, guardZH := guarded(m.AcceptUnsafe)
	return fmt.Sprintf("Bring the suspended validator seat of member %s back, or drop its suspension if it waits%s", names.Member(m.Member), guard),
		fmt.Sprintf("恢复成员 %s 被中止的验证席位，或取消其待生效的中止%s", names.Member(m.Member), guardZH)
}

func acceptSuspension(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgAcceptSuspension)
	guard, guardZH := guarded(true)
	return fmt.Sprintf("Carry out the suspension of member %s's validator seat that waits%s", names.Member(m.Member), guard),
		fmt.Sprintf("立即执行对成员 %s 验证席位待生效的中止%s", names.Member(m.Member), guardZH)
}
