package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func tier(signer string, member uint32, tier types.Tier, rule string) *types.MsgSetTier {
	return &types.MsgSetTier{Signer: keys.Bech32(signer), Member: member, Tier: tier, RuleVersion: rule}
}

// Each tier stays in the history with the version of the rule that gave it.
func TestSetTierKeepsEach(t *testing.T) {
	w := newWorld(t)
	w.must(w.msg.SetTier(w.Ctx, tier("hangzhou", seller, types.TIER_SPARK, "HZDE-2026-03")))
	require.Equal(t, "shugu.consortium.v1.EventTierSet", w.lastEvent())
	w.must(w.msg.SetTier(w.Ctx, tier("hangzhou", seller, types.TIER_SPARK, "HZDE-2026-09")))
	w.must(w.msg.SetTier(w.Ctx, tier("authority", seller, types.TIER_CORNERSTONE, "星海办法〔2026〕1号")))
	member := w.member(seller)
	require.Equal(t, types.TIER_CORNERSTONE, member.Tier)
	require.Equal(t, "星海办法〔2026〕1号", member.TierRule)
	res, err := w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: seller})
	require.NoError(t, err)
	require.Equal(t, []types.MemberChange{
		{Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_TIER_SET, By: hangzhou, Tier: types.TIER_SPARK, RuleVersion: "HZDE-2026-03"},
		{Member: seller, Height: 1, Sequence: 2, Kind: types.CHANGE_KIND_TIER_SET, By: hangzhou, Tier: types.TIER_SPARK, RuleVersion: "HZDE-2026-09"},
		{Member: seller, Height: 1, Sequence: 3, Kind: types.CHANGE_KIND_TIER_SET, Tier: types.TIER_CORNERSTONE, RuleVersion: "星海办法〔2026〕1号"},
	}, res.Changes)
	require.NoError(t, w.k.Check(w.Ctx))

	require.NoError(t, w.suspend("hangzhou", seller))
	w.must(w.msg.SetTier(w.Ctx, tier("hangzhou", seller, types.TIER_GALAXY, "HZDE-2026-09")))
	require.Equal(t, types.MEMBER_STATUS_SUSPENDED, w.member(seller).Status)
}

func TestSetTierFailsIf(t *testing.T) {
	cases := map[string]struct {
		msg  *types.MsgSetTier
		want error
	}{
		"member number is zero":        {tier("hangzhou", 0, types.TIER_GALAXY, "v"), valid.ErrInvalid},
		"tier is missing":              {tier("hangzhou", seller, types.TIER_UNSPECIFIED, "v"), valid.ErrInvalid},
		"tier is unknown":              {tier("hangzhou", seller, 4, "v"), valid.ErrInvalid},
		"rule is missing":              {tier("hangzhou", seller, types.TIER_GALAXY, ""), valid.ErrInvalid},
		"rule is too long":             {tier("hangzhou", seller, types.TIER_GALAXY, strings.Repeat("v", 65)), valid.ErrInvalid},
		"signer is no address":         {&types.MsgSetTier{Signer: "x", Member: seller, Tier: types.TIER_GALAXY, RuleVersion: "v"}, valid.ErrInvalid},
		"there is no such member":      {tier("hangzhou", next, types.TIER_GALAXY, "v"), types.ErrMemberNotFound},
		"another exchange admitted it": {tier("ningbo", seller, types.TIER_GALAXY, "v"), types.ErrNotEntitled},
		"signer is the merchant":       {tier("seller", seller, types.TIER_GALAXY, "v"), types.ErrRoleMissing},
		"signer is suspended":          {tier("closed", seller, types.TIER_GALAXY, "v"), types.ErrSuspended},
		"signer is a stranger":         {tier("stranger", seller, types.TIER_GALAXY, "v"), types.ErrNotMember},
		"member is no merchant":        {tier("authority", lawyer, types.TIER_GALAXY, "v"), types.ErrNotMerchant},
		"it is so already":             {tier("hangzhou", seller, types.TIER_SPARK, "HZDE-2026-03"), types.ErrUnchanged},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.must(w.msg.SetTier(w.Ctx, tier("hangzhou", seller, types.TIER_SPARK, "HZDE-2026-03")))
			w.refused(c.want, func() error { _, err := w.msg.SetTier(w.Ctx, c.msg); return err })
		})
	}
}
