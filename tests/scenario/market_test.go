package scenario_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/chains"
	"github.com/shugu-network/shugu/testutil/keys"
	compliance "github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// goods is a product that a story calls by name.
type goods struct {
	on           *side
	name, seller string
	exchange     string
	scenario, id string
	// versions are what was registered, the first one first.
	versions []product.Content
}

// admit has an exchange admit a merchant by its signed application. The application
// can be made out for another exchange (for=) or another chain (chain=).
func (w *world) admit(a *args) string {
	on, key, by := w.on(a), a.text("member"), a.or("by", "exchange")
	private := keys.Account(chains.Key(on.ChainID, key))
	form := consortium.Application{
		ChainId: a.or("chain", on.ChainID), AdmittingMember: on.number(a.or("for", by)), PublicKey: private.PubKey().Bytes(),
		Name: a.or("name", key), CreditCode: fmt.Sprintf("91330108%010d", len(on.joined)+1), Region: "3301",
		Roles: []consortium.Role{consortium.ROLE_MERCHANT}, DocumentsDigest: digest("documents of " + key),
		Nonce: digest("nonce of " + key)[:consortium.NonceSize], ExpiresAt: w.net.CurrentTime.Add(30 * 24 * time.Hour).Unix(),
	}
	signed, err := consortium.ApplicationSignBytes(form)
	require.NoError(a.t, err)
	signature, err := private.Sign(signed)
	require.NoError(a.t, err)
	var admitted consortium.MsgAdmitResponse
	msg := &consortium.MsgAdmit{Signer: on.Address(by), Application: form, Signature: signature}
	if no := on.send(by, &admitted, msg); no != "" {
		return no
	}
	on.joined[key] = admitted.Number
	return fmt.Sprintf("%s admits %s as member %06d.", on.called(by), on.called(key), admitted.Number)
}

// suspend takes a member's right to start anything; by=council or by an exchange.
func (w *world) suspend(a *args) string {
	on, by, member := w.on(a), a.or("by", "council"), a.text("member")
	suspend := func(signer string) sdk.Msg {
		return &consortium.MsgSuspend{Signer: signer, Member: on.number(member), Reason: a.or("reason", "under audit")}
	}
	says := fmt.Sprintf("%s is suspended: it may finish or refund what is open, and start nothing.", on.called(member))
	if by == "council" {
		res, err := decide(on, suspend)
		if no := on.answer(nil, res, err); no != "" {
			return no
		}
		return says
	}
	if no := on.send(by, nil, suspend(on.Address(by))); no != "" {
		return no
	}
	return says
}

// deposit has the bank issue fen.
func (w *world) deposit(a *args) string {
	on, member, amount := w.on(a), a.text("member"), a.money("amount")
	msg := &settlement.MsgDeposit{Signer: on.Address("bank"), Member: on.number(member), Amount: amount, Reference: a.or("reference", "")}
	if no := on.send("bank", nil, msg); no != "" {
		return no
	}
	return fmt.Sprintf("The bank credits %s to %s.", cny(amount), on.called(member))
}

// withdraw asks the bank to pay out.
func (w *world) withdraw(a *args) string {
	on, member, amount := w.on(a), a.text("member"), a.money("amount")
	var asked settlement.MsgRequestWithdrawalResponse
	msg := &settlement.MsgRequestWithdrawal{Signer: on.Address(member), Bank: on.number("bank"), Amount: amount, Reference: a.or("reference", "W-1")}
	if no := on.send(member, &asked, msg); no != "" {
		return no
	}
	return fmt.Sprintf("%s is debited %s; withdrawal %s waits for the bank.", on.called(member), cny(amount), asked.Id)
}

func (w *world) confirm(a *args) string {
	on, id := w.on(a), a.text("withdrawal")
	if no := on.send("bank", nil, &settlement.MsgConfirmWithdrawal{Signer: on.Address("bank"), Withdrawal: id}); no != "" {
		return no
	}
	return fmt.Sprintf("The bank has paid out withdrawal %s.", id)
}

func (w *world) decline(a *args) string {
	on, id := w.on(a), a.text("withdrawal")
	if no := on.send("bank", nil, &settlement.MsgDeclineWithdrawal{Signer: on.Address("bank"), Withdrawal: id, Reason: a.text("reason")}); no != "" {
		return no
	}
	return fmt.Sprintf("The bank declines withdrawal %s; the money is given back.", id)
}

// submit asks an exchange to approve what data is to be used for.
func (w *world) submit(a *args) string {
	g := &goods{on: w.on(a), name: a.text("product"), seller: a.text("seller"), exchange: a.or("exchange", "exchange")}
	var submitted product.MsgSubmitScenarioResponse
	msg := &product.MsgSubmitScenario{
		Signer: g.on.Address(g.seller), Exchange: g.on.number(g.exchange), Title: a.or("title", g.name), Description: a.or("purpose", "scheduling"),
	}
	if no := g.on.send(g.seller, &submitted, msg); no != "" {
		return no
	}
	g.scenario, w.goods[g.name] = submitted.Id, g
	return fmt.Sprintf("%s submits scenario %s to %s.", g.on.called(g.seller), g.scenario, g.on.called(g.exchange))
}

func (w *world) product(a *args) *goods {
	g := w.goods[a.text("product")]
	if g == nil {
		a.fail("the story knows no product %s", a.text("product"))
	}
	return g
}

// decideScenario approves a scenario, or returns it with reasons.
func (w *world) decideScenario(a *args) string {
	g := w.product(a)
	by, returned := a.or("by", g.exchange), a.has("return")
	msg := &product.MsgDecideScenario{Signer: g.on.Address(by), Scenario: g.scenario, Approve: !returned, Reasons: a.or("return", "")}
	if no := g.on.send(by, nil, msg); no != "" {
		return no
	}
	if returned {
		return fmt.Sprintf("%s returns scenario %s.", g.on.called(by), g.scenario)
	}
	return fmt.Sprintf("%s approves scenario %s.", g.on.called(by), g.scenario)
}

