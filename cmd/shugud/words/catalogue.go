package words

import (
	"fmt"
	"io"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

var scenarioStatuses = map[product.ScenarioStatus]string{
	product.SCENARIO_STATUS_SUBMITTED: "submitted, waits for the exchange 已提交，待交易所审核",
	product.SCENARIO_STATUS_APPROVED:  "approved 已通过",
	product.SCENARIO_STATUS_RETURNED:  "returned 已退回",
}

// Scenario tells a scenario, as a node shows it, to a person.
func Scenario(w io.Writer, c product.Scenario, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Scenario 场景 %s\n", c.Id)
	s.line("status 状态", "%s", word(scenarioStatuses, c.Status))
	s.told("  reasons 理由", c.Reasons)
	s.told("title 名称", c.Title)
	s.told("description 说明", c.Description)
	s.line("owner 数商", "%s", names.Member(c.Owner))
	s.line("exchange 交易所", "%s", names.Member(c.Exchange))
	s.digest("document 场景文件", c.DocumentDigest)
	s.nodesWord()
}

// Scenarios tells scenarios in short, one a paragraph.
func Scenarios(w io.Writer, scenarios []product.Scenario, names Names) {
	for _, c := range scenarios {
		fmt.Fprintf(w, "%s  %s  %s\n", c.Id, Quoted(c.Title), word(scenarioStatuses, c.Status))
		fmt.Fprintf(w, "  owner 数商 %s, exchange 交易所 %s\n", names.Member(c.Owner), names.Member(c.Exchange))
		if c.Reasons != "" {
			fmt.Fprintf(w, "  reasons 理由: %s\n", Quoted(c.Reasons))
		}
	}
}

// Catalogue tells products with the version that is offered, one a paragraph.
func Catalogue(w io.Writer, entries []product.CatalogueEntry, names Names) {
	for _, e := range entries {
		p, v := e.Product, e.Version
		fmt.Fprintf(w, "%s  %s  %s\n", p.Id, Quoted(v.Title), word(productStatuses, p.Status))
		fmt.Fprintf(w, "  version 版本 %d, %s, industry 行业 %s, owner 数商 %s, exchange 交易所 %s\n", v.Version, price(v.Terms), v.Industry, names.Member(p.Owner), names.Member(p.Exchange))
		for _, z := range v.Zones {
			fmt.Fprintf(w, "  zone 专区: %s: %s\n", word(zoneKinds, z.Kind), Quoted(z.Name))
		}
	}
}

// Versions tells the versions of a product in short, one a paragraph.
func Versions(w io.Writer, versions []product.Version) {
	for _, v := range versions {
		fmt.Fprintf(w, "%s version 版本 %d  %s\n", v.Product, v.Version, Quoted(v.Title))
		fmt.Fprintf(w, "  %s, %s bytes 字节, registered 登记 height 高度 %d\n", price(v.Terms), grouped(v.Size_), v.RegisteredHeight)
	}
}

// price says how a version's price comes about, and what it is.
func price(t product.Terms) string {
	text := word(pricingMethods, t.Pricing)
	if t.Pricing == product.PRICING_METHOD_FIXED {
		text += ", " + yuan(t.Price)
	}
	return text
}

// Reviews tells compliance reviews in short, one a paragraph.
func Reviews(w io.Writer, reviews []compliance.Review, names Names) {
	for _, r := range reviews {
		fmt.Fprintf(w, "%s version 版本 %d, round 第 %d 轮  %s\n", r.Product, r.Version, r.Round, word(reviewStatuses, r.Status))
		fmt.Fprintf(w, "  clear opinions 通过意见 %d, needed 需 %d; requested 申请 %s, height 高度 %d\n", cleared(r), r.Quorum, names.Member(r.Requester), r.RequestedHeight)
		if waits := waiting(r); len(waits) > 0 && r.Status == compliance.REVIEW_STATUS_PENDING {
			fmt.Fprintf(w, "  no opinion yet 尚未表态: %s\n", names.list(waits))
		}
	}
}

// cleared counts the opinions that clear.
func cleared(r compliance.Review) int {
	n := 0
	for _, o := range r.Opinions {
		if o.Verdict == compliance.VERDICT_CLEAR {
			n++
		}
	}
	return n
}

// waiting is who of the committee has given no opinion.
func waiting(r compliance.Review) []uint32 {
	given := map[uint32]bool{}
	for _, o := range r.Opinions {
		given[o.Member] = true
	}
	var out []uint32
	for _, member := range r.Committee {
		if !given[member] {
			out = append(out, member)
		}
	}
	return out
}
