package cmd

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// answeringNode is a fake node that answers queries by their path; asked gets the last
// request of each.
func answeringNode(t *testing.T, answers map[string]proto.Message, asked map[string][]byte) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		var q struct {
			ID     json.RawMessage `json:"id"`
			Params struct {
				Path string `json:"path"`
				Data string `json:"data"`
			} `json:"params"`
		}
		if err := json.Unmarshal(raw, &q); err != nil {
			t.Error(err)
		}
		if asked[q.Params.Path], err = hex.DecodeString(q.Params.Data); err != nil {
			t.Error(err)
		}
		answer, ok := answers[q.Params.Path]
		if !ok {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"response":{"code":22,"codespace":"sdk","log":"no %s here"}}}`, q.ID, q.Params.Path)
			return
		}
		value, err := proto.Marshal(answer)
		if err != nil {
			t.Error(err)
		}
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"response":{"value":%q,"height":"7"}}}`, q.ID, base64.StdEncoding.EncodeToString(value))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func toldContract() trade.Contract {
	digest := bytes.Repeat([]byte{0xFB}, 32)
	return trade.Contract{
		Id: "261123-000012-000001", Status: trade.STATUS_FUNDED, Deadline: 1767225600, Height: 40, Exchange: 2, Industry: "science", ProductDigest: digest,
		Deal: trade.Deal{
			Seller: 12, Buyer: 13, Product: "000012-000001", ProductVersion: 1, Total: math.NewInt(120_000), DeliveryMode: product.DELIVERY_MODE_FILE,
			Lines: []voucher.Line{{What: "数据", Units: 1, Amount: math.NewInt(120_000)}}, TermsRoot: digest, FundWithin: 86_400, DeliverWithin: 86_400, AcceptWithin: 86_400,
			Split: product.Split{Shares: []product.Share{{Member: 12, BasisPoints: 10_000}}, RemainderOwner: 12}, OrderReference: "PO-1",
		},
	}
}

// toldAnswers are what a fake node says, and the queries that ask for it.
func toldAnswers() (map[string]proto.Message, [][]string) {
	member := consortium.Member{Number: 12, Owner: "shugu1x", Name: "云帆数据", CreditCode: "91330108MA2CYUNF16", Region: "3301", Roles: []consortium.Role{consortium.ROLE_MERCHANT}, Status: consortium.MEMBER_STATUS_ACTIVE}
	debt := settlement.Debt{Id: "330126112300001200000221-000012", Debtor: 12, Creditor: 13, Amount: math.NewInt(500), Paid: math.NewInt(120), RedNumber: voucher.Number("3301", "261123", 12, 2), Settlement: "261123-000012-000001", Height: 50}
	unpaid, digest := debt, bytes.Repeat([]byte{0xFB}, 32)
	unpaid.Paid = math.ZeroInt()
	answers := map[string]proto.Message{
		"/shugu.trade.v1.Query/Contract":  &trade.QueryContractResponse{Contract: toldContract()},
		"/shugu.trade.v1.Query/Contracts": &trade.QueryContractsResponse{Contracts: []trade.Contract{toldContract()}, Pagination: &query.PageResponse{NextKey: []byte{0xFB, 0xFF}}},
		"/shugu.settlement.v1.Query/Record": &settlement.QueryRecordResponse{Record: settlement.Record{
			Id: "261123-000012-000001", ChainId: "shugu-hangzhou-1", Seller: 12, Buyer: 13, Amount: math.NewInt(120_000), SettledAt: 1767225600, Voucher: debt.RedNumber,
			Payouts: []settlement.Payout{{Member: 12, Amount: math.NewInt(120_000)}},
		}},
		"/shugu.settlement.v1.Query/Debt":  &settlement.QueryDebtResponse{Debt: debt},
		"/shugu.settlement.v1.Query/Debts": &settlement.QueryDebtsResponse{Debts: []settlement.Debt{unpaid}},
		"/shugu.product.v1.Query/Product":  &product.QueryProductResponse{Product: product.Product{Id: "000012-000001", Owner: 12, Exchange: 2, Scenario: "S000012-000001", Status: product.PRODUCT_STATUS_LISTED, Version: 1}},
		"/shugu.product.v1.Query/Version": &product.QueryVersionResponse{Version: product.Version{
			Product: "000012-000001", Version: 1, Title: "城市天气", Source: "气象站", Industry: "science", RegisteredHeight: 21, Size_: 1_234_567, ManifestDigest: digest, Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(120_000), DeliveryMode: product.DELIVERY_MODE_FILE},
		}},
		"/shugu.consortium.v1.Query/Member":  &consortium.QueryMemberResponse{Member: member},
		"/shugu.consortium.v1.Query/Members": &consortium.QueryMembersResponse{Members: []consortium.Member{member}},
		"/shugu.compliance.v1.Query/Review": &compliance.QueryReviewResponse{Review: compliance.Review{
			Product: "000012-000001", Version: 1, Round: 1, Quorum: 2, Requester: 12, SubjectDigest: digest, Committee: []uint32{7}, Status: compliance.REVIEW_STATUS_PENDING,
			Opinions: []compliance.Opinion{{Member: 7, Verdict: compliance.VERDICT_CLEAR, Height: 3}},
		}},
	}
	return answers, [][]string{
		{"trade", "contract", "261123-000012-000001"}, {"trade", "contracts", "--seller", "12"}, {"settlement", "record", "261123-000012-000001"}, {"settlement", "debt", debt.Id},
		{"settlement", "debts", "--debtor", "12"}, {"product", "product", "000012-000001"}, {"product", "version", "000012-000001", "1"}, {"consortium", "member", "12"},
		{"consortium", "members", "--role", "merchant"}, {"compliance", "review", "000012-000001", "1"},
	}
}

