package words

import (
	"fmt"
	"strings"

	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

var roleWords = map[consortium.Role]string{
	consortium.ROLE_EXCHANGE: "exchange 数据交易所", consortium.ROLE_MERCHANT: "merchant 数商",
	consortium.ROLE_COMMITTEE_MEMBER: "committee member 合规委员会成员", consortium.ROLE_COURT: "court 法院",
	consortium.ROLE_BANK: "bank 银行", consortium.ROLE_AUTHORITY: "authority 主管部门",
	consortium.ROLE_OPERATOR: "operator 授权运营机构", consortium.ROLE_RELAYER: "relayer 中继",
}

var tierWords = map[consortium.Tier]string{
	consortium.TIER_CORNERSTONE: "cornerstone 基石", consortium.TIER_SPARK: "spark 星火", consortium.TIER_GALAXY: "galaxy 星海",
}

// Roles are a member's roles in words.
func Roles(roles []consortium.Role) string {
	out := make([]string, 0, len(roles))
	for _, role := range roles {
		out = append(out, word(roleWords, role))
	}
	return strings.Join(out, ", ")
}

// Tier is a merchant's class in words.
func Tier(tier consortium.Tier) string { return word(tierWords, tier) }

// halves takes "exchange 数据交易所" apart.
func halves(bilingual string) (english, chinese string) {
	i := strings.LastIndex(bilingual, " ")
	if i < 0 {
		return bilingual, bilingual
	}
	return bilingual[:i], bilingual[i+1:]
}

// account is the address of an applicant's key. Resolutions may carry what the chain will
// refuse when it runs them, also a key that is none.
func account(key []byte, address func() sdk.AccAddress) string {
	if len(key) != secp256k1.PubKeySize {
		return fmt.Sprintf("? (%X)", key)
	}
	return address().String()
}

func rolesOf(roles []consortium.Role) (english, chinese string) {
	var names, namesZH []string
	for _, role := range roles {
		name, nameZH := halves(word(roleWords, role))
		names, namesZH = append(names, name), append(namesZH, nameZH)
	}
	return strings.Join(names, ", "), strings.Join(namesZH, "、")
}

func reject(msg sdk.Msg, _ Names) (english, chinese string) {
	m := msg.(*consortium.MsgReject)
	a := m.Application
	roles, rolesZH := rolesOf(a.Roles)
	return fmt.Sprintf("Refuse the application of %s (credit code %s, region %s) to be %s; it may apply again. Reason: %s", Quoted(a.Name), a.CreditCode, a.Region, roles, Quoted(m.Reason)),
		fmt.Sprintf("拒绝 %s（统一社会信用代码 %s，地区 %s）担任 %s 的入驻申请，可重新申请。理由：%s", Quoted(a.Name), a.CreditCode, a.Region, rolesZH, Quoted(m.Reason))
}

func reinstate(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgReinstate)
	return fmt.Sprintf("Reinstate member %s: it has all its rights again. Reason: %s", names.Member(m.Member), Quoted(m.Reason)),
		fmt.Sprintf("恢复成员 %s 的全部权利。理由：%s", names.Member(m.Member), Quoted(m.Reason))
}

func setTier(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgSetTier)
	tier, tierZH := halves(Tier(m.Tier))
	return fmt.Sprintf("Give merchant %s the tier %s, under the rule %s", names.Member(m.Member), tier, Quoted(m.RuleVersion)),
		fmt.Sprintf("将数商 %s 定为%s等级，依据规则 %s", names.Member(m.Member), tierZH, Quoted(m.RuleVersion))
}

func replaceOwner(msg sdk.Msg, names Names) (english, chinese string) {
	m := msg.(*consortium.MsgReplaceOwner)
	member, owner := names.Member(m.Application.Member), account(m.Application.PublicKey, m.Application.Address)
	return fmt.Sprintf("Give member %s another owner account, %s: the one before acts for it no more, its fen and its further accounts stay. Reason: %s", member, owner, Quoted(m.Reason)),
		fmt.Sprintf("将成员 %s 的主账户更换为 %s：原主账户不再代表该成员，资金与其他账户不变。理由：%s", member, owner, Quoted(m.Reason))
}
