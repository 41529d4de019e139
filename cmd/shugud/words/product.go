package words

import (
	"fmt"
	"io"

	compliance "github.com/shugu-network/shugu/x/compliance/types"
	product "github.com/shugu-network/shugu/x/product/types"
)

var productStatuses = map[product.ProductStatus]string{
	product.PRODUCT_STATUS_REGISTERED: "registered, never listed 已登记，未上架",
	product.PRODUCT_STATUS_LISTED:     "listed 已上架",
	product.PRODUCT_STATUS_DELISTED:   "delisted 已下架",
}

var pricingMethods = map[product.PricingMethod]string{
	product.PRICING_METHOD_UNSPECIFIED: "not settled yet 尚未定价",
	product.PRICING_METHOD_FIXED:       "fixed 固定价",
	product.PRICING_METHOD_NEGOTIATED:  "negotiated 协商价",
}

var zoneKinds = map[product.ZoneKind]string{
	product.ZONE_KIND_INDUSTRY:  "industry 行业专区",
	product.ZONE_KIND_REGION:    "region 区域专区",
	product.ZONE_KIND_LEAD_FIRM: "lead firm 链主专区",
	product.ZONE_KIND_FEATURE:   "feature 特色专区",
}

var reviewStatuses = map[compliance.ReviewStatus]string{
	compliance.REVIEW_STATUS_PENDING:  "pending 审查中",
	compliance.REVIEW_STATUS_CLEARED:  "cleared 审查通过",
	compliance.REVIEW_STATUS_RETURNED: "returned 已退回",
}

var verdicts = map[compliance.Verdict]string{
	compliance.VERDICT_CLEAR:  "clear 通过",
	compliance.VERDICT_RETURN: "return 退回",
}

// Product tells a product, as a node shows it, to a person.
func Product(w io.Writer, p product.Product, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Data product 数据产品 %s\n", p.Id)
	s.line("status 状态", "%s", word(productStatuses, p.Status))
	if p.DelistedBy != 0 {
		s.line("delisted by 下架方", "%s; reason 理由: %s", names.Member(p.DelistedBy), Quoted(p.DelistReason))
	}
	s.line("owner 数商", "%s", names.Member(p.Owner))
	s.line("exchange 交易所", "%s", names.Member(p.Exchange))
	s.line("scenario 场景", "%s", p.Scenario)
	if p.ListedVersion != 0 {
		s.line("listed version 上架版本", "%d", p.ListedVersion)
	}
	s.line("latest version 最新版本", "%d; its content 内容: shugud query product version %s %d", p.Version, p.Id, p.Version)
	s.nodesWord()
}

// ProductVersion tells a version of a product, as a node shows it, to a person.
func ProductVersion(w io.Writer, v product.Version, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Data product 数据产品 %s version 版本 %d\n", v.Product, v.Version)
	s.told("title 名称", v.Title)
	s.told("source 来源", v.Source)
	s.line("industry 行业", "%s", v.Industry)
	s.line("size 数据量", "%s bytes 字节", grouped(v.Size_))
	s.line("price 定价", "%s", price(v.Terms))
	s.line("delivery 交付方式", "%s", word(deliveryModes, v.Terms.DeliveryMode))
	s.told("licence 许可", v.Terms.Licence)
	s.split(v.Split, names)
	for _, z := range v.Zones {
		s.line("zone 专区", "%s: %s", word(zoneKinds, z.Kind), Quoted(z.Name))
	}
	s.digest("manifest 数据清单", v.ManifestDigest)
	s.line("registered 登记", "height 高度 %d", v.RegisteredHeight)
	s.nodesWord()
}

// Review tells a compliance review, as a node shows it, to a person.
func Review(w io.Writer, r compliance.Review, names Names) {
	s := sheet{w}
	fmt.Fprintf(w, "Compliance review 合规审查 of %s version 版本 %d, round 第 %d 轮\n", r.Product, r.Version, r.Round)
	given := map[uint32]compliance.Opinion{}
	for _, o := range r.Opinions {
		given[o.Member] = o
	}
	s.line("status 状态", "%s; clear opinions 通过意见 %d, needed 需 %d", word(reviewStatuses, r.Status), cleared(r), r.Quorum)
	s.line("requested 申请", "%s, height 高度 %d", names.Member(r.Requester), r.RequestedHeight)
	if r.DecidedHeight != 0 {
		s.line("decided 结论", "height 高度 %d", r.DecidedHeight)
	}
	s.digest("manifest 数据清单", r.SubjectDigest)
	for _, member := range r.Committee {
		o, ok := given[member]
		if !ok {
			s.line("opinion 意见", "%s: none yet 尚未表态", names.Member(member))
			continue
		}
		s.line("opinion 意见", "%s: %s, height 高度 %d", names.Member(member), word(verdicts, o.Verdict), o.Height)
		s.told("  reasons 理由", o.Reasons)
		s.digest("  document 意见书", o.DocumentDigest)
	}
	s.nodesWord()
}
