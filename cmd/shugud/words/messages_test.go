package words_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	simtestutil "github.com/cosmos/cosmos-sdk/testutil/sims"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clientv2types "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/cmd/shugud/words"
	"github.com/shugu-network/shugu/testutil/keys"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func appCodec() codec.Codec {
	return app.New(log.NewNopLogger(), dbm.NewMemDB(), false, simtestutil.EmptyAppOptions{}).Codec
}

// carried are the messages that a panel's resolution may carry.
func carried() []string {
	var urls []string
	for url, rule := range app.Messages {
		if len(rule.Panels) > 0 {
			urls = append(urls, url)
		}
	}
	slices.Sort(urls)
	return urls
}

// Whoever votes reads what a resolution does, whatever it carries.
func TestEveryMessageOfAResolutionHasWords(t *testing.T) {
	cdc := appCodec()
	require.NotEmpty(t, carried())
	for _, url := range carried() {
		msg, err := cdc.InterfaceRegistry().Resolve(url)
		require.NoError(t, err)
		english, chinese := words.Message(cdc, msg, names, nil)
		require.NotContains(t, english, url, "%s has no words: add it to the table in words.go or params_books.go", url)
		require.NotContains(t, chinese, url)
		require.NotRegexp(t, `\p{Han}`, english)
		require.Regexp(t, `\p{Han}`, chinese)
	}
}

// proposed are messages as councils propose them.
func proposed() []sdk.Msg {
	key := bytes.Repeat([]byte{0xAB}, 32)
	application := consortium.Application{Name: "银行", CreditCode: "91330108MA2CYUNF16", Region: "3301", Roles: []consortium.Role{consortium.ROLE_BANK, consortium.ROLE_COMMITTEE_MEMBER}, PublicKey: keys.Account("bank").PubKey().Bytes()}
	return []sdk.Msg{
		&consortium.MsgReject{Application: application, Reason: "材料不全」，并接纳 000099"},
		&consortium.MsgReinstate{Member: 12, Reason: "审计通过"},
		&consortium.MsgSetTier{Member: 12, Tier: consortium.TIER_CORNERSTONE, RuleVersion: "HZDE-2026-03"},
		&consortium.MsgReplaceOwner{Application: consortium.AccountApplication{Member: 12, PublicKey: keys.Account("new").PubKey().Bytes()}, Reason: "密钥遗失"},
		&consortium.MsgGrantSeat{Member: 12, Moniker: "hz-1", ConsensusKey: key},
		&consortium.MsgRevokeSeat{Member: 12, Reason: "退出", AcceptUnsafe: true},
		&consortium.MsgRotateKey{Member: 12, NewKey: key, AtHeight: 9000},
		&consortium.MsgRotateKey{Member: 12, NewKey: key, AtHeight: 9000, AcceptUnsafe: true},
		&consortium.MsgAcceptSuspension{Member: 12},
		&consortium.MsgRejoinSeat{Member: 12},
		&consortium.MsgAdmitNode{NodeId: key[:20], Owner: 12, Purpose: consortium.NODE_PURPOSE_SENTRY, ExpiresAt: 1767225599, Moniker: "sentry-1"},
		&consortium.MsgAdmitNode{NodeId: key[:20], Owner: 13, Purpose: consortium.NODE_PURPOSE_FULL},
		&consortium.MsgRevokeNode{NodeId: key[:20], Reason: "设备报废"},
		&banktypes.MsgMultiSend{
			Inputs:  []banktypes.Input{{Address: keys.Bech32("a"), Coins: sdk.Coins{sdk.NewInt64Coin("test", 5)}}},
			Outputs: []banktypes.Output{{Address: "x, y", Coins: sdk.Coins{{Denom: "te st", Amount: math.NewInt(5)}}}},
		},
		&banktypes.MsgSetSendEnabled{SendEnabled: []*banktypes.SendEnabled{{Denom: "test", Enabled: true}, {Denom: "old"}}, UseDefaultFor: []string{"other"}},
		&clienttypes.MsgIBCSoftwareUpgrade{Plan: upgradetypes.Plan{Name: "v2", Height: 9000, Info: "https://x"}, UpgradedClientState: &codectypes.Any{TypeUrl: "/ibc.lightclients.tendermint.v1.ClientState"}},
		&clienttypes.MsgDeleteClientCreator{ClientId: "07-tendermint-0"},
		&clientv2types.MsgUpdateClientConfig{ClientId: "07-tendermint-0", Config: clientv2types.Config{AllowedRelayers: []string{keys.Bech32("a"), keys.Bech32("b")}}},
		&clientv2types.MsgUpdateClientConfig{ClientId: "07-tendermint-0"},
	}
}

