package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

func TestRegister(t *testing.T) {
	w := approved(t)
	w.Advance(0)
	require.Equal(t, &types.MsgRegisterResponse{Product: productID}, w.must(register()))
	require.Equal(t, types.Product{
		Id: productID, Owner: 2, Exchange: 1, Scenario: scenarioID, Version: 1, Status: types.PRODUCT_STATUS_REGISTERED,
	}, w.product(productID))
	resp, err := w.queries.Version(w.Ctx, &types.QueryVersionRequest{Product: productID, Version: 1})
	require.NoError(t, err)
	require.Equal(t, types.NewVersion(productID, 1, content(), 2), resp.Version)
	require.Equal(t, "shugu.product.v1.EventVersionRegistered", w.lastEvent())
	require.Equal(t, &types.MsgRegisterResponse{Product: "000002-000002"}, w.must(register()), "a scenario bears many products")
}

// TestRegisterSplitWithSuspended: a suspended member may still be paid.
func TestRegisterSplitWithSuspended(t *testing.T) {
	w := approved(t)
	w.members.Suspend(3)
	w.must(register())
}

func TestRegisterRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgRegister)
		want  error
	}{
		{"digest of a wrong length", func(_ *world, m *types.MsgRegister) { m.Content.ManifestDigest = digest[:31] }, valid.ErrInvalid},
		{"split does not sum to 10,000", func(_ *world, m *types.MsgRegister) { m.Content.Split.Shares[0].BasisPoints = 8_999 }, valid.ErrInvalid},
		{"split of 33 parties", func(_ *world, m *types.MsgRegister) {
			m.Content.Split.Shares = nil
			for n := range uint32(33) {
				m.Content.Split.Shares = append(m.Content.Split.Shares, types.Share{Member: n + 1, BasisPoints: 303})
			}
			m.Content.Split.Shares[0].BasisPoints = 304
		}, valid.ErrInvalid},
		{"remainder to a stranger", func(_ *world, m *types.MsgRegister) { m.Content.Split.RemainderOwner = 1 }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgRegister) { m.Signer = "shugu1" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgRegister) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgRegister) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"signer's roles may not offer", func(_ *world, m *types.MsgRegister) { m.Signer = keys.Bech32("bank") }, consortium.ErrRoleMissing},
		{"no such scenario", func(_ *world, m *types.MsgRegister) { m.Scenario = "S000002-000009" }, types.ErrScenarioNotFound},
		{"scenario of another member", func(_ *world, m *types.MsgRegister) { m.Signer = keys.Bech32("partner") }, types.ErrNotOwner},
		{"scenario is submitted", func(w *world, m *types.MsgRegister) {
			w.must(submit())
			m.Scenario = "S000002-000002"
		}, types.ErrNotApproved},
		{"scenario is returned", func(w *world, m *types.MsgRegister) {
			w.must(submit())
			returned := decide(false)
			returned.Scenario = "S000002-000002"
			w.must(returned)
			m.Scenario = returned.Scenario
		}, types.ErrNotApproved},
		{"share of a member that does not exist", func(_ *world, m *types.MsgRegister) { m.Content.Split.Shares[1].Member = 99 }, consortium.ErrMemberNotFound},
		{"sequence is exhausted", func(w *world, _ *types.MsgRegister) {
			w.set("\x50\x00\x00\x00\x02", "\x00\x0f\x42\x3f") // member 2: 999,999
		}, types.ErrExhausted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := approved(t), register()
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}
