package traffic

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	product "github.com/shugu-network/shugu/x/product/types"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// contract is what is known of a contract that was quoted.
type contract struct {
	id, seller, buyer string
	deal              trade.Deal
	voucher           string
	// busy: a transaction of the block in the making is about it.
	busy bool
}

// kept is how many settled contracts are remembered, to be presented and reversed.
const kept = 200

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// draft makes a deal over something on the shelf; nil when there is nothing.
func (t *Traffic) draft() *contract {
	var shelf []*goods
	for _, g := range t.goods {
		if g.listed > 0 {
			shelf = append(shelf, g)
		}
	}
	if len(shelf) == 0 {
		return nil
	}
	g := oneOf(t, shelf)
	buyers := slices.DeleteFunc(slices.Clone(t.merchants), func(m string) bool { return m == g.seller })
	content := g.versions[g.listed-1]
	c := &contract{seller: g.seller, buyer: oneOf(t, buyers)}
	c.deal = trade.Deal{
		Seller: t.members[c.seller], Buyer: t.members[c.buyer], Product: g.id, ProductVersion: uint32(g.listed),
		DeliveryMode: product.DELIVERY_MODE_FILE, Split: content.Split,
		FundWithin: t.within(), DeliverWithin: t.within(), AcceptWithin: t.within(),
		TermsRoot: digest("terms"), OrderReference: fmt.Sprintf("HT-%d", t.rand.Intn(1_000)), Total: math.ZeroInt(),
	}
	amounts := []math.Int{content.Terms.Price}
	if content.Terms.Pricing == product.PRICING_METHOD_NEGOTIATED {
		amounts = nil
		for range 1 + t.rand.Intn(3) {
			amounts = append(amounts, math.NewInt(1+t.rand.Int63n(60_000)))
		}
	}
	for i, amount := range amounts {
		c.deal.Lines = append(c.deal.Lines, voucher.Line{What: fmt.Sprintf("line %d", i), Units: 1, Amount: amount})
		c.deal.Total = c.deal.Total.Add(amount)
	}
	return c
}

// within is one of a deal's times, so that some pass soon.
func (t *Traffic) within() int64 { return oneOf(t, []int64{10, 60, 600, 3_600, 6 * 3_600}) }

func (t *Traffic) quoteMsg(c *contract) *trade.MsgQuote {
	return &trade.MsgQuote{Signer: t.here.Address(c.seller), Deal: c.deal, ValidUntil: t.now().Unix() + t.within()}
}

func (t *Traffic) quote() {
	if c := t.draft(); c != nil {
		t.offer("quote", c)
	}
}

// offer adds a contract's quote to the block, and foresees its id, which is wrong when
// a quote of the seller's before it in the block fails.
func (t *Traffic) offer(operation string, c *contract) {
	day := t.now().In(time.FixedZone("UTC+8", 8*3_600)).Format("060102") + fmt.Sprintf("-%06d", t.members[c.seller])
	t.planned[day]++
	c.id = fmt.Sprintf("%s-%06d", day, t.quoted[day]+t.planned[day])
	t.send(operation, c.seller, func(res *abci.ExecTxResult) {
		var quoted trade.MsgQuoteResponse
		t.decode(res, &quoted)
		c.id = quoted.Id
		t.quoted[day]++
		t.contracts = append(t.contracts, c)
	}, t.quoteMsg(c))
}

// wholeTrade is a trade from quote to voucher within a block.
func (t *Traffic) wholeTrade() {
	c := t.draft()
	if c == nil {
		return
	}
	t.offer("whole trade: quote", c)
	for _, name := range []string{"agree", "fund", "deliver", "accept"} {
		party, msg := t.step(c, name)
		t.send("whole trade: "+name, party, nil, msg)
	}
}

