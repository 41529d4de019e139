package words_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func sum(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

var split = product.Split{Shares: []product.Share{{Member: 12, BasisPoints: 9_705}, {Member: 2, BasisPoints: 295}}, RemainderOwner: 12}

func contract() trade.Contract {
	return trade.Contract{
		Id: "261123-000012-000001", Status: trade.STATUS_QUOTED, Deadline: 1767225600, Height: 40, Exchange: 2, Industry: "science", ProductDigest: sum(4),
		Deal: trade.Deal{
			Seller: 12, Buyer: 13, Product: "000012-000001", ProductVersion: 1, Total: math.NewInt(123_456_700), DeliveryMode: product.DELIVERY_MODE_FILE,
			Lines: []voucher.Line{{What: "数据", Units: 1_000, Amount: math.NewInt(123_456_700)}}, Split: split,
			FundWithin: 3 * 86_400, DeliverWithin: 36 * 3_600, AcceptWithin: 90, TermsRoot: sum(2), OrderReference: "PO-2026-17",
		},
	}
}

// What people read of contracts and settlements, as a golden file.
func TestTradeInWords(t *testing.T) {
	var out bytes.Buffer
	settled, number := contract(), voucher.Number("3301", "261123", 12, 1)
	settled.Status, settled.Deadline, settled.Voucher, settled.BySilence = trade.STATUS_SETTLED, 0, number, true
	settled.SealedDigest, settled.ContentDigest = sum(5), sum(6)
	words.Contract(&out, contract(), names)
	words.Contract(&out, settled, names)
	words.Contracts(&out, []trade.Contract{contract(), settled}, names)
	words.Record(&out, settlement.Record{
		Id: settled.Id, ChainId: "shugu-hangzhou-1", Seller: 12, Buyer: 13, Amount: math.NewInt(123_456_700), Voucher: number, SettledAt: 1767225600, Height: 44,
		Payouts: []settlement.Payout{{Member: 12, Amount: math.NewInt(119_814_728)}, {Member: 2, Amount: math.NewInt(3_641_972)}},
	}, names)
	red := voucher.Number("3301", "261123", 12, 2)
	words.Debts(&out, []settlement.Debt{
		{Id: red + "-000012", Debtor: 12, Creditor: 13, Amount: math.NewInt(500), Paid: math.NewInt(120), RedNumber: red, Settlement: settled.Id, Height: 50},
		{Id: red + "-000002", Debtor: 2, Creditor: 13, Amount: math.NewInt(500), Paid: math.NewInt(500), RedNumber: red, Settlement: settled.Id, Height: 50},
	}, names)
	golden(t, "testdata/trade.txt", out.Bytes())
}

// What people read of products and their reviews, as a golden file.
func TestProductInWords(t *testing.T) {
	var out bytes.Buffer
	words.Product(&out, product.Product{Id: "000012-000001", Owner: 12, Exchange: 2, Scenario: "S000012-000001", Version: 2, Status: product.PRODUCT_STATUS_LISTED, ListedVersion: 1}, names)
	words.Product(&out, product.Product{
		Id: "000012-000002", Owner: 12, Exchange: 2, Scenario: "S000012-000001", Version: 1, Status: product.PRODUCT_STATUS_DELISTED, DelistedBy: 2, DelistReason: "数据源中断",
	}, names)
	v := product.Version{
		Product: "000012-000001", Version: 1, Title: "城市天气", ManifestDigest: sum(4), Size_: 1_234_567, Source: "气象站", Industry: "science", Split: split, RegisteredHeight: 21,
		Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(123_456_700), DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "内部使用"},
		Zones: []product.Zone{{Kind: product.ZONE_KIND_INDUSTRY, Name: "science"}, {Kind: product.ZONE_KIND_REGION, Name: "杭州"}},
	}
	words.ProductVersion(&out, v, names)
	v.Terms.Pricing, v.Terms.Price = product.PRICING_METHOD_UNSPECIFIED, math.ZeroInt()
	words.ProductVersion(&out, v, names)
	words.Review(&out, compliance.Review{
		Product: "000012-000001", Version: 1, Round: 2, Requester: 12, SubjectDigest: sum(4), Quorum: 2, Committee: []uint32{7, 8, 9},
		Status: compliance.REVIEW_STATUS_CLEARED, RequestedHeight: 22, DecidedHeight: 25, Opinions: []compliance.Opinion{
			{Member: 7, Verdict: compliance.VERDICT_CLEAR, Height: 23},
			{Member: 8, Verdict: compliance.VERDICT_RETURN, Reasons: "来源不明", DocumentDigest: sum(8), Height: 24},
		},
	}, names)
	golden(t, "testdata/product.txt", out.Bytes())
}

// Every state and choice of these records has words in both languages.
func TestRecordsCodesHaveWords(t *testing.T) {
	told := func(tell func(w *bytes.Buffer)) string {
		var out bytes.Buffer
		tell(&out)
		return out.String()
	}
	for code, name := range trade.Status_name {
		if code != 0 {
			require.Regexp(t, `\p{Han}`, words.ContractStatus(trade.Status(code)), name)
		}
	}
	for code, name := range product.DeliveryMode_name {
		if code != 0 {
			c := contract()
			c.Deal.DeliveryMode = product.DeliveryMode(code)
			require.NotContains(t, told(func(w *bytes.Buffer) { words.Contract(w, c, names) }), name)
		}
	}
	for code, name := range product.ProductStatus_name {
		if code != 0 {
			require.NotContains(t, told(func(w *bytes.Buffer) { words.Product(w, product.Product{Status: product.ProductStatus(code)}, names) }), name)
		}
	}
	for code, name := range product.PricingMethod_name {
		v := product.Version{Terms: product.Terms{Pricing: product.PricingMethod(code)}}
		require.NotContains(t, told(func(w *bytes.Buffer) { words.ProductVersion(w, v, names) }), name)
	}
	for code, name := range product.ZoneKind_name {
		if code != 0 {
			v := product.Version{Zones: []product.Zone{{Kind: product.ZoneKind(code)}}}
			require.NotContains(t, told(func(w *bytes.Buffer) { words.ProductVersion(w, v, names) }), name)
		}
	}
	for code, name := range compliance.ReviewStatus_name {
		if code != 0 {
			require.NotContains(t, told(func(w *bytes.Buffer) {
				words.Review(w, compliance.Review{Status: compliance.ReviewStatus(code)}, names)
			}), name)
		}
	}
	for code, name := range compliance.Verdict_name {
		if code != 0 {
			r := compliance.Review{Committee: []uint32{7}, Opinions: []compliance.Opinion{{Member: 7, Verdict: compliance.Verdict(code)}}}
			require.NotContains(t, told(func(w *bytes.Buffer) { words.Review(w, r, names) }), name)
		}
	}
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
