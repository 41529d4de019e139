package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

func TestSubmitScenario(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, &types.MsgSubmitScenarioResponse{Id: scenarioID}, w.must(submit()))
	resp, err := w.queries.Scenario(w.Ctx, &types.QueryScenarioRequest{Id: scenarioID})
	require.NoError(t, err)
	require.Equal(t, types.Scenario{
		Id: scenarioID, Owner: 2, Exchange: 1, Title: "信号灯配时优化", Description: "说明", DocumentDigest: digest,
		Status: types.SCENARIO_STATUS_SUBMITTED,
	}, resp.Scenario)
	require.Equal(t, "shugu.product.v1.EventScenarioSubmitted", w.lastEvent())
}

// TestSubmitScenarioCountsByOwner: sequences are the owners' own; exchanges and operators may submit as merchants do.
func TestSubmitScenarioCountsByOwner(t *testing.T) {
	w := newWorld(t)
	w.add("operator", consortium.ROLE_OPERATOR)
	for _, step := range []struct{ name, id string }{
		{"seller", "S000002-000001"}, {"partner", "S000003-000001"}, {"seller", "S000002-000002"},
		{"operator", "S000006-000001"}, {"rival", "S000004-000001"},
	} {
		msg := submit()
		msg.Signer = keys.Bech32(step.name)
		require.Equal(t, &types.MsgSubmitScenarioResponse{Id: step.id}, w.must(msg))
	}
}

func TestSubmitScenarioRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*world, *types.MsgSubmitScenario)
		want  error
	}{
		{"field of a wrong form", func(_ *world, m *types.MsgSubmitScenario) { m.Title = "" }, valid.ErrInvalid},
		{"signer is no address", func(_ *world, m *types.MsgSubmitScenario) { m.Signer = "seller" }, valid.ErrInvalid},
		{"signer is no member", func(_ *world, m *types.MsgSubmitScenario) { m.Signer = keys.Bech32("stranger") }, consortium.ErrNotMember},
		{"signer is suspended", func(w *world, _ *types.MsgSubmitScenario) { w.members.Suspend(2) }, consortium.ErrSuspended},
		{"signer's roles may not offer", func(_ *world, m *types.MsgSubmitScenario) { m.Signer = keys.Bech32("bank") }, consortium.ErrRoleMissing},
		{"exchange does not exist", func(_ *world, m *types.MsgSubmitScenario) { m.Exchange = 99 }, types.ErrNotExchange},
		{"named member is no exchange", func(_ *world, m *types.MsgSubmitScenario) { m.Exchange = 3 }, types.ErrNotExchange},
		{"exchange is suspended", func(w *world, _ *types.MsgSubmitScenario) { w.members.Suspend(1) }, types.ErrNotExchange},
		{"exchange names itself", func(_ *world, m *types.MsgSubmitScenario) { m.Signer = keys.Bech32("exchange") }, types.ErrSelfReview},
		{"sequence is exhausted", func(w *world, _ *types.MsgSubmitScenario) {
			w.set("\x30\x00\x00\x00\x02", "\x00\x0f\x42\x3f") // member 2: 999,999
		}, types.ErrExhausted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, msg := newWorld(t), submit()
			tc.spoil(w, msg)
			w.refused(tc.want, msg)
		})
	}
}
