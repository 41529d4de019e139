package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

// TestDelist: the owner or the exchange takes the product off; it can be listed again.
func TestDelist(t *testing.T) {
	for name, number := range map[string]uint32{"seller": 2, "exchange": 1} {
		w := listed(t)
		msg := delist()
		msg.Signer = keys.Bech32(name)
		w.must(msg)
		require.Equal(t, "shugu.product.v1.EventDelisted", w.lastEvent())
		require.Equal(t, types.Product{
			Id: productID, Owner: 2, Exchange: 1, Scenario: scenarioID, Version: 1, Status: types.PRODUCT_STATUS_DELISTED,
			DelistedBy: number, DelistReason: "换版",
		}, w.product(productID))
		require.Empty(t, w.inZone(types.ZONE_KIND_INDUSTRY, "交通"))
		require.Empty(t, w.inZone(types.ZONE_KIND_REGION, "杭州"))
		_, _, err := w.keeper.ListedVersion(w.Ctx, productID, 1)
		require.ErrorIs(t, err, types.ErrNotListed)

		w.must(list(1))
		p := w.product(productID)
		require.Equal(t, types.PRODUCT_STATUS_LISTED, p.Status)
		require.Zero(t, p.DelistedBy)
		require.Empty(t, p.DelistReason)
	}
}

func TestDelistRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgDelist)
		want  error
	}{
		{"no reason", func(_ *world, m *types.MsgDelist) { m.Reason = "" }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgDelist) { m.Signer = "" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgDelist) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"owner is suspended", func(w *world, _ *types.MsgDelist) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"exchange is suspended", func(w *world, m *types.MsgDelist) {
			w.members.Suspend(1)
			m.Signer = keys.Bech32("exchange")
		}, consortium.ErrSuspended},
		{"exchange has lost the role", func(w *world, m *types.MsgDelist) {
			w.members.Add(consortium.Member{Number: 1, Name: "exchange", Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
			m.Signer = keys.Bech32("exchange")
		}, types.ErrNotOwner},
		{"another exchange", func(_ *world, m *types.MsgDelist) { m.Signer = keys.Bech32("rival") }, types.ErrNotOwner},
		{"another merchant", func(_ *world, m *types.MsgDelist) { m.Signer = keys.Bech32("partner") }, types.ErrNotOwner},
		{"no such product", func(_ *world, m *types.MsgDelist) { m.Product = "000002-000009" }, types.ErrProductNotFound},
		{"never listed", func(w *world, m *types.MsgDelist) {
			w.must(register())
			m.Product = "000002-000002"
		}, types.ErrIllegalMove},
		{"delisted already", func(w *world, _ *types.MsgDelist) { w.must(delist()) }, types.ErrIllegalMove},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := listed(t), delist()
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}
