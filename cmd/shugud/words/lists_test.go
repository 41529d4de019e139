package words_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/cmd/shugud/words"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	panel "github.com/shugu-network/shugu/x/panel/types"
	product "github.com/shugu-network/shugu/x/product/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// What people read of lists of what is offered and reviewed, as a golden file.
func TestCatalogueInWords(t *testing.T) {
	var out bytes.Buffer
	scenario := product.Scenario{Id: "S000012-000001", Owner: 12, Exchange: 2, Title: "物流时效", Description: "分析运输, approved", DocumentDigest: sum(1), Status: product.SCENARIO_STATUS_SUBMITTED}
	returned := scenario
	returned.Status, returned.Reasons = product.SCENARIO_STATUS_RETURNED, "说明不足"
	words.Scenario(&out, returned, names)
	words.Scenarios(&out, []product.Scenario{scenario, returned}, names)
	fixed := product.Version{
		Product: "000012-000001", Version: 2, Title: "城市天气", Industry: "weather", Size_: 1_234_567, RegisteredHeight: 21,
		Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(120_000)}, Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: "杭州」, owner 000099"}},
	}
	open := product.Version{Product: "000012-000002", Version: 1, Title: "道路", Industry: "transport", Size_: 12, RegisteredHeight: 22, Terms: product.Terms{Price: math.ZeroInt()}}
	words.Catalogue(&out, []product.CatalogueEntry{
		{Product: product.Product{Id: "000012-000001", Owner: 12, Exchange: 2, Status: product.PRODUCT_STATUS_LISTED}, Version: fixed},
		{Product: product.Product{Id: "000012-000002", Owner: 12, Exchange: 2, Status: product.PRODUCT_STATUS_REGISTERED}, Version: open},
	}, names)
	words.Versions(&out, []product.Version{fixed, open})
	pending := compliance.Review{
		Product: "000012-000001", Version: 1, Round: 2, Requester: 12, Quorum: 2, Committee: []uint32{7, 12}, Status: compliance.REVIEW_STATUS_PENDING, RequestedHeight: 22,
		Opinions: []compliance.Opinion{{Member: 7, Verdict: compliance.VERDICT_CLEAR}},
	}
	decided := pending
	decided.Status = compliance.REVIEW_STATUS_CLEARED
	words.Reviews(&out, []compliance.Review{pending, decided}, names)
	golden(t, "testdata/catalogue.txt", out.Bytes())
}

// What people read of money on its way, as a golden file.
func TestMoneyInWords(t *testing.T) {
	var out bytes.Buffer
	words.Escrow(&out, settlement.Escrow{Id: "261123-000012-000001", Payer: 12, Amount: math.NewInt(120_000)}, names)
	words.Ledgers(&out, []settlement.BankLedger{{Bank: 3, Outstanding: math.NewInt(100)}, {Bank: 12, Outstanding: math.ZeroInt()}}, names)
	words.Deposit(&out, settlement.Deposit{Bank: 3, Reference: "D-1", Member: 12, Amount: math.NewInt(500_000), Height: 7}, names)
	withdrawal := settlement.Withdrawal{Id: "000012-000001", Member: 12, Bank: 3, Amount: math.NewInt(5_000), Reference: "尾款", RequestedHeight: 9}
	plain := withdrawal
	plain.Reference = ""
	words.Withdrawals(&out, []settlement.Withdrawal{withdrawal, plain}, names)
	words.UnpaidPayments(&out, []settlement.Unpaid{{Member: 12, Amount: math.NewInt(7), Error: "settlement/9: preserved", Since: 30, Attempts: 3, Due: 38}}, names)
	words.ClawBack(&out, settlement.ClawBack{Settlement: "261123-000012-000001", Reversed: math.NewInt(5_000), Parts: []settlement.GivenBack{
		{Member: 12, Paid: math.NewInt(4_000), Owed: math.NewInt(500)}, {Member: 2, Paid: math.NewInt(500), Owed: math.ZeroInt()},
	}}, names)
	golden(t, "testdata/money.txt", out.Bytes())
}

