package types_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

var digest = bytes.Repeat([]byte{7}, 32)

// spoil is one way to make a valid value of type T invalid.
type spoil[T any] struct {
	name  string
	spoil func(*T)
}

func content() types.Content {
	return types.Content{
		Title: "城市交通流量", ManifestDigest: digest, Size_: 1, Source: "杭州市交通局", Industry: "transport",
		Terms: types.Terms{
			Pricing: types.PRICING_METHOD_FIXED, Price: math.NewInt(100_00),
			DeliveryMode: types.DELIVERY_MODE_FILE, Licence: "单一主体使用",
		},
		Split: split(2, types.Share{Member: 2, BasisPoints: 9_000}, types.Share{Member: 3, BasisPoints: 1_000}),
		Zones: []types.Zone{{Kind: types.ZONE_KIND_INDUSTRY, Name: "交通"}, {Kind: types.ZONE_KIND_REGION, Name: "杭州"}},
	}
}

func TestContentValidate(t *testing.T) {
	zones := func(n int) (out []types.Zone) {
		for i := range n {
			out = append(out, types.Zone{Kind: types.ZONE_KIND_FEATURE, Name: strings.Repeat("a", i+1)})
		}
		return out
	}
	for _, tc := range []spoil[types.Content]{
		{"as it is", func(*types.Content) {}},
		{"longest texts", func(c *types.Content) {
			c.Title, c.Source, c.Terms.Licence = strings.Repeat("a", 128), strings.Repeat("a", 256), strings.Repeat("a", 256)
		}},
		{"highest price", func(c *types.Content) { c.Terms.Price = valid.MaxAmount() }},
		{"negotiated at 0", func(c *types.Content) {
			c.Terms.Pricing, c.Terms.Price = types.PRICING_METHOD_NEGOTIATED, math.ZeroInt()
		}},
		{"price still open", func(c *types.Content) {
			c.Terms.Pricing, c.Terms.Price = types.PRICING_METHOD_UNSPECIFIED, math.ZeroInt()
		}},
		{"eight zones", func(c *types.Content) { c.Zones = zones(8) }},
		{"one name in two kinds of zones", func(c *types.Content) { c.Zones[1].Name = c.Zones[0].Name }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := content()
			tc.spoil(&c)
			require.NoError(t, c.Validate())
		})
	}
	over := math.NewIntFromBigInt(new(big.Int).Add(valid.MaxAmount().BigInt(), big.NewInt(1)))
	for _, tc := range []spoil[types.Content]{
		{"no title", func(c *types.Content) { c.Title = "" }},
		{"title too long", func(c *types.Content) { c.Title = strings.Repeat("a", 129) }},
		{"title with control characters", func(c *types.Content) { c.Title = "a\nb" }},
		{"title of invalid UTF-8", func(c *types.Content) { c.Title = "\xc3" }},
		{"manifest digest of 31 bytes", func(c *types.Content) { c.ManifestDigest = digest[:31] }},
		{"no manifest digest", func(c *types.Content) { c.ManifestDigest = nil }},
		{"no bytes of data", func(c *types.Content) { c.Size_ = 0 }},
		{"no source", func(c *types.Content) { c.Source = "" }},
		{"source too long", func(c *types.Content) { c.Source = strings.Repeat("a", 257) }},
		{"unknown industry", func(c *types.Content) { c.Industry = "mining" }},
		{"fixed price of 0", func(c *types.Content) { c.Terms.Price = math.ZeroInt() }},
		{"negative price", func(c *types.Content) { c.Terms.Price = math.NewInt(-1) }},
		{"price over 2^96", func(c *types.Content) { c.Terms.Price = over }},
		{"no price", func(c *types.Content) { c.Terms.Price = math.Int{} }},
		{"negotiated at a price", func(c *types.Content) { c.Terms.Pricing = types.PRICING_METHOD_NEGOTIATED }},
		{"negotiated without 0", func(c *types.Content) {
			c.Terms.Pricing, c.Terms.Price = types.PRICING_METHOD_NEGOTIATED, math.Int{}
		}},
		{"no pricing but a price", func(c *types.Content) { c.Terms.Pricing = types.PRICING_METHOD_UNSPECIFIED }},
		{"unknown pricing", func(c *types.Content) { c.Terms.Pricing = 9 }},
		{"no delivery mode", func(c *types.Content) { c.Terms.DeliveryMode = types.DELIVERY_MODE_UNSPECIFIED }},
		{"unknown delivery mode", func(c *types.Content) { c.Terms.DeliveryMode = 9 }},
		{"no licence", func(c *types.Content) { c.Terms.Licence = "" }},
		{"split sums to 9,999", func(c *types.Content) { c.Split.Shares[0].BasisPoints-- }},
		{"split of 33 shares", func(c *types.Content) { c.Split = even(33) }},
		{"no zones", func(c *types.Content) { c.Zones = nil }},
		{"nine zones", func(c *types.Content) { c.Zones = zones(9) }},
		{"zone twice", func(c *types.Content) { c.Zones[1] = c.Zones[0] }},
		{"zone of no kind", func(c *types.Content) { c.Zones[0].Kind = types.ZONE_KIND_UNSPECIFIED }},
		{"zone of an unknown kind", func(c *types.Content) { c.Zones[0].Kind = 5 }},
		{"zone without a name", func(c *types.Content) { c.Zones[0].Name = "" }},
		{"zone name too long", func(c *types.Content) { c.Zones[0].Name = strings.Repeat("a", 65) }},
		{"zone name with a zero byte", func(c *types.Content) { c.Zones[0].Name = "a\x00b" }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := content()
			tc.spoil(&c)
			require.ErrorIs(t, c.Validate(), valid.ErrInvalid)
		})
	}
}
