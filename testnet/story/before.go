package story

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shugu-network/shugu/testnet"
)

// govern is step 1: the manifest of the real file.
func (t *teller) govern(ctx context.Context) error {
	t.title("1 Data governance 数据治理: what is sold is described; the digest goes on chain, the data does not")
	out, err := t.show(ctx, "data", "manifest", t.file, "-O", "manifest.json")
	t.say("      %s", strings.TrimSpace(string(out)))
	return err
}

// onboard is step 2: seller and buyer apply off chain, the exchange admits them.
func (t *teller) onboard(ctx context.Context) error {
	t.title("2 Onboarding 平台入驻: two merchants sign applications, the exchange admits them")
	exchange, err := t.origin.Account("exchange")
	if err != nil {
		return err
	}
	bank, err := t.origin.Account("bank")
	if err != nil {
		return err
	}
	t.exchange, t.bank = exchange.Member, bank.Member
	for _, m := range []struct {
		key, name string
		serial    int
		number    *uint32
	}{
		{"seller", "杭州云帆数据科技有限公司", 4201, &t.seller},
		{"buyer", "滨江智联软件有限公司", 4202, &t.buyer},
	} {
		if err := t.admit(ctx, m.key, m.name, m.serial, m.number); err != nil {
			return err
		}
		t.say("      %s is member %06d: %s", m.key, *m.number, m.name)
	}
	return nil
}

func (t *teller) admit(ctx context.Context, key, name string, serial int, number *uint32) error {
	home := t.origin.Home()
	if _, err := t.run(ctx, "keys", "add", key, "--home", home, "--keyring-backend", "test", "--output", "json"); err != nil {
		return err
	}
	recipient, err := t.run(ctx, "data", "keygen", "-O", key+"-identity.txt")
	if err != nil {
		return err
	}
	if err := t.write(key+"-documents.txt", name+": 营业执照与安全承诺书 (business licence and security undertaking)\n"); err != nil {
		return err
	}
	if err := t.write(key+"-application.yaml", fmt.Sprintf(`name: %s
credit_code: %s
region: "%s"
roles: [merchant]
age_recipient: %s
documents: %s-documents.txt
admitting_member: %d
valid_days: 7
`, name, testnet.CreditCode("330108", serial), t.origin.Region(), strings.TrimSpace(string(recipient)), key, t.exchange)); err != nil {
		return err
	}
	application, err := t.show(ctx, "member", "apply", "-f", key+"-application.yaml", "--from", key,
		"--chain-id", t.Origin, "--home", home, "--keyring-backend", "test")
	if err != nil {
		return err
	}
	if err := t.write(key+"-application.json", string(application)); err != nil {
		return err
	}
	var admitted struct {
		Number uint32 `json:"number"`
	}
	if _, err := t.tx(ctx, home, "exchange", &admitted, "member", "admit", key+"-application.json"); err != nil {
		return err
	}
	*number = admitted.Number
	return nil
}

// reviewScenario is step 3.
func (t *teller) reviewScenario(ctx context.Context) error {
	t.title("3 Scenario review 场景审核: the exchange approves what the data is for")
	if err := t.write("scenario.yaml", fmt.Sprintf(`exchange: %d
title: 跨时区业务调度
description: Scheduling of services across time zones, with the rules of all zones.
`, t.exchange)); err != nil {
		return err
	}
	var submitted struct {
		ID string `json:"id"`
	}
	if _, err := t.tx(ctx, t.origin.Home(), "seller", &submitted, "scenario", "submit", "-f", "scenario.yaml"); err != nil {
		return err
	}
	t.scenario = submitted.ID
	_, err := t.tx(ctx, t.origin.Home(), "exchange", nil, "scenario", "decide", t.scenario, "--approve")
	return err
}

