package traffic

import (
	"fmt"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"

	"cosmossdk.io/math"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

// stage is what a product needs next.
type stage int

const (
	toSubmit stage = iota
	toDecide
	toRegister
	toRequest
	toOpine
	toList
	onShelf
)

// goods is a product on its way to the shelf, or there.
type goods struct {
	seller, scenario, id string
	stage                stage
	// versions are what was registered, the first one first.
	versions []product.Content
	round    uint32
	// listed version; 0 for none.
	listed int
	busy   bool
}

// most is how many products there will be.
const most = 12

// committee are the keys of those who give opinions.
var committee = []string{"committee-1", "committee-2", "committee-3"}

// bring does what brings a product nearer to the shelf, or begins with a new one.
func (t *Traffic) bring() {
	waiting := slices.DeleteFunc(slices.Clone(t.goods), func(g *goods) bool { return g.busy || g.stage == onShelf })
	if len(t.goods) < most && (len(waiting) == 0 || t.chance(10)) {
		active := slices.DeleteFunc(slices.Clone(t.merchants), func(m string) bool { return t.suspended[m] })
		g := &goods{seller: oneOf(t, active)}
		t.goods = append(t.goods, g)
		waiting = append(waiting, g)
	}
	if len(waiting) == 0 {
		return
	}
	g := oneOf(t, waiting)
	g.busy = true
	switch g.stage {
	case toSubmit:
		t.submit(g)
	case toDecide:
		t.decide(g)
	case toRegister:
		content := t.content(g)
		t.send("register", g.seller, func(res *abci.ExecTxResult) {
			var registered product.MsgRegisterResponse
			t.decode(res, &registered)
			g.id, g.versions, g.stage = registered.Product, append(g.versions, content), toRequest
		}, &product.MsgRegister{Signer: t.here.Address(g.seller), Scenario: g.scenario, Content: content})
	case toRequest:
		t.request(g)
	case toOpine:
		t.opine(g)
	default:
		version := len(g.versions)
		t.send("list", g.seller, func(*abci.ExecTxResult) { g.listed, g.stage = version, onShelf },
			&product.MsgList{Signer: t.here.Address(g.seller), Product: g.id, Version: uint32(version)})
	}
}

func (t *Traffic) submit(g *goods) {
	t.send("submit a scenario", g.seller, func(res *abci.ExecTxResult) {
		var submitted product.MsgSubmitScenarioResponse
		t.decode(res, &submitted)
		g.scenario, g.stage = submitted.Id, toDecide
	}, &product.MsgSubmitScenario{Signer: t.here.Address(g.seller), Exchange: t.members["exchange"], Title: "调度", Description: "scheduling"})
}

// decide approves a scenario or returns it; sometimes the wrong exchange tries.
func (t *Traffic) decide(g *goods) {
	by, approve := "exchange", t.chance(85)
	if t.chance(10) {
		by = "exchange-2"
	}
	t.send("decide a scenario", by, func(*abci.ExecTxResult) {
		g.stage = toSubmit
		if approve {
			g.stage = toRegister
		}
	}, &product.MsgDecideScenario{Signer: t.here.Address(by), Scenario: g.scenario, Approve: approve, Reasons: "见附件"})
}

// content of a product's next version.
func (t *Traffic) content(g *goods) product.Content {
	terms := product.Terms{Pricing: product.PRICING_METHOD_NEGOTIATED, Price: math.ZeroInt(), DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "internal use"}
	if t.chance(50) {
		terms.Pricing, terms.Price = product.PRICING_METHOD_FIXED, math.NewInt(1+t.rand.Int63n(150_000))
	}
	exchange := uint32(1 + t.rand.Intn(9_998))
	split := product.Split{RemainderOwner: t.members[g.seller], Shares: []product.Share{
		{Member: t.members[g.seller], BasisPoints: 10_000 - exchange}, {Member: t.members["exchange"], BasisPoints: exchange},
	}}
	if t.chance(20) {
		split.RemainderOwner = t.members["exchange"]
	}
	return product.Content{
		Title: "时区规则", ManifestDigest: digest(fmt.Sprintf("manifest %s %d", g.scenario, len(g.versions))), Size_: 1 + uint64(t.rand.Int63n(1_000_000)),
		Source: "IANA", Industry: oneOf(t, []string{"science", "transport", "health"}), Terms: terms, Split: split,
		Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: oneOf(t, []string{"滨江", "临平", "余杭"})}},
	}
}

func (t *Traffic) request(g *goods) {
	version := len(g.versions)
	t.send("request a review", g.seller, func(res *abci.ExecTxResult) {
		var asked compliance.MsgRequestResponse
		t.decode(res, &asked)
		g.round, g.stage = asked.Round, toOpine
	}, &compliance.MsgRequest{
		Signer: t.here.Address(g.seller), Product: g.id, Version: uint32(version), SubjectDigest: g.versions[version-1].ManifestDigest,
	})
}

func (t *Traffic) opine(g *goods) {
	by, verdict := oneOf(t, committee), compliance.VERDICT_CLEAR
	if t.chance(20) {
		verdict = compliance.VERDICT_RETURN
	}
	t.send("opine", by, func(res *abci.ExecTxResult) {
		var opined compliance.MsgOpineResponse
		t.decode(res, &opined)
		switch opined.Status {
		case compliance.REVIEW_STATUS_CLEARED:
			g.stage = toList
		case compliance.REVIEW_STATUS_RETURNED:
			g.stage = toRequest
		}
	}, &compliance.MsgOpine{
		Signer: t.here.Address(by), Product: g.id, Version: uint32(len(g.versions)), Round: g.round, Verdict: verdict, Reasons: "见附件",
	})
}

// shelf lists what can be bought and no other transaction of the block is about.
func (t *Traffic) shelf() []*goods {
	return slices.DeleteFunc(slices.Clone(t.goods), func(g *goods) bool { return g.busy || g.stage != onShelf })
}

// revise registers another version of a product on the shelf, which stays there until it is cleared.
func (t *Traffic) revise() {
	shelf := t.shelf()
	if len(shelf) == 0 {
		return
	}
	g := oneOf(t, shelf)
	g.busy = true
	content := t.content(g)
	t.send("revise", g.seller, func(*abci.ExecTxResult) {
		g.versions, g.stage = append(g.versions, content), toRequest
	}, &product.MsgRevise{Signer: t.here.Address(g.seller), Product: g.id, Content: content})
}

// delist by the owner, the exchange, or somebody who may not.
func (t *Traffic) delist() {
	shelf := t.shelf()
	if len(shelf) == 0 {
		return
	}
	g := oneOf(t, shelf)
	g.busy = true
	by := oneOf(t, []string{g.seller, "exchange", "exchange-2"})
	t.send("delist", by, func(*abci.ExecTxResult) { g.listed, g.stage = 0, toList },
		&product.MsgDelist{Signer: t.here.Address(by), Product: g.id, Reason: "换版"})
}
