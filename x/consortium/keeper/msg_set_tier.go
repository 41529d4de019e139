package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// SetTier gives a merchant a tier, with the version of the rule that gives it.
func (s msgServer) SetTier(ctx context.Context, msg *types.MsgSetTier) (*types.MsgSetTierResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, by, err := s.overseen(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	if !member.Has(types.ROLE_MERCHANT) {
		return nil, errorsmod.Wrapf(types.ErrNotMerchant, "member %06d: expected %s, got %s; only merchants have tiers", member.Number, types.ROLE_MERCHANT, member.Roles)
	}
	if member.Status == types.MEMBER_STATUS_LEFT {
		return nil, member.CheckActive()
	}
	if member.Tier == msg.Tier && member.TierRule == msg.RuleVersion {
		return nil, errorsmod.Wrapf(types.ErrUnchanged, "member %06d is %s under %s already", member.Number, member.Tier, member.TierRule)
	}
	member.Tier, member.TierRule = msg.Tier, msg.RuleVersion
	if err := s.members.Set(ctx, member.Number, member); err != nil {
		return nil, err
	}
	err = s.record(ctx, types.MemberChange{
		Member: member.Number, Kind: types.CHANGE_KIND_TIER_SET, By: by, Tier: msg.Tier, RuleVersion: msg.RuleVersion,
	})
	if err != nil {
		return nil, err
	}
	event := &types.EventTierSet{Number: member.Number, Tier: msg.Tier, RuleVersion: msg.RuleVersion, SetBy: by}
	return &types.MsgSetTierResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