// register is step 4.
func (t *teller) register(ctx context.Context) error {
	t.title("4 Product registration 产品登记: manifest digest, terms and split are fixed")
	if err := t.write("product.yaml", fmt.Sprintf(`scenario: %s
title: %s
manifest: manifest.json
source: %s
industry: science
terms: {pricing: fixed, price: 1200.00cny, delivery: file, licence: 仅限内部使用}
%szones:
  - {kind: industry, name: 科技创新}
  - {kind: region, name: 滨江}
`, t.scenario, t.productTitle(), t.source(), t.splitYAML())); err != nil {
		return err
	}
	var registered struct {
		Product string `json:"product"`
	}
	if _, err := t.tx(ctx, t.origin.Home(), "seller", &registered, "product", "register", "-f", "product.yaml"); err != nil {
		return err
	}
	t.summary.Origin.Product = registered.Product
	t.say("      product %s", registered.Product)
	return nil
}

func (t *teller) productTitle() string {
	if filepath.Base(t.file) == "zoneinfo.zip" {
		return "全球时区规则数据集 (IANA time zones)"
	}
	return "数据集 " + filepath.Base(t.file)
}

func (t *teller) source() string {
	if filepath.Base(t.file) == "zoneinfo.zip" {
		return "IANA Time Zone Database"
	}
	return "merchant's own file"
}

// splitYAML gives the exchange three percent.
func (t *teller) splitYAML() string {
	return fmt.Sprintf(`split:
  remainder_owner: %[1]d
  shares:
    - {member: %[1]d, basis_points: 9700}
    - {member: %[2]d, basis_points: 300}
`, t.seller, t.exchange)
}

// review is step 5: two of three committee members clear the product.
func (t *teller) review(ctx context.Context) error {
	t.title("5 Compliance review 合规审查: the committee gives its opinions")
	home, id := t.origin.Home(), t.summary.Origin.Product
	if _, err := t.tx(ctx, home, "seller", nil, "review", "request", id, "--version", "1"); err != nil {
		return err
	}
	var opinion struct {
		Status string `json:"status"`
	}
	for _, member := range []string{"committee-1", "committee-2"} {
		if _, err := t.tx(ctx, home, member, &opinion, "review", "opine", id, "--clear", "--reasons", "来源合法，不含个人信息"); err != nil {
			return err
		}
	}
	t.say("      %s", opinion.Status)
	return nil
}

// match is step 6: listed, quoted, agreed.
func (t *teller) match(ctx context.Context) error {
	t.title("6 Matching 交易撮合: listed, quoted, and agreed by restating every term")
	home, product := t.origin.Home(), t.summary.Origin.Product
	if _, err := t.tx(ctx, home, "seller", nil, "product", "list", product, "--version", "1"); err != nil {
		return err
	}
	if err := t.write("contract.txt", "数据交易合同 Data trade contract\nproduct "+product+" version 1, 1200.00 CNY, internal use\n"); err != nil {
		return err
	}
	if err := t.write("deal.yaml", fmt.Sprintf(`seller: %d
buyer: %d
product: %s
version: 1
lines:
  - {what: "%s", units: 1, amount: 1200.00cny}
delivery: file
%sfund_within: 72h
deliver_within: 168h
accept_within: 168h
document: contract.txt
order_reference: HT-2026-0001
`, t.seller, t.buyer, product, t.productTitle(), t.splitYAML())); err != nil {
		return err
	}
	var quoted struct {
		ID string `json:"id"`
	}
	if _, err := t.tx(ctx, home, "seller", &quoted, "trade", "quote", "-f", "deal.yaml"); err != nil {
		return err
	}
	t.summary.Origin.Contract = quoted.ID
	_, err := t.tx(ctx, home, "buyer", nil, "trade", "agree", quoted.ID, "-f", "deal.yaml")
	t.say("      contract %s", quoted.ID)
	return err
}

// decode reads a command's JSON output.
func decode(out []byte, into any) error { return json.Unmarshal(out, into) }