// step is the message that takes a contract on, by its right party.
func (t *Traffic) step(c *contract, name string) (string, sdk.Msg) {
	content := digest("content of " + c.deal.OrderReference)
	switch name {
	case "agree":
		return c.buyer, &trade.MsgAgree{Signer: t.here.Address(c.buyer), Contract: c.id, Deal: c.deal}
	case "fund":
		return c.buyer, &trade.MsgFund{Signer: t.here.Address(c.buyer), Contract: c.id, Amount: c.deal.Total}
	case "deliver":
		return c.seller, &trade.MsgDeliver{Signer: t.here.Address(c.seller), Contract: c.id, SealedDigest: digest("sealed"), ContentDigest: content}
	case "accept":
		return c.buyer, &trade.MsgAccept{Signer: t.here.Address(c.buyer), Contract: c.id, ContentDigest: content}
	default:
		return c.seller, &trade.MsgCancel{Signer: t.here.Address(c.seller), Contract: c.id, Reason: "not wanted any more"}
	}
}

// someContract draws a contract that no other transaction of the block is about.
func (t *Traffic) someContract() *contract {
	free := slices.DeleteFunc(slices.Clone(t.contracts), func(c *contract) bool { return c.busy })
	if len(free) == 0 {
		return nil
	}
	c := oneOf(t, free)
	c.busy = true
	return c
}

// progress does what the contract's parties would do next, sometimes several steps of it.
func (t *Traffic) progress() {
	c := t.someContract()
	if c == nil {
		return
	}
	state, err := t.here.Shugu.Trade.Contract(t.here.Query(), c.id)
	if err != nil {
		return // a quote that lapsed
	}
	steps := map[trade.Status][]string{
		trade.STATUS_QUOTED: {"agree", "fund", "deliver", "accept"}, trade.STATUS_AGREED: {"fund", "deliver", "accept"},
		trade.STATUS_FUNDED: {"deliver", "accept"}, trade.STATUS_DELIVERED: {"accept"},
	}[state.Status]
	for i, name := range steps {
		if i > 0 && t.chance(60) {
			return
		}
		party, msg := t.step(c, name)
		t.send(name, party, nil, msg)
	}
}

// cancel by either party, whether it may or not.
func (t *Traffic) cancel() {
	if c := t.someContract(); c != nil {
		by := oneOf(t, []string{c.seller, c.buyer})
		t.send("cancel", by, nil, &trade.MsgCancel{Signer: t.here.Address(by), Contract: c.id, Reason: "not wanted any more"})
	}
}

// meddle takes a step of a contract at the wrong time, as the wrong party, or changed.
func (t *Traffic) meddle() {
	c := t.someContract()
	if c == nil {
		return
	}
	changed := *c
	switch t.rand.Intn(4) {
	case 0:
		changed.buyer, changed.seller = c.seller, c.buyer
	case 1:
		changed.deal.Total = c.deal.Total.AddRaw(1 - 2*t.rand.Int63n(2))
	case 2:
		changed.deal.OrderReference += "X"
	}
	party, msg := t.step(&changed, oneOf(t, []string{"agree", "fund", "deliver", "accept"}))
	t.send("meddle", party, nil, msg)
}

// present presents a voucher to the other chain, by one of its parties or by nobody of them.
func (t *Traffic) present() {
	if len(t.settled) == 0 {
		return
	}
	c := oneOf(t, t.settled)
	by := oneOf(t, []string{c.seller, c.buyer, "exchange", t.merchant()})
	t.send("present", by, nil, &recognition.MsgPresent{Signer: t.here.Address(by), Voucher: c.voucher, ChainId: t.there.ChainID})
}

// tidy forgets contracts that are over, and remembers what was settled.
func (t *Traffic) tidy() {
	ctx := t.here.Query()
	t.tidyReversals(ctx)
	t.contracts = slices.DeleteFunc(t.contracts, func(c *contract) bool {
		c.busy = false
		state, err := t.here.Shugu.Trade.Contract(ctx, c.id)
		if err == nil && state.Status == trade.STATUS_SETTLED {
			c.voucher = state.Voucher
			t.settled = append(t.settled, c)
		}
		return err != nil || !state.Status.Open()
	})
	if len(t.settled) > kept {
		t.settled = t.settled[len(t.settled)-kept:]
	}
	for _, g := range t.goods {
		g.busy = false
	}
}
