package cmd

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"cosmossdk.io/math"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// handMade are the queries that no generated one stands behind; they speak by themselves.
var handMade = []string{"voucher proof", "consortium guard", "recognition overview", "recognition voucher", "recognition contest", "recognition contests"}

// Whatever a person asks of our modules is answered in words.
func TestEveryQuerySpeaks(t *testing.T) {
	var spoken []string
	for _, book := range toldBooks {
		spoken = append(spoken, sortedKeys(book)...)
	}
	spoken = append(spoken, handMade...)
	asked, _, err := NewRootCmd().Find([]string{"query"})
	require.NoError(t, err)
	registry, own := testCodec().InterfaceRegistry(), 0
	for _, module := range asked.Commands() {
		if _, err := registry.FindDescriptorByName(protoreflect.FullName("shugu." + module.Name() + ".v1.Query")); err != nil {
			continue
		}
		own++
		for _, c := range module.Commands() {
			path := module.Name() + " " + c.Name()
			require.Contains(t, spoken, path, "`shugud query %s` prints YAML: add it to the query_told files", path)
		}
	}
	require.GreaterOrEqual(t, own, 8)
	slices.Sort(spoken)
	require.Equal(t, len(spoken), len(slices.Compact(spoken)), "each stands in one place")
}

// asker runs queries against a fake node.
func asker(t *testing.T, answers map[string]proto.Message) func(args ...string) string {
	node := answeringNode(t, answers, map[string][]byte{})
	return func(args ...string) string {
		root := NewRootCmd()
		var out, errs bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&errs)
		root.SetArgs(append(append([]string{"query"}, args...), "--home", t.TempDir(), "--node", node))
		require.Zero(t, Run(t.Context(), root), "%v: %s", args, errs.String())
		return out.String()
	}
}

// emptyLists are the lists, with what a query for them needs.
var emptyLists = map[string]string{
	"product scenarios": "product.v1.Query/Scenarios", "product products": "product.v1.Query/Products", "product versions 000012-000001": "product.v1.Query/Versions",
	"compliance reviews": "compliance.v1.Query/Reviews", "trade contracts": "trade.v1.Query/Contracts", "trade failures": "trade.v1.Query/Failures",
	"voucher list": "voucher.v1.Query/Vouchers", "voucher requests": "voucher.v1.Query/Requests", "voucher failures": "voucher.v1.Query/Failures",
	"settlement ledgers": "settlement.v1.Query/Ledgers", "settlement withdrawals": "settlement.v1.Query/Withdrawals", "settlement unpaid": "settlement.v1.Query/Unpaid",
	"settlement debts": "settlement.v1.Query/Debts", "consortium members": "consortium.v1.Query/Members", "consortium member-history 12": "consortium.v1.Query/MemberHistory",
	"consortium refusals 0": "consortium.v1.Query/Refusals", "consortium refusals-by-credit-code 91330108MA2CYUNF16": "consortium.v1.Query/RefusalsByCreditCode",
	"consortium evidence": "consortium.v1.Query/Evidence", "consortium nodes": "consortium.v1.Query/Nodes", "panel panels": "panel.v1.Query/Panels",
	"panel resolutions": "panel.v1.Query/Resolutions", "recognition agreements": "recognition.v1.Query/Agreements", "recognition outbox shugu-shanghai-1": "recognition.v1.Query/Outbox",
	"recognition queue shugu-shanghai-1": "recognition.v1.Query/Queue", "recognition recognised-list shugu-shanghai-1": "recognition.v1.Query/RecognisedList",
}

