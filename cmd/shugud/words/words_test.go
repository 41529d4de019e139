package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

func names(number uint32) string { return map[uint32]string{12: "云帆数据"}[number] }

func TestMessagesInWords(t *testing.T) {
	cdc := appCodec()
	half := panel.Threshold{Numerator: 1, Denominator: 2}
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
		"end":   {&recognition.MsgEndAgreement{ChainId: "shugu-shanghai-1", Reason: "到期"}, [2]string{"End the agreement with shugu-shanghai-1", "理由：「到期」"}},
		"contest": {&recognition.MsgDecideContest{Nullifier: []byte{0xab, 0xcd}, Reason: "重复", Upheld: []recognition.VoucherRef{{ChainId: "shugu-hangzhou-1", Number: "330126112300012300004228"}}},
			[2]string{"(nullifier abcd): upheld, so that they lose the mark contested: 3301-261123-000123-000042-28 @ shugu-hangzhou-1; the others keep it", "裁定重复登记的交易（交易唯一码 abcd）"}},
		"no contest": {&recognition.MsgDecideContest{Reason: "重复"}, [2]string{"contested: none; the others keep it. Reason: 「重复」", "凭证：无；"}},
		"admission":  {&consortium.MsgAdmit{Application: consortium.Application{Name: "银行", CreditCode: "C", Region: "3301", Roles: []consortium.Role{consortium.ROLE_BANK}, PublicKey: keys.Account("bank").PubKey().Bytes()}, Conditions: "审计"}, [2]string{"Admit 「银行」 (credit code C, region 3301) as bank, with account " + keys.Bech32("bank") + "; conditions: 「审计」", "附条件：「审计」"}},
		"suspension": {&consortium.MsgSuspend{Member: 12, Reason: "audit"}, [2]string{"Suspend member 000012 「云帆数据」", "中止成员 000012 「云帆数据」"}},
		"new panel":  {&panel.MsgUpdatePanel{Name: "sandbox", Title: "沙盒", Action: panel.PANEL_ACTION_CREATE, Members: []uint32{12, 13}, Threshold: half}, [2]string{"Make the panel sandbox (「沙盒」): seats: 000012 「云帆数据」, 000013; approves with more than 1/2", "设立合议机构 sandbox（「沙盒」）：席位：000012 「云帆数据」, 000013；通过门槛：超过 1/2"}},
		"council":    {&panel.MsgUpdatePanel{Name: panel.Council, Title: "理事会", Action: panel.PANEL_ACTION_CHANGE, Threshold: panel.Threshold{Numerator: 3, Denominator: 4, OrEqual: true}}, [2]string{"seats: the holders of the validator seats; approves with at least 3/4", "不少于 3/4"}},
		"dissolved":  {&panel.MsgUpdatePanel{Name: "sandbox", Action: panel.PANEL_ACTION_DISSOLVE}, [2]string{"Dissolve the panel sandbox for good", "解散"}},
		"upgrade":    {&upgradetypes.MsgSoftwareUpgrade{Plan: upgradetypes.Plan{Name: "v2", Height: 9}}, [2]string{`Upgrade the software to 「v2」 at height 9`, "升级"}},
		"no upgrade": {&upgradetypes.MsgCancelUpgrade{}, [2]string{"Cancel the software upgrade", "取消"}},
		"recovery":   {clienttypes.NewMsgRecoverClient("", "07-tendermint-0", "07-tendermint-1"), [2]string{"Let the light client 07-tendermint-0 go on with the trusted state of 07-tendermint-1", "恢复轻客户端 07-tendermint-0"}},
		"any other":  {&banktypes.MsgSend{FromAddress: "x"}, [2]string{`Run /cosmos.bank.v1beta1.MsgSend with {"from_address":"x"`, "执行 /cosmos.bank"}},
	} {
		t.Run(name, func(t *testing.T) {
			english, chinese := words.Message(cdc, c.msg, names, nil)
			require.Contains(t, english, c.want[0])
			require.Contains(t, chinese, c.want[1])
		})
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