// What people read of lists of vouchers, requests and failures, as a golden file.
func TestVoucherListsInWords(t *testing.T) {
	var out bytes.Buffer
	number := voucher.Number("3301", "261123", 12, 1)
	blue := voucher.Voucher{
		Kind: voucher.KIND_BLUE, Number: number, Seller: voucher.Party{Member: 12, Name: "云帆数据, 000099"}, Buyer: voucher.Party{Member: 13, Name: "智联软件"},
		Product: "000012-000001", ProductVersion: 1, Total: math.NewInt(120_000), IssuedAt: 1767225600,
	}
	red := blue
	red.Kind, red.Number, red.Reverses, red.Total = voucher.KIND_RED, voucher.Number("3301", "261123", 12, 2), number, math.NewInt(5_000)
	words.Vouchers(&out, []voucher.Voucher{blue, red})
	words.Requests(&out, []voucher.ReversalRequest{{
		Number: number, Requester: 12, Height: 60, ExpiresAt: 1767225600, Lines: []voucher.ReversedLine{{Line: 0, Amount: math.NewInt(100)}, {Line: 2, Amount: math.NewInt(50)}},
	}}, names)
	words.RequestFailures(&out, []voucher.ExpiryFailure{{Number: number, Codespace: "voucher", Code: 9, Error: "preserved", Attempts: 2, Height: 70, RetryAt: 1767225600}})
	words.ContractFailures(&out, []trade.Failure{{Contract: "261123-000012-000001", Codespace: "voucher", Code: 9, Error: "preserved", Attempts: 2, Height: 70, RetryAt: 1767225600}})
	golden(t, "testdata/vouchers.txt", out.Bytes())
}

// What people read of panels, seats and members, as a golden file.
func TestConsortiumInWords(t *testing.T) {
	var out bytes.Buffer
	two := panel.Threshold{Numerator: 2, Denominator: 3}
	council := panel.Panel{Name: panel.Council, Title: "理事会", ValidatorSeats: true, Threshold: two}
	sandbox := panel.Panel{Name: "sandbox", Title: "沙盒", Members: []uint32{12, 13}, Threshold: panel.Threshold{Numerator: 1, Denominator: 2, OrEqual: true}, Dissolved: true, CreatedHeight: 9}
	words.Panel(&out, panel.QueryPanelResponse{Panel: council, Account: "shugu1x", Seats: []uint32{12, 13}, Needed: 2}, names)
	words.Panel(&out, panel.QueryPanelResponse{Panel: sandbox, Account: "shugu1y"}, names)
	words.Panels(&out, []panel.Panel{council, sandbox, {Name: "committee", Title: "合规", Threshold: two}}, names)
	words.Resolutions(&out, []panel.Resolution{{Id: 7, Panel: panel.Council, Status: panel.RESOLUTION_STATUS_OPEN, Title: "互认  executed"}})
	words.Seats(&out, consortium.QuerySeatsResponse{Power: 10, Seats: []consortium.Seat{
		{Member: 12, Moniker: "hz-1", ConsensusKey: sum(1), Status: consortium.SEAT_STATUS_ACTIVE, Pending: consortium.SEAT_STATUS_SUSPENDED_EQUIVOCATION, PendingSince: 5},
		{Member: 13, Moniker: "nb-1", ConsensusKey: sum(2), Status: consortium.SEAT_STATUS_SUSPENDED_DOWNTIME},
	}}, names)
	words.Sets(&out, []consortium.SetRecord{{Keys: [][]byte{sum(1)}}, {Height: 9, Time: 1767225600, Keys: [][]byte{sum(1), sum(2)}, Anew: true}})
	words.Misbehaviours(&out, []consortium.Evidence{
		{Height: 8, Time: 1767225600, Address: sum(3)[:20], Kind: consortium.EVIDENCE_KIND_DUPLICATE_VOTE, Member: 12, Power: 10, TotalPower: 40, RecordedHeight: 9, Outcome: consortium.EVIDENCE_OUTCOME_SUSPENDED},
		{Height: 8, Time: 1767225600, Address: sum(4)[:20], Kind: consortium.EVIDENCE_KIND_LIGHT_CLIENT_ATTACK, Outcome: consortium.EVIDENCE_OUTCOME_IGNORED},
	}, names)
	words.Quota(&out, consortium.QueryQuotaResponse{WindowStart: 100, NextWindow: 200, GasUsed: 1_000, GasAllowed: 20_000_000, RelayedGasUsed: 5, RelayedGasAllowed: 10})
	words.Quota(&out, consortium.QueryQuotaResponse{NextWindow: 100, GasAllowed: 20_000_000})
	words.Refusals(&out, []consortium.Refusal{
		{Height: 5, CreditCode: "91330108MA2CYUNF16", Applicant: "shugu1x", ApplicationDigest: sum(5), Reason: "材料不全"}, {By: 12, Height: 6, CreditCode: "91330108MA2CYUNF16", Applicant: "shugu1x", ApplicationDigest: sum(6), Reason: "重复"},
	}, names)
	words.Accounts(&out, consortium.QueryAccountsResponse{Owner: "shugu1x", Accounts: []consortium.Account{{Address: "shugu1y", Roles: []consortium.Role{consortium.ROLE_BANK, consortium.ROLE_RELAYER}}}})
	golden(t, "testdata/consortium.txt", out.Bytes())
}

