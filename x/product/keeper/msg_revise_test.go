package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

// TestReviseKeepsWhatIsListed: a new version changes neither the old one nor what is offered.
func TestReviseKeepsWhatIsListed(t *testing.T) {
	w := listed(t)
	msg := revise()
	msg.Content.ManifestDigest = bytes.Repeat([]byte{8}, 32)
	msg.Content.Zones = msg.Content.Zones[:1]
	require.Equal(t, &types.MsgReviseResponse{Version: 2}, w.must(msg))
	require.Equal(t, "shugu.product.v1.EventVersionRegistered", w.lastEvent())

	p := w.product(productID)
	require.Equal(t, types.PRODUCT_STATUS_LISTED, p.Status)
	require.Equal(t, []uint32{2, 1}, []uint32{p.Version, p.ListedVersion})
	_, v, err := w.keeper.ListedVersion(w.Ctx, productID, 1)
	require.NoError(t, err)
	require.Equal(t, content(), v.Content())
	_, _, err = w.keeper.ListedVersion(w.Ctx, productID, 2)
	require.ErrorIs(t, err, types.ErrNotListed)
}

func TestReviseRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgRevise)
		want  error
	}{
		{"field of a wrong form", func(_ *world, m *types.MsgRevise) { m.Content.Zones = nil }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgRevise) { m.Signer = "" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgRevise) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgRevise) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"signer's roles may not offer", func(_ *world, m *types.MsgRevise) { m.Signer = keys.Bech32("bank") }, consortium.ErrRoleMissing},
		{"no such product", func(_ *world, m *types.MsgRevise) { m.Product = "000002-000002" }, types.ErrProductNotFound},
		{"product of another member", func(_ *world, m *types.MsgRevise) { m.Signer = keys.Bech32("partner") }, types.ErrNotOwner},
		{"share of a member that does not exist", func(_ *world, m *types.MsgRevise) {
			m.Content.Split.Shares[0].Member = 99
			m.Content.Split.RemainderOwner = 99
		}, consortium.ErrMemberNotFound},
		{"versions are exhausted", func(w *world, _ *types.MsgRevise) {
			p := w.product(productID)
			p.Version = types.MaxVersion
			w.set("\x40"+productID, string(w.Codec.MustMarshal(&p)))
		}, types.ErrExhausted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := registered(t), revise()
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}
