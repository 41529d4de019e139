package words_test

import (
	"strings"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

func names(number uint32) string { return map[uint32]string{12: "云帆数据"}[number] }

func TestMessagesInWords(t *testing.T) {
	cdc := app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{}).Codec
	half := panel.Threshold{Numerator: 1, Denominator: 2}
	said := map[string]bool{}
	for name, c := range map[string]struct {
		msg  sdk.Msg
		want [2]string
	}{
		"agreement": {&recognition.MsgSetAgreement{Agreement: recognition.Agreement{
			ChainId: "shugu-shanghai-1", ClientId: "07-tendermint-0", ChannelId: "channel-0", Kinds: []recognition.RecordKind{recognition.RECORD_KIND_VOUCHER},
			MaxAmount: math.NewInt(123456789), BeginsAt: 1767225600, EndsAt: 2082758400, Freshness: 86400,
		}}, [2]string{"Recognise from shugu-shanghai-1, over channel-0 and its client 07-tendermint-0: voucher; all industries; up to 1,234,567.89 CNY each; from 2026-01-01 08:00 to 2036-01-01 08:00", "状态证明有效期 24h"}},
		"agreement without channel": {&recognition.MsgSetAgreement{Agreement: recognition.Agreement{
			ChainId: "shugu-shanghai-1", ClientId: "07-tendermint-0", Kinds: []recognition.RecordKind{recognition.RECORD_KIND_VOUCHER}, MaxAmount: math.NewInt(1), Freshness: 60,
		}}, [2]string{"Recognise from shugu-shanghai-1, by proofs alone against its client 07-tendermint-0 (no channel", "仅凭证明（轻客户端 07-tendermint-0，无通道"}},
		"doubt": {&recognition.MsgDoubtClient{ClientId: "07-tendermint-0", AboveHeight: 120, Reason: "双签"}, [2]string{"rests on the light client 07-tendermint-0 above height 120", "高度 120 以上承认的全部记录标为存疑"}},
		"end":   {&recognition.MsgEndAgreement{ChainId: "shugu-shanghai-1", Reason: "到期"}, [2]string{"End the agreement with shugu-shanghai-1", "理由：到期"}},
		"contest": {&recognition.MsgDecideContest{Nullifier: []byte{0xab, 0xcd}, Reason: "重复", Upheld: []recognition.VoucherRef{{ChainId: "shugu-hangzhou-1", Number: "330126112300012300004228"}}},
			[2]string{"(nullifier abcd): upheld, so that they lose the mark contested: 3301-261123-000123-000042-28 @ shugu-hangzhou-1; the others keep it", "裁定重复登记的交易（交易唯一码 abcd）"}},
		"no contest": {&recognition.MsgDecideContest{Reason: "重复"}, [2]string{"contested: none; the others keep it. Reason: 重复", "凭证：无；"}},
		"admission":  {&consortium.MsgAdmit{Application: consortium.Application{Name: "银行", CreditCode: "C", Region: "3301", Roles: []consortium.Role{consortium.ROLE_BANK}, PublicKey: keys.Account("bank").PubKey().Bytes()}, Conditions: "审计"}, [2]string{"Admit 银行 (credit code C, region 3301) as bank, with account " + keys.Bech32("bank") + "; conditions: 审计", "附条件：审计"}},
		"suspension": {&consortium.MsgSuspend{Member: 12, Reason: "audit"}, [2]string{"Suspend member 000012 云帆数据", "中止成员 000012 云帆数据"}},
		"new panel":  {&panel.MsgUpdatePanel{Name: "sandbox", Title: "沙盒", Action: panel.PANEL_ACTION_CREATE, Members: []uint32{12, 13}, Threshold: half}, [2]string{"Make the panel sandbox (沙盒): seats: 000012 云帆数据, 000013; approves with more than 1/2", "设立合议机构 sandbox（沙盒）：席位：000012 云帆数据, 000013；通过门槛：超过 1/2"}},
		"council":    {&panel.MsgUpdatePanel{Name: panel.Council, Title: "理事会", Action: panel.PANEL_ACTION_CHANGE, Threshold: panel.Threshold{Numerator: 3, Denominator: 4, OrEqual: true}}, [2]string{"seats: the holders of the validator seats; approves with at least 3/4", "不少于 3/4"}},
		"dissolved":  {&panel.MsgUpdatePanel{Name: "sandbox", Action: panel.PANEL_ACTION_DISSOLVE}, [2]string{"Dissolve the panel sandbox for good", "解散"}},
		"upgrade":    {&upgradetypes.MsgSoftwareUpgrade{Plan: upgradetypes.Plan{Name: "v2", Height: 9}}, [2]string{`Upgrade the software to "v2" at height 9`, "升级"}},
		"no upgrade": {&upgradetypes.MsgCancelUpgrade{}, [2]string{"Cancel the software upgrade", "取消"}},
		"recovery":   {clienttypes.NewMsgRecoverClient("", "07-tendermint-0", "07-tendermint-1"), [2]string{"Let the light client 07-tendermint-0 go on with the trusted state of 07-tendermint-1", "恢复轻客户端 07-tendermint-0"}},
		"refusal": {&consortium.MsgReject{Application: consortium.Application{Name: "银行", CreditCode: "C", Roles: []consortium.Role{consortium.ROLE_BANK}}, Reason: "材料不全"},
			[2]string{"Refuse the application of 银行 (credit code C) to be bank, on record; it is used up. Reason: 材料不全", "驳回 银行（统一社会信用代码 C）以角色 bank 入驻的申请"}},
		"return": {&consortium.MsgReinstate{Member: 12, Reason: "整改完成"}, [2]string{"Reinstate member 000012 云帆数据", "理由：整改完成"}},
		"tier":   {&consortium.MsgSetTier{Member: 12, Tier: consortium.TIER_SPARK, RuleVersion: "HZDE-2026-03"}, [2]string{"Give member 000012 云帆数据 the tier spark, by the rule HZDE-2026-03", "定为星火级"}},
		"owner": {&consortium.MsgReplaceOwner{Application: consortium.AccountApplication{Member: 12, PublicKey: keys.Account("new").PubKey().Bytes()}, Reason: "私钥遗失"},
			[2]string{"Make " + keys.Bech32("new") + " the owner account of member 000012 云帆数据", "理由：私钥遗失"}},
		"node": {&consortium.MsgAdmitNode{NodeId: []byte{0xab, 1}, Owner: 12, Purpose: consortium.NODE_PURPOSE_ARCHIVE, ExpiresAt: 1767225600, Moniker: "hz-2"},
			[2]string{"Admit node ab01 hz-2 of member 000012 云帆数据 (archive) to the private network, until 2026-01-01 08:00 (UTC+8)", "归档节点 ab01 hz-2 接入数据交易专网，有效期至 2026-01-01 08:00"}},
		"node for good": {&consortium.MsgAdmitNode{Owner: 12, Purpose: consortium.NODE_PURPOSE_FULL}, [2]string{"private network, for good", "长期有效"}},
		"no node":       {&consortium.MsgRevokeNode{NodeId: []byte{0xab, 1}, Reason: "报废"}, [2]string{"Keep node ab01 out of the private network", "理由：报废"}},
		"seat": {&consortium.MsgGrantSeat{Member: 12, Moniker: "hz-1", ConsensusKey: []byte{1, 2, 3}},
			[2]string{"Give member 000012 云帆数据 a validator seat (hz-1) with the consensus key AQID; it validates two blocks later. It fails if light clients", "若他链轻客户端无法跟随则不予执行"}},
		"seat at any price": {&consortium.MsgGrantSeat{Member: 12, AcceptUnsafe: true}, [2]string{"relayers then have to update each at the very height", "届时中继须在本链指明的高度更新"}},
		"no seat":           {&consortium.MsgRevokeSeat{Member: 12, Reason: "退出"}, [2]string{"Take the validator seat of member 000012 云帆数据 away, with its seat in the council", "理由：退出"}},
		"key":               {&consortium.MsgRotateKey{Member: 12, NewKey: []byte{1, 2, 3}, AtHeight: 900}, [2]string{"Change the consensus key of member 000012 云帆数据 to AQID at height 900", "于高度 900"}},
		"seat again":        {&consortium.MsgRejoinSeat{Member: 12}, [2]string{"Bring the suspended validator seat of member 000012 云帆数据 back, or drop its suspension if it waits. It fails", "恢复成员 000012 云帆数据 被中止的验证席位"}},
		"seat suspended":    {&consortium.MsgAcceptSuspension{Member: 12}, [2]string{"Carry out the suspension of member 000012 云帆数据's validator seat that waits. Even if", "待生效的中止"}},
		"parameters":        {&consortium.MsgUpdateParams{Params: consortium.DefaultParams()}, [2]string{`Set all parameters of shugu.consortium.v1, which hold at once: {"signer"`, "设定 shugu.consortium.v1 的全部参数"}},
		"any other":         {&banktypes.MsgSetSendEnabled{Authority: "x"}, [2]string{`Run /cosmos.bank.v1beta1.MsgSetSendEnabled with {"authority":"x"`, "执行 /cosmos.bank"}},
	} {
		t.Run(name, func(t *testing.T) {
			english, chinese := words.Message(cdc, c.msg, names)
			require.Contains(t, english, c.want[0])
			require.Contains(t, chinese, c.want[1])
		})
		said[sdk.MsgTypeURL(c.msg)] = true
	}
	// Whatever of ours a panel may decide has words of its own, and stands above.
	for url, rule := range app.Messages {
		if len(rule.Panels) > 0 && strings.HasPrefix(url, "/shugu.") && !strings.HasSuffix(url, ".MsgUpdateParams") {
			require.True(t, said[url], "%s has no words", url)
		}
	}
}

func TestVotesAndStatusesHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for option := range panel.VoteOption_name {
		seen[words.Option(panel.VoteOption(option))] = true
	}
	require.Len(t, seen, len(panel.VoteOption_name))
	for status := range panel.ResolutionStatus_name {
		if status != 0 {
			require.NotContains(t, words.Status(panel.ResolutionStatus(status)), "RESOLUTION")
		}
	}
}