// What merchants and courts look at most is told in words, in both languages, and with
// -o json as generated.
func TestQueriesSpeak(t *testing.T) {
	answers, queries := toldAnswers()
	asked := map[string][]byte{}
	node := answeringNode(t, answers, asked)
	run := func(args ...string) string {
		root := NewRootCmd()
		var out, errs bytes.Buffer
		root.SetOut(&out)
		root.SetErr(&errs)
		root.SetArgs(append(append([]string{"query"}, args...), "--home", t.TempDir(), "--node", node))
		require.Zero(t, Run(t.Context(), root), errs.String())
		return out.String()
	}
	var all bytes.Buffer
	for _, args := range queries {
		text := run(args...)
		require.NotRegexp(t, `(?m)STATUS_|[A-Za-z0-9+/]{42}[A-Za-z0-9+/=]=$`, text, "%v", args)
		fmt.Fprintf(&all, "$ shugud query %s\n%s", strings.Join(args, " "), text)
	}
	golden(t, "testdata/queries.txt", all.Bytes())

	var contract struct {
		Contract struct {
			Status    string `json:"status"`
			Deadline  string `json:"deadline"`
			Digest    []byte `json:"product_digest"`
			TermsRoot any    `json:"terms_root"`
		} `json:"contract"`
	}
	require.NoError(t, json.Unmarshal([]byte(run("trade", "contract", "261123-000012-000001", "-o", "json")), &contract))
	require.Equal(t, "STATUS_FUNDED", contract.Contract.Status)
	require.Equal(t, "1767225600", contract.Contract.Deadline)
	require.Len(t, contract.Contract.Digest, 32)

	require.Contains(t, run("trade", "contracts", "--seller", "12", "--page-limit", "1", "--page-key", "fbff"), "还有更多")
	var sent trade.QueryContractsRequest
	require.NoError(t, proto.Unmarshal(asked["/shugu.trade.v1.Query/Contracts"], &sent))
	require.EqualValues(t, 12, sent.Seller)
	require.Equal(t, &query.PageRequest{Limit: 1, Key: []byte{0xFB, 0xFF}}, sent.Pagination)
	answers["/shugu.trade.v1.Query/Contracts"] = &trade.QueryContractsResponse{}
	require.Equal(t, "none 无\n", run("trade", "contracts"))
}

// A query that the node refuses is told without its wrapping.
func TestSpokenQueryThatFails(t *testing.T) {
	node := answeringNode(t, nil, map[string][]byte{})
	root := NewRootCmd()
	var out, errs bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&errs)
	root.SetArgs([]string{"query", "trade", "contract", "261123-000012-000001", "--home", t.TempDir(), "--node", node})
	require.Equal(t, 1, Run(t.Context(), root))
	require.Empty(t, out.String())
	require.Contains(t, errs.String(), "shugud: no /shugu.trade.v1.Query/Contract here")
}

// golden compares with a file, which UPDATE_GOLDEN writes anew.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}
