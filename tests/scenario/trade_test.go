package scenario_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	product "github.com/shugu-network/shugu/x/product/types"
	trade "github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// contract is a contract that a story calls by name.
type contract struct {
	on    *side
	name  string
	id    string
	goods *goods
	buyer string
	deal  trade.Deal
}

func (w *world) contract(a *args) *contract { return w.named(a, a.text("contract")) }

func (w *world) named(a *args, name string) *contract {
	c := w.contracts[name]
	if c == nil {
		a.fail("the story knows no contract %s", name)
	}
	return c
}

// state reads the contract; false when it was forgotten, as a quote that lapsed is.
func (c *contract) state() (trade.Contract, bool) {
	got, err := c.on.Shugu.Trade.Contract(c.on.Query(), c.id)
	return got, err == nil
}

func plain(status trade.Status) string {
	return strings.ToLower(strings.TrimPrefix(status.String(), "STATUS_"))
}

func (w *world) status(name string) string {
	got, known := w.contracts[name].state()
	if !known {
		return "forgotten"
	}
	return plain(got.Status)
}

func (w *world) statuses() map[string]string {
	all := map[string]string{}
	for name := range w.contracts {
		all[name] = w.status(name)
	}
	return all
}

// standing is where a contract stands, in words.
func (w *world) standing(name string) string {
	got, known := w.contracts[name].state()
	if !known {
		return "it is forgotten, as every quote that nobody agreed to."
	}
	switch says := plain(got.Status); {
	case got.Status.Open():
		return fmt.Sprintf("%s, until %s.", says, unix(got.Deadline))
	case got.Status == trade.STATUS_SETTLED && got.BySilence:
		return fmt.Sprintf("%s by silence, voucher %s.", says, voucher.FormatNumber(got.Voucher))
	case got.Status == trade.STATUS_SETTLED:
		return fmt.Sprintf("%s, voucher %s.", says, voucher.FormatNumber(got.Voucher))
	default:
		return says + "."
	}
}

// step has a party send a message that moves a contract.
func (w *world) step(a *args, c *contract, party string, msg func(signer string) sdk.Msg) string {
	by := a.or("by", party)
	if no := c.on.send(by, nil, msg(c.on.Address(by))); no != "" {
		return no
	}
	return fmt.Sprintf("Contract %s is %s", c.name, w.standing(c.name))
}

// quote offers a listed product: price= when it is negotiated, lines=(what:amount, …).
func (w *world) quote(a *args) string {
	g := w.product(a)
	c := &contract{on: g.on, name: a.text("contract"), goods: g, buyer: a.text("buyer")}
	version := a.number("version", len(g.versions))
	content := g.versions[version-1]
	c.deal = trade.Deal{
		Seller: g.on.number(g.seller), Buyer: g.on.number(c.buyer), Product: g.id, ProductVersion: uint32(version),
		DeliveryMode: product.DELIVERY_MODE_FILE, Split: content.Split,
		FundWithin: a.span("fund_within", "3d"), DeliverWithin: a.span("deliver_within", "5d"), AcceptWithin: a.span("accept_within", "7d"),
		TermsRoot: digest("terms of " + c.name), OrderReference: a.or("order", "HT-"+c.name),
	}
	total := content.Terms.Price
	if a.has("price") {
		total = a.money("price")
	}
	setLines(a, &c.deal, fmt.Sprintf("%s v%d", content.Title, version), total)
	by := a.or("by", g.seller)
	var quoted trade.MsgQuoteResponse
	valid := w.net.CurrentTime.Unix() + a.span("valid", "7d")
	if no := g.on.send(by, &quoted, &trade.MsgQuote{Signer: g.on.Address(by), Deal: c.deal, ValidUntil: valid}); no != "" {
		return no
	}
	c.id, w.contracts[c.name] = quoted.Id, c
	return fmt.Sprintf("%s offers %s to %s for %s.\nContract %s (%s) is %s",
		g.on.called(g.seller), content.Title, g.on.called(c.buyer), cny(c.deal.Total), c.name, c.id, w.standing(c.name))
}

