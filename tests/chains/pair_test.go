package chains_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/chains"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const (
	// price of every product, and what seller and exchange get of it, in fen.
	price, sellersShare, exchangesShare = 120_000, 116_400, 3_600
	// within is what a deal gives to fund, to deliver and to accept, and how long a quote stands.
	within = 3_600 * time.Second
)

// pair is a seller with a listed product, and its buyer.
type pair struct {
	seller, buyer, product string
	// order is the reference of their next deal, HT-1 when empty.
	order string
}

// newPair brings a product of the seller's to the shelf.
func newPair(c *chains.Chain, seller, buyer string) pair {
	signer := c.Address(seller)
	var scenario product.MsgSubmitScenarioResponse
	c.MustSend(seller, &scenario, &product.MsgSubmitScenario{Signer: signer, Exchange: chains.Number("exchange"), Title: "调度", Description: "scheduling"})
	c.MustSend("exchange", nil, &product.MsgDecideScenario{Signer: c.Address("exchange"), Scenario: scenario.Id, Approve: true})
	p := pair{seller: seller, buyer: buyer}
	var registered product.MsgRegisterResponse
	c.MustSend(seller, &registered, &product.MsgRegister{Signer: signer, Scenario: scenario.Id, Content: product.Content{
		Title: "时区规则", ManifestDigest: digest("manifest"), Size_: 400_000, Source: "IANA", Industry: "science",
		Terms: product.Terms{Pricing: product.PRICING_METHOD_FIXED, Price: math.NewInt(price), DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "internal use"},
		Split: p.split(), Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: "滨江"}},
	}})
	p.product = registered.Product
	c.MustSend(seller, nil, &compliance.MsgRequest{Signer: signer, Product: p.product, Version: 1, SubjectDigest: digest("manifest")})
	for _, member := range []string{"committee-1", "committee-2"} {
		c.MustSend(member, nil, &compliance.MsgOpine{Signer: c.Address(member), Product: p.product, Version: 1, Round: 1, Verdict: compliance.VERDICT_CLEAR})
	}
	c.MustSend(seller, nil, &product.MsgList{Signer: signer, Product: p.product, Version: 1})
	return p
}

func (p pair) split() product.Split {
	return product.Split{
		RemainderOwner: chains.Number(p.seller),
		Shares: []product.Share{
			{Member: chains.Number(p.seller), BasisPoints: 9_700},
			{Member: chains.Number("exchange"), BasisPoints: 300},
		},
	}
}

func (p pair) deal() trade.Deal {
	order := p.order
	if order == "" {
		order = "HT-1"
	}
	seconds := int64(within / time.Second)
	return trade.Deal{
		Seller: chains.Number(p.seller), Buyer: chains.Number(p.buyer), Product: p.product, ProductVersion: 1,
		Lines: []voucher.Line{{What: "时区规则 v1", Units: 1, Amount: math.NewInt(price)}}, Total: math.NewInt(price),
		DeliveryMode: product.DELIVERY_MODE_FILE, Split: p.split(),
		FundWithin: seconds, DeliverWithin: seconds, AcceptWithin: seconds,
		TermsRoot: digest("terms"), OrderReference: order,
	}
}

func (p pair) quote(c *chains.Chain) *trade.MsgQuote {
	return &trade.MsgQuote{Signer: c.Address(p.seller), Deal: p.deal(), ValidUntil: c.Coordinator.CurrentTime.Add(within).Unix()}
}

// agree restates what was quoted, if that is there already.
func (p pair) agree(c *chains.Chain, contract string) *trade.MsgAgree {
	deal := p.deal()
	if quoted, err := c.Shugu.Trade.Contract(c.Query(), contract); err == nil {
		deal = quoted.Deal
	}
	return &trade.MsgAgree{Signer: c.Address(p.buyer), Contract: contract, Deal: deal}
}

func (p pair) fund(c *chains.Chain, contract string) *trade.MsgFund {
	return &trade.MsgFund{Signer: c.Address(p.buyer), Contract: contract, Amount: math.NewInt(price)}
}

func (p pair) deliver(c *chains.Chain, contract string) *trade.MsgDeliver {
	return &trade.MsgDeliver{Signer: c.Address(p.seller), Contract: contract, SealedDigest: digest("sealed"), ContentDigest: digest("content")}
}

func (p pair) accept(c *chains.Chain, contract string) *trade.MsgAccept {
	return &trade.MsgAccept{Signer: c.Address(p.buyer), Contract: contract, ContentDigest: digest("content")}
}

// cancel by the seller.
func (p pair) cancel(c *chains.Chain, contract string) *trade.MsgCancel {
	return &trade.MsgCancel{Signer: c.Address(p.seller), Contract: contract, Reason: "not wanted any more"}
}

// ways lead to each status, by what happens after the quote.
var ways = map[trade.Status][]string{
	trade.STATUS_QUOTED:    {},
	trade.STATUS_AGREED:    {"agree"},
	trade.STATUS_FUNDED:    {"agree", "fund"},
	trade.STATUS_DELIVERED: {"agree", "fund", "deliver"},
	trade.STATUS_SETTLED:   {"agree", "fund", "deliver", "accept"},
	trade.STATUS_CANCELLED: {"agree", "cancel"},
	trade.STATUS_REFUNDED:  {"agree", "fund", "cancel"},
}

// step is a party's message that moves a contract.
func (p pair) step(c *chains.Chain, name, contract string) (party string, msg sdk.Msg) {
	switch name {
	case "agree":
		return p.buyer, p.agree(c, contract)
	case "fund":
		return p.buyer, p.fund(c, contract)
	case "deliver":
		return p.seller, p.deliver(c, contract)
	case "accept":
		return p.buyer, p.accept(c, contract)
	default:
		return p.seller, p.cancel(c, contract)
	}
}

// reach brings a new contract to a status, one block a step. It tells a trade of its own,
// unless the pair has an order.
func (p pair) reach(c *chains.Chain, status trade.Status) trade.Contract {
	if p.order == "" {
		p.order = fmt.Sprintf("HT-%d", c.ProposedHeader.Height)
	}
	var quoted trade.MsgQuoteResponse
	c.MustSend(p.seller, &quoted, p.quote(c))
	for _, name := range ways[status] {
		party, msg := p.step(c, name, quoted.Id)
		c.MustSend(party, nil, msg)
	}
	reached := contract(c, quoted.Id)
	require.Equal(c.TB, status, reached.Status)
	return reached
}

// contract reads a contract that is there.
func contract(c *chains.Chain, id string) trade.Contract {
	c.TB.Helper()
	got, err := c.Shugu.Trade.Contract(c.Query(), id)
	require.NoError(c.TB, err)
	return got
}

// contractID of a seller's nth quote of the day.
func contractID(day time.Time, seller string, nth int) string {
	return fmt.Sprintf("%s-%06d-%06d", day.In(time.FixedZone("UTC+8", 8*3600)).Format("060102"), chains.Number(seller), nth)
}

// Every status is reached by some way: what tests of all statuses rest on.
func TestWaysLeadToEveryStatus(t *testing.T) {
	var reached []int32
	for status := range ways {
		reached = append(reached, int32(status))
	}
	slices.Sort(reached)
	var all []int32
	for number := range trade.Status_name {
		if number != int32(trade.STATUS_UNSPECIFIED) {
			all = append(all, number)
		}
	}
	slices.Sort(all)
	require.Equal(t, all, reached)
}