// content of the next version of a product.
func (g *goods) content(a *args) product.Content {
	pricing, price := product.PRICING_METHOD_FIXED, math.ZeroInt()
	if a.or("price", "") == "negotiated" {
		pricing = product.PRICING_METHOD_NEGOTIATED
	} else {
		price = a.money("price")
	}
	return product.Content{
		Title: a.or("title", g.name), ManifestDigest: digest(fmt.Sprintf("manifest of %s, version %d", g.name, len(g.versions)+1)),
		Size_: 400_000, Source: "IANA", Industry: "science",
		Terms: product.Terms{Pricing: pricing, Price: price, DeliveryMode: product.DELIVERY_MODE_FILE, Licence: "internal use"},
		Split: g.split(a), Zones: []product.Zone{{Kind: product.ZONE_KIND_REGION, Name: "滨江"}},
	}
}

// split is split=(seller:9700, exchange:300), basis points by member, and remainder=.
func (g *goods) split(a *args) product.Split {
	shares := a.list("split")
	if shares == nil {
		shares = []string{g.seller + ":9700", g.exchange + ":300"}
	}
	split := product.Split{RemainderOwner: g.on.number(a.or("remainder", g.seller))}
	for _, share := range shares {
		member, points, _ := strings.Cut(strings.TrimSpace(share), ":")
		n, err := strconv.ParseUint(points, 10, 32)
		if err != nil {
			a.fail("split: expected member:basis points, got %q", share)
		}
		split.Shares = append(split.Shares, product.Share{Member: g.on.number(member), BasisPoints: uint32(n)})
	}
	return split
}

func (w *world) register(a *args) string {
	g := w.product(a)
	content := g.content(a)
	var registered product.MsgRegisterResponse
	if no := g.on.send(g.seller, &registered, &product.MsgRegister{Signer: g.on.Address(g.seller), Scenario: g.scenario, Content: content}); no != "" {
		return no
	}
	g.id, g.versions = registered.Product, append(g.versions, content)
	return fmt.Sprintf("%s registers %s as product %s, version 1.", g.on.called(g.seller), content.Title, g.id)
}

func (w *world) revise(a *args) string {
	g := w.product(a)
	content := g.content(a)
	var revised product.MsgReviseResponse
	if no := g.on.send(g.seller, &revised, &product.MsgRevise{Signer: g.on.Address(g.seller), Product: g.id, Content: content}); no != "" {
		return no
	}
	g.versions = append(g.versions, content)
	return fmt.Sprintf("%s revises product %s: version %d.", g.on.called(g.seller), g.id, revised.Version)
}

func (w *world) review(a *args) string {
	g := w.product(a)
	version := a.number("version", len(g.versions))
	var asked compliance.MsgRequestResponse
	msg := &compliance.MsgRequest{
		Signer: g.on.Address(g.seller), Product: g.id, Version: uint32(version), SubjectDigest: g.versions[version-1].ManifestDigest,
	}
	if no := g.on.send(g.seller, &asked, msg); no != "" {
		return no
	}
	return fmt.Sprintf("%s asks the committee to review version %d, round %d.", g.on.called(g.seller), version, asked.Round)
}

// opine gives a committee member's opinion: clear, or return= with reasons.
func (w *world) opine(a *args) string {
	g, by := w.product(a), a.text("by")
	msg := &compliance.MsgOpine{
		Signer: g.on.Address(by), Product: g.id, Version: uint32(a.number("version", len(g.versions))), Round: uint32(a.number("round", 1)),
		Verdict: compliance.VERDICT_CLEAR, Reasons: a.or("return", ""),
	}
	verdict := "clears it"
	if a.has("return") {
		msg.Verdict, verdict = compliance.VERDICT_RETURN, "returns it"
	}
	var opined compliance.MsgOpineResponse
	if no := g.on.send(by, &opined, msg); no != "" {
		return no
	}
	status := strings.ToLower(strings.TrimPrefix(opined.Status.String(), "REVIEW_STATUS_"))
	return fmt.Sprintf("%s %s. The review is %s.", g.on.called(by), verdict, status)
}

func (w *world) list(a *args) string {
	g := w.product(a)
	version := a.number("version", len(g.versions))
	if no := g.on.send(g.seller, nil, &product.MsgList{Signer: g.on.Address(g.seller), Product: g.id, Version: uint32(version)}); no != "" {
		return no
	}
	return fmt.Sprintf("Version %d of product %s is listed.", version, g.id)
}

func (w *world) delist(a *args) string {
	g := w.product(a)
	by := a.or("by", g.seller)
	if no := g.on.send(by, nil, &product.MsgDelist{Signer: g.on.Address(by), Product: g.id, Reason: a.or("reason", "withdrawn")}); no != "" {
		return no
	}
	return fmt.Sprintf("%s takes product %s off the shelf.", g.on.called(by), g.id)
}

// shelf does everything that brings a product to where it can be bought.
func (w *world) shelf(a *args) string {
	for _, step := range []func(*args) string{w.submit, w.decideScenario, w.register, w.review} {
		if said := step(a); strings.HasPrefix(said, "Refused") {
			return said
		}
	}
	g := w.product(a)
	for _, member := range []string{"committee-1", "committee-2"} {
		require.Empty(a.t, g.on.send(member, nil, &compliance.MsgOpine{
			Signer: g.on.Address(member), Product: g.id, Version: 1, Round: 1, Verdict: compliance.VERDICT_CLEAR,
		}))
	}
	return w.list(a)
}