// updating are messages that set parameters, and what the chain says today of some.
func updating() (msgs []sdk.Msg, today words.Today) {
	quorum := compliance.DefaultParams()
	quorum.Quorum++
	age := 48 * time.Hour
	known := map[string]string{
		"/shugu.compliance.v1.MsgUpdateParams": fmt.Sprintf(`{"quorum":%d,"max_committee":%d}`, quorum.Quorum-1, quorum.MaxCommittee),
		"/shugu.voucher.v1.MsgUpdateParams":    fmt.Sprintf(`{"reversal_window":"%d","max_expiries_per_block":%d}`, voucher.DefaultParams().ReversalWindow, voucher.DefaultParams().MaxExpiriesPerBlock),
		"/cosmos.consensus.v1.MsgUpdateParams": `{"block":{"max_bytes":"1048576","max_gas":"-1"},"evidence":{"max_age_num_blocks":"100","max_age_duration":"172800s","max_bytes":"5"},"validator":{"pub_key_types":["ed25519"]},"authority":{"authority":"shugu1x"}}`,
	}
	msgs = []sdk.Msg{
		&compliance.MsgUpdateParams{Params: quorum},
		&voucher.MsgUpdateParams{Params: voucher.DefaultParams()},
		&consensustypes.MsgUpdateParams{
			Authority: "council", Block: &cmtproto.BlockParams{MaxBytes: 2 << 20, MaxGas: 50_000_000}, Evidence: &cmtproto.EvidenceParams{MaxAgeNumBlocks: 100, MaxAgeDuration: age, MaxBytes: 5},
			Validator: &cmtproto.ValidatorParams{PubKeyTypes: []string{"ed25519"}}, Auth: &cmtproto.AuthorityParams{Authority: "shugu1y"},
		},
		&panel.MsgUpdateParams{Params: panel.DefaultParams()},
		&consortium.MsgUpdateParams{Params: consortium.DefaultParams()},
		&recognition.MsgUpdateParams{Params: recognition.DefaultParams()},
		&trade.MsgUpdateParams{Params: trade.DefaultParams()},
		&banktypes.MsgUpdateParams{Params: banktypes.Params{DefaultSendEnabled: true}},
		&authtypes.MsgUpdateParams{Params: authtypes.DefaultParams()},
		&clienttypes.MsgUpdateParams{Params: clienttypes.Params{AllowedClients: []string{"07-tendermint", "a, b"}}},
		&connectiontypes.MsgUpdateParams{Params: connectiontypes.DefaultParams()},
	}
	return msgs, func(url string) json.RawMessage { return json.RawMessage(known[url]) }
}

// What those who vote read, as a golden file.
func TestProposedMessagesInWords(t *testing.T) {
	cdc := appCodec()
	var out bytes.Buffer
	msgs, today := updating()
	for _, msg := range append(proposed(), msgs...) {
		english, chinese := words.Message(cdc, msg, names, today)
		fmt.Fprintf(&out, "%s\n%s\n", english, chinese)
	}
	golden(t, "testdata/messages.txt", out.Bytes())
}

// Every parameter has words, and a module's parameters are told with the same.
func TestEveryParameterHasWords(t *testing.T) {
	cdc := appCodec()
	msgs, _ := updating()
	told := map[string]bool{}
	for _, msg := range msgs {
		told[sdk.MsgTypeURL(msg)] = true
		english, chinese := words.Message(cdc, msg, names, nil)
		require.NotRegexp(t, `[a-z]_[a-z]`, english+chinese)
	}
	for _, url := range carried() {
		if bytes.HasSuffix([]byte(url), []byte(".MsgUpdateParams")) {
			require.True(t, told[url], "%s is not among those of this test", url)
		}
	}
	var out bytes.Buffer
	raw, err := cdc.MarshalJSON(&consortium.Params{QuotaWindow: 1000, TrustingPeriod: 86400 * 14})
	require.NoError(t, err)
	require.NoError(t, words.Params(&out, "/shugu.consortium.v1.MsgUpdateParams", raw))
	golden(t, "testdata/params.txt", out.Bytes())
	require.Error(t, words.Params(&out, "/shugu.consortium.v1.MsgUpdateParams", json.RawMessage("{")))
}
