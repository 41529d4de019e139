package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

func TestDecideScenario(t *testing.T) {
	for approve, want := range map[bool]types.ScenarioStatus{true: types.SCENARIO_STATUS_APPROVED, false: types.SCENARIO_STATUS_RETURNED} {
		w := newWorld(t)
		w.must(submit())
		w.must(decide(approve))
		resp, err := w.queries.Scenario(w.Ctx, &types.QueryScenarioRequest{Id: scenarioID})
		require.NoError(t, err)
		require.Equal(t, want, resp.Scenario.Status)
		require.Equal(t, "见附件", resp.Scenario.Reasons)
		require.Equal(t, "shugu.product.v1.EventScenarioDecided", w.lastEvent())
	}
}

func TestDecideScenarioRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgDecideScenario)
		want  error
	}{
		{"return without reasons", func(_ *world, m *types.MsgDecideScenario) { m.Approve, m.Reasons = false, "" }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgDecideScenario) { m.Signer = "" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgDecideScenario) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgDecideScenario) { w.members.Suspend(1) }, consortium.ErrSuspended},
		{"signer is no exchange", func(_ *world, m *types.MsgDecideScenario) { m.Signer = keys.Bech32("partner") }, consortium.ErrRoleMissing},
		{"signer is the owner", func(_ *world, m *types.MsgDecideScenario) { m.Signer = keys.Bech32("seller") }, consortium.ErrRoleMissing},
		{"signer is the owner, by now an exchange", func(w *world, m *types.MsgDecideScenario) {
			w.members.Add(consortium.Member{Number: 2, Name: "seller", Roles: []consortium.Role{consortium.ROLE_EXCHANGE}})
			m.Signer = keys.Bech32("seller")
		}, types.ErrSelfReview},
		{"signer is another exchange", func(_ *world, m *types.MsgDecideScenario) { m.Signer = keys.Bech32("rival") }, types.ErrNotDecider},
		{"no such scenario", func(_ *world, m *types.MsgDecideScenario) { m.Scenario = "S000002-000002" }, types.ErrScenarioNotFound},
		{"approved already", func(w *world, _ *types.MsgDecideScenario) { w.must(decide(true)) }, types.ErrIllegalMove},
		{"returned already", func(w *world, _ *types.MsgDecideScenario) { w.must(decide(false)) }, types.ErrIllegalMove},
		{"approved and to be returned", func(w *world, m *types.MsgDecideScenario) {
			w.must(decide(true))
			m.Approve = false
		}, types.ErrIllegalMove},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := newWorld(t), decide(true)
			w.must(submit())
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}