// Every list says plainly that it is empty, and how to get its next page.
func TestListsTellThatTheyAreEmptyAndHowToGoOn(t *testing.T) {
	answers := map[string]proto.Message{}
	for _, path := range emptyLists {
		module, method, _ := strings.Cut(path, ".v1.Query/")
		res := madeOf("shugu." + module + ".v1.Query" + method + "Response")
		require.NotNil(t, res, path)
		next := reflect.ValueOf(&query.PageResponse{NextKey: []byte{0xFB, 0xFF}})
		reflect.ValueOf(res).Elem().FieldByName("Pagination").Set(next)
		answers["/shugu."+path] = res
	}
	answers["/shugu.voucher.v1.Query/Status"] = &voucher.QueryStatusResponse{
		Status: &voucher.Status{Flags: voucher.FlagReversed}, Details: []voucher.StatusDetail{{Version: 1, Flags: voucher.FlagReversed}}, Pagination: &query.PageResponse{NextKey: []byte{1}},
	}
	ask := asker(t, answers)
	status := ask("voucher", "status", voucher.Number("3301", "261123", 12, 1), "--page-limit", "1")
	require.Contains(t, status, "version 第 1 版, height 高度 0: reversed 全部冲红")
	require.Contains(t, status, "--page-key 01")
	for args := range emptyLists {
		require.Equal(t, "none 无\nthere are more 还有更多: the same with 加上 --page-key fbff\n", ask(strings.Fields(args)...), args)
	}
}

// Every list reads what its generated query prints, whatever stands in it.
func TestListsReadWhatIsGenerated(t *testing.T) {
	answers := map[string]proto.Message{}
	for _, path := range emptyLists {
		module, method, _ := strings.Cut(path, ".v1.Query/")
		res := madeOf("shugu." + module + ".v1.Query" + method + "Response")
		fields := reflect.ValueOf(res).Elem()
		for i := range fields.NumField() {
			if list := fields.Field(i); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.Struct {
				list.Set(reflect.Append(list, reflect.Zero(list.Type().Elem())))
			}
		}
		answers["/shugu."+path] = res
	}
	ask := asker(t, answers)
	for args := range emptyLists {
		text := ask(strings.Fields(args)...)
		require.NotEmpty(t, text, args)
		require.NotEqual(t, "none 无\n", text, args)
		require.NotContains(t, text, "pagination:", args)
	}
}

// records are the queries for one thing, with what each needs.
var records = map[string]string{
	"product scenario S000012-000001": "product.v1.Query/Scenario", "settlement escrow 261123-000012-000001": "settlement.v1.Query/Escrow", "settlement ledger 3": "settlement.v1.Query/Ledger",
	"settlement deposit 3 D-1": "settlement.v1.Query/Deposit", "settlement withdrawal 000012-000001": "settlement.v1.Query/Withdrawal", "settlement claw-back 261123-000012-000001": "settlement.v1.Query/ClawBack",
	"settlement balance 12": "settlement.v1.Query/Balance", "consortium member-by-address shugu1x": "consortium.v1.Query/MemberByAddress", "consortium member-by-credit-code 91330108MA2CYUNF16": "consortium.v1.Query/MemberByCreditCode",
	"consortium accounts 12": "consortium.v1.Query/Accounts", "consortium quota 12": "consortium.v1.Query/Quota", "consortium seat 12": "consortium.v1.Query/Seat", "consortium seats": "consortium.v1.Query/Seats",
	"consortium sets": "consortium.v1.Query/SetHistory", "consortium node " + peerID: "consortium.v1.Query/Node", "panel panel council": "panel.v1.Query/Panel", "recognition agreement shugu-shanghai-1": "recognition.v1.Query/Agreement",
	"recognition foreign-status shugu-shanghai-1 330126112300001200000124": "recognition.v1.Query/ForeignStatus", "recognition standing 330126112300001200000124": "recognition.v1.Query/Standing",
	"recognition recognised shugu-shanghai-1 voucher 330126112300001200000124":   "recognition.v1.Query/Recognised",
	"recognition outbox-entry shugu-shanghai-1 voucher 330126112300001200000124": "recognition.v1.Query/OutboxEntry",
	"panel params": "panel.v1.Query/Params", "consortium params": "consortium.v1.Query/Params", "compliance params": "compliance.v1.Query/Params", "trade params": "trade.v1.Query/Params",
	"voucher params": "voucher.v1.Query/Params", "recognition params": "recognition.v1.Query/Params",
}