func evidence() recognition.Evidence {
	return recognition.Evidence{ClientId: "07-tendermint-0", ClientHeight: 120, Height: 80, Time: 1767225600}
}

// What people read of recognition's lists, as a golden file.
func TestRecognitionListsInWords(t *testing.T) {
	var out bytes.Buffer
	a := recognition.Agreement{
		ChainId: "shugu-shanghai-1", ClientId: "07-tendermint-0", ChannelId: "channel-0", Kinds: []recognition.RecordKind{recognition.RECORD_KIND_VOUCHER},
		MaxAmount: math.NewInt(100), BeginsAt: 1767225600, EndsAt: 2082758400, Freshness: 86400, Revision: 2,
	}
	ended := a
	ended.Ended, ended.ChannelId = true, ""
	terms, over := a.Terms("x"), a.Terms("x")
	over.Ended = true
	words.Agreement(&out, recognition.QueryAgreementResponse{Agreement: a, Live: true, ClientStatus: "Active", Told: &recognition.ToldTerms{Terms: terms}, Doubt: &recognition.ClientDoubt{}})
	words.Agreement(&out, recognition.QueryAgreementResponse{Agreement: a, ClientStatus: "Expired"})
	words.Agreement(&out, recognition.QueryAgreementResponse{Agreement: ended, ClientStatus: "Frozen", Told: &recognition.ToldTerms{Terms: over}})
	words.Agreements(&out, []recognition.Agreement{a, ended})
	number := voucher.Number("3301", "261123", 12, 1)
	entry := recognition.OutboxEntry{ChainId: a.ChainId, Kind: recognition.RECORD_KIND_STATUS, Id: number, Status: recognition.OUTBOX_STATUS_PENDING, Sequence: 3, ChannelId: "channel-0", StatusVersion: 2, Height: 60}
	refused := recognition.OutboxEntry{ChainId: a.ChainId, Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Status: recognition.OUTBOX_STATUS_REFUSED, Result: recognition.RESULT_CODE_AMOUNT_NOT_COVERED, Height: 61}
	words.Outbox(&out, []recognition.OutboxEntry{entry, refused})
	words.Backoff(&out, &recognition.Backoff{Failures: 3, UntilHeight: 140})
	words.Backoff(&out, nil)
	proved := evidence()
	words.RecognisedRecords(&out, []recognition.Recognised{{ChainId: a.ChainId, Kind: recognition.RECORD_KIND_VOUCHER, Id: number, Evidence: evidence(), StatusEvidence: &proved}})
	words.ForeignStatus(&out, recognition.QueryForeignStatusResponse{
		Status: recognition.ForeignStatus{ChainId: a.ChainId, Number: number, Evidence: evidence()},
		Detail: voucher.StatusDetail{Version: 2, Height: 110, Flags: voucher.FlagPartlyReversed, RedNumber: voucher.Number("3301", "261123", 12, 2), Remaining: []math.Int{math.NewInt(100), math.ZeroInt()}},
	})
	golden(t, "testdata/recognition.txt", out.Bytes())
}

// Every state and kind in these lists has words in both languages.
func TestListsCodesHaveWords(t *testing.T) {
	say := func(tell func(w *bytes.Buffer)) string {
		var out bytes.Buffer
		tell(&out)
		return out.String()
	}
	for code, name := range product.ScenarioStatus_name {
		if code != 0 {
			require.NotContains(t, say(func(w *bytes.Buffer) {
				words.Scenario(w, product.Scenario{Status: product.ScenarioStatus(code)}, names)
			}), name)
		}
	}
	for code, name := range consortium.SeatStatus_name {
		require.Equal(t, code == 0, words.SeatStatus(consortium.SeatStatus(code)) == name)
	}
	for code, name := range consortium.NodePurpose_name {
		require.Equal(t, code == 0, words.Purpose(consortium.NodePurpose(code)) == name)
	}
	for code, name := range consortium.EvidenceKind_name {
		text := say(func(w *bytes.Buffer) {
			words.Misbehaviours(w, []consortium.Evidence{{Kind: consortium.EvidenceKind(code), Outcome: 1}}, names)
		})
		require.Equal(t, code == 0, bytes.Contains([]byte(text), []byte(name)))
	}
	for code, name := range consortium.EvidenceOutcome_name {
		text := say(func(w *bytes.Buffer) {
			words.Misbehaviours(w, []consortium.Evidence{{Kind: 1, Outcome: consortium.EvidenceOutcome(code)}}, names)
		})
		require.Equal(t, code == 0, bytes.Contains([]byte(text), []byte(name)))
	}
}
