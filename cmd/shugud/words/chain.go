package words

import (
	"fmt"
	"strings"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clientv2types "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"

	"github.com/shugu-network/shugu/verify"
)

func multiSend(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*banktypes.MsgMultiSend)
	var from, to []string
	for _, in := range m.Inputs {
		from = append(from, verify.Identifier(in.Address)+": "+coins(in.Coins))
	}
	for _, out := range m.Outputs {
		to = append(to, verify.Identifier(out.Address)+": "+coins(out.Coins))
	}
	return fmt.Sprintf("Send coins from %s to %s; fen cannot be sent so", strings.Join(from, "; "), strings.Join(to, "; ")),
		fmt.Sprintf("转账：转出 %s；转入 %s；fen 不能以此方式转移", strings.Join(from, "；"), strings.Join(to, "；"))
}

func coins(list sdk.Coins) string {
	out := make([]string, len(list))
	for i, coin := range list {
		out[i] = coin.Amount.String() + " " + verify.Identifier(coin.Denom)
	}
	return strings.Join(out, ", ")
}

// identifiers are such in a row, or a word for none.
func identifiers(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = verify.Identifier(id)
	}
	return strings.Join(out, ", ")
}

func setSendEnabled(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*banktypes.MsgSetSendEnabled)
	var on, off []string
	for _, entry := range m.SendEnabled {
		if entry != nil && entry.Enabled {
			on = append(on, entry.Denom)
		} else if entry != nil {
			off = append(off, entry.Denom)
		}
	}
	return fmt.Sprintf("Plain sending of coins: allow %s; forbid %s; back to the default %s", identifiers(on, "none"), identifiers(off, "none"), identifiers(m.UseDefaultFor, "none")),
		fmt.Sprintf("普通转账：允许 %s；禁止 %s；恢复默认 %s", identifiers(on, "无"), identifiers(off, "无"), identifiers(m.UseDefaultFor, "无"))
}

func upgradeForClients(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*clienttypes.MsgIBCSoftwareUpgrade)
	kind := "none"
	if m.UpgradedClientState != nil {
		kind = Quoted(m.UpgradedClientState.TypeUrl)
	}
	return fmt.Sprintf("Upgrade the software to %s at height %d in a way that other chains' light clients have to follow: they take over a new client state (%s); nodes without it stop there%s", Quoted(m.Plan.Name), m.Plan.Height, kind, reason(". ", m.Plan.Info)),
		fmt.Sprintf("于高度 %d 将软件升级至 %s，他链轻客户端须随之升级（新客户端状态：%s）；未升级的节点将在该高度停止%s", m.Plan.Height, Quoted(m.Plan.Name), kind, reason("。", m.Plan.Info))
}

func deleteClientCreator(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*clienttypes.MsgDeleteClientCreator)
	return fmt.Sprintf("Forget who created the light client %s: nobody can pair it with one of the other chain any more", verify.Identifier(m.ClientId)),
		fmt.Sprintf("删除轻客户端 %s 的创建者记录：此后无人可将其与对方链的轻客户端配对", verify.Identifier(m.ClientId))
}

func updateClientConfig(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*clientv2types.MsgUpdateClientConfig)
	client := verify.Identifier(m.ClientId)
	if len(m.Config.AllowedRelayers) == 0 {
		return fmt.Sprintf("Let every member update the light client %s, and every relayer carry its packets", client),
			fmt.Sprintf("任何成员均可更新轻客户端 %s，任何中继均可传递其数据包", client)
	}
	allowed := identifiers(m.Config.AllowedRelayers, "")
	return fmt.Sprintf("Let nobody but %s update the light client %s and carry its packets: nobody else can bring a proof or evidence either", allowed, client),
		fmt.Sprintf("轻客户端 %s 的更新与数据包传递仅限 %s：其他人亦无法提交证明或举证", client, allowed)
}