// Whatever a node leaves out, a query for one thing reads what its generated one prints, in
// the words of people.
func TestRecordsReadWhatIsGenerated(t *testing.T) {
	answers := map[string]proto.Message{}
	for _, path := range records {
		module, method, _ := strings.Cut(path, ".v1.Query/")
		answers["/shugu."+path] = madeOf("shugu." + module + ".v1.Query" + method + "Response")
		require.NotNil(t, answers["/shugu."+path], path)
	}
	ask := asker(t, answers)
	for args := range records {
		require.Regexp(t, `\p{Han}`, ask(strings.Fields(args)...), args)
	}
}

// What else people ask is told in words, and with -o json as generated.
func TestMoreQueriesSpeak(t *testing.T) {
	params := compliance.DefaultParams()
	change, err := codectypes.NewAnyWithValue(&compliance.MsgUpdateParams{Signer: "shugu1x", Params: compliance.Params{Quorum: params.Quorum + 1, MaxCommittee: params.MaxCommittee}})
	require.NoError(t, err)
	open := panel.Resolution{Id: 7, Panel: panel.Council, Title: "提高门槛", Reason: "审慎", Proposer: 12, Seats: []uint32{12}, Messages: []*codectypes.Any{change}, Status: panel.RESOLUTION_STATUS_OPEN}
	answers := map[string]proto.Message{
		"/shugu.consortium.v1.Query/Member":     &consortium.QueryMemberResponse{Member: consortium.Member{Number: 12, Name: "云帆数据"}},
		"/shugu.compliance.v1.Query/Params":     &compliance.QueryParamsResponse{Params: params},
		"/shugu.panel.v1.Query/Resolutions":     &panel.QueryResolutionsResponse{Resolutions: []panel.Resolution{open}},
		"/shugu.panel.v1.Query/Resolution":      &panel.QueryResolutionResponse{Resolution: open, Words: "open", WordsZh: "表决中"},
		"/shugu.settlement.v1.Query/Escrow":     &settlement.QueryEscrowResponse{Escrow: settlement.Escrow{Id: "261123-000012-000001", Payer: 12, Amount: math.NewInt(120_000)}},
		"/shugu.settlement.v1.Query/Withdrawal": &settlement.QueryWithdrawalResponse{Withdrawal: settlement.Withdrawal{Id: "000012-000001", Member: 12, Bank: 3, Amount: math.NewInt(5_000)}},
		"/shugu.product.v1.Query/Scenario":      &product.QueryScenarioResponse{Scenario: product.Scenario{Id: "S000012-000001", Owner: 12, Title: "物流", Status: product.SCENARIO_STATUS_APPROVED}},
	}
	ask := asker(t, answers)
	for args, want := range map[string]string{
		"settlement escrow 261123-000012-000001": "paid in by 付款方: 000012 「云帆数据」", "settlement withdrawal 000012-000001": "waits for the bank 待银行处理", "product scenario S000012-000001": "status 状态: approved 已通过",
		"panel resolutions": "open 表决中           「提高门槛」\n",
		"compliance params": "clear opinions that a review needs 所需通过意见: 2\n", "panel resolution 7": "1. Change parameters of compliance reviews: clear opinions that a review needs: 2 → 3. All others stay as they are today.",
	} {
		require.Contains(t, ask(strings.Fields(args)...), want)
		require.True(t, json.Valid([]byte(ask(append(strings.Fields(args), "-o", "json")...))), args)
	}
	open.Status = panel.RESOLUTION_STATUS_EXECUTED
	answers["/shugu.panel.v1.Query/Resolution"] = &panel.QueryResolutionResponse{Resolution: open}
	require.Contains(t, ask("panel", "resolution", "7"), "Set the parameters of compliance reviews: clear opinions that a review needs: 3; committee of one review at most: 32")
}
