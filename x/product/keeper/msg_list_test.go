package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

func TestList(t *testing.T) {
	w := registered(t)
	w.clear(productID, 1)
	w.must(list(1))
	require.Equal(t, "shugu.product.v1.EventListed", w.lastEvent())
	p, v, err := w.keeper.ListedVersion(w.Ctx, productID, 1)
	require.NoError(t, err)
	require.Equal(t, types.PRODUCT_STATUS_LISTED, p.Status)
	require.Equal(t, uint32(1), p.ListedVersion)
	require.Equal(t, content(), v.Content())
	require.Equal(t, []string{productID}, w.inZone(types.ZONE_KIND_INDUSTRY, "交通"))
	require.Equal(t, []string{productID}, w.inZone(types.ZONE_KIND_REGION, "杭州"))
}

// TestListAnotherVersion: the new version takes the old one's place, in its zones too, forwards and back.
func TestListAnotherVersion(t *testing.T) {
	w := listed(t)
	msg := revise()
	msg.Content.Zones = []types.Zone{{Kind: types.ZONE_KIND_INDUSTRY, Name: "交通"}, {Kind: types.ZONE_KIND_FEATURE, Name: "低空经济"}}
	w.must(msg)
	w.clear(productID, 2)
	w.must(list(2))
	require.Equal(t, uint32(2), w.product(productID).ListedVersion)
	require.Equal(t, []string{productID}, w.inZone(types.ZONE_KIND_INDUSTRY, "交通"))
	require.Equal(t, []string{productID}, w.inZone(types.ZONE_KIND_FEATURE, "低空经济"))
	require.Empty(t, w.inZone(types.ZONE_KIND_REGION, "杭州"))
	_, _, err := w.keeper.ListedVersion(w.Ctx, productID, 1)
	require.ErrorIs(t, err, types.ErrNotListed)

	w.must(list(1))
	require.Equal(t, uint32(1), w.product(productID).ListedVersion)
	require.Empty(t, w.inZone(types.ZONE_KIND_FEATURE, "低空经济"))
	require.Equal(t, []string{productID}, w.inZone(types.ZONE_KIND_REGION, "杭州"))
}

func TestListRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgList)
		want  error
	}{
		{"version 0", func(_ *world, m *types.MsgList) { m.Version = 0 }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgList) { m.Signer = "" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgList) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgList) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"signer's roles may not offer", func(_ *world, m *types.MsgList) { m.Signer = keys.Bech32("bank") }, consortium.ErrRoleMissing},
		{"no such product", func(_ *world, m *types.MsgList) { m.Product = "000002-000002" }, types.ErrProductNotFound},
		{"product of another member", func(_ *world, m *types.MsgList) { m.Signer = keys.Bech32("partner") }, types.ErrNotOwner},
		{"signer is the product's exchange", func(_ *world, m *types.MsgList) { m.Signer = keys.Bech32("exchange") }, types.ErrNotOwner},
		{"no such version", func(_ *world, m *types.MsgList) { m.Version = 2 }, types.ErrVersionNotFound},
		{"not cleared", func(w *world, _ *types.MsgList) { clear(w.cleared) }, types.ErrNotCleared},
		{"cleared for another digest", func(w *world, _ *types.MsgList) {
			clear(w.cleared)
			w.cleared[clearance(productID, 1, bytes.Repeat([]byte{8}, 32))] = true
		}, types.ErrNotCleared},
		{"cleared in another version", func(w *world, m *types.MsgList) {
			w.must(revise())
			m.Version = 2
		}, types.ErrNotCleared},
		{"no pricing method", func(w *world, m *types.MsgList) {
			open := revise()
			open.Content.Terms.Pricing, open.Content.Terms.Price = types.PRICING_METHOD_UNSPECIFIED, math.ZeroInt()
			w.must(open)
			w.clear(productID, 2)
			m.Version = 2
		}, types.ErrNoPricing},
		{"listed already", func(w *world, _ *types.MsgList) { w.must(list(1)) }, types.ErrAlreadyListed},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := registered(t), list(1)
			w.clear(productID, 1)
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}

// inZone lists the ids that a zone offers.
func (w *world) inZone(kind types.ZoneKind, name string) (out []string) {
	w.t.Helper()
	resp, err := w.queries.Products(w.Ctx, &types.QueryProductsRequest{ZoneKind: kind, ZoneName: name})
	require.NoError(w.t, err)
	for _, entry := range resp.Entries {
		out = append(out, entry.Product.Id)
	}
	return out
}