func setLines(a *args, d *trade.Deal, what string, total math.Int) {
	d.Lines, d.Total = []voucher.Line{{What: what, Units: 1, Amount: total}}, total
	if lines := a.list("lines"); lines != nil {
		d.Lines, d.Total = nil, math.ZeroInt()
		for _, line := range lines {
			what, amount, _ := strings.Cut(line, ":")
			fen := a.fen("lines", amount)
			d.Lines, d.Total = append(d.Lines, voucher.Line{What: what, Units: 1, Amount: fen}), d.Total.Add(fen)
		}
	}
}

// agree restates the deal; price=, order= and accept_within= change it.
func (w *world) agree(a *args) string {
	c := w.contract(a)
	restated := c.deal
	if a.has("price") {
		setLines(a, &restated, c.deal.Lines[0].What, a.money("price"))
	}
	restated.OrderReference = a.or("order", restated.OrderReference)
	if a.has("accept_within") {
		restated.AcceptWithin = a.span("accept_within", "")
	}
	return w.step(a, c, c.buyer, func(signer string) sdk.Msg { return &trade.MsgAgree{Signer: signer, Contract: c.id, Deal: restated} })
}

func (w *world) fund(a *args) string {
	c := w.contract(a)
	amount := c.deal.Total
	if a.has("amount") {
		amount = a.money("amount")
	}
	return w.step(a, c, c.buyer, func(signer string) sdk.Msg { return &trade.MsgFund{Signer: signer, Contract: c.id, Amount: amount} })
}

func (w *world) deliver(a *args) string {
	c, file := w.contract(a), a.or("file", "rules")
	return w.step(a, c, c.goods.seller, func(signer string) sdk.Msg {
		return &trade.MsgDeliver{Signer: signer, Contract: c.id, SealedDigest: digest("sealed " + file), ContentDigest: digest(file)}
	})
}

func (w *world) accept(a *args) string {
	c, file := w.contract(a), a.or("file", "rules")
	return w.step(a, c, c.buyer, func(signer string) sdk.Msg {
		return &trade.MsgAccept{Signer: signer, Contract: c.id, ContentDigest: digest(file)}
	})
}

func (w *world) cancel(a *args) string {
	c := w.contract(a)
	return w.step(a, c, a.text("by"), func(signer string) sdk.Msg {
		return &trade.MsgCancel{Signer: signer, Contract: c.id, Reason: a.or("reason", "not wanted any more")}
	})
}

// number of the voucher of a settled contract.
func (w *world) voucher(a *args, c *contract) string {
	got, known := c.state()
	if !known || got.Voucher == "" {
		a.fail("contract %s has no voucher", c.name)
	}
	return got.Voucher
}

// reverse takes back part of a line (from 1) of a contract's voucher. The call is the
// keeper's own, between two blocks: no message asks for it.
func (w *world) reverse(a *args) string {
	c := w.contract(a)
	amount, line := a.money("amount"), a.number("line", 1)
	red, err := c.on.Shugu.Voucher.Reverse(c.on.GetContext(), voucher.Reversal{
		Number: w.voucher(a, c), ReasonDigest: digest(a.or("reason", "the data were incomplete")),
		Lines: []voucher.ReversedLine{{Line: uint32(line - 1), Amount: amount}},
	})
	w.net.CommitBlock(c.on.TestChain)
	if err != nil {
		return refusal(err)
	}
	got, err := c.on.Shugu.Voucher.Voucher(c.on.Query(), red.Number)
	require.NoError(a.t, err)
	return fmt.Sprintf("Red voucher %s takes back %s of %s.", voucher.FormatNumber(got.Number), cny(got.Total), voucher.FormatNumber(got.Reverses))
}
