package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/product/types"
)

// Register makes a product with its first version.
func (s msgServer) Register(ctx context.Context, msg *types.MsgRegister) (*types.MsgRegisterResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	owner, err := s.k.offerer(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	scenario, err := s.k.scenario(ctx, msg.Scenario)
	if err != nil {
		return nil, err
	}
	if scenario.Owner != owner {
		return nil, errorsmod.Wrapf(types.ErrNotOwner, "scenario %s belongs to member %06d, the signer is %06d", scenario.Id, scenario.Owner, owner)
	}
	if scenario.Status != types.SCENARIO_STATUS_APPROVED {
		return nil, errorsmod.Wrapf(types.ErrNotApproved, "scenario %s is %s; exchange %06d must approve it first", scenario.Id, scenario.Status, scenario.Exchange)
	}
	if err := s.k.payeesExist(ctx, msg.Content.Split); err != nil {
		return nil, err
	}
	seq, err := next(ctx, s.k.productSequence, owner)
	if err != nil {
		return nil, err
	}
	p := types.Product{Id: ids.Owned(owner, seq), Owner: owner, Exchange: scenario.Exchange, Scenario: scenario.Id, Version: 1}
	if err := moveProduct(&p, types.PRODUCT_STATUS_REGISTERED); err != nil {
		return nil, err
	}
	if err := s.k.productSequence.Set(ctx, owner, seq); err != nil {
		return nil, err
	}
	return &types.MsgRegisterResponse{Product: p.Id}, s.k.register(ctx, p, msg.Content)
}

// payeesExist checks that every share of a split goes to a member. A suspended
// one still earns. ErrMemberNotFound of x/consortium
func (k *Keeper) payeesExist(ctx context.Context, split types.Split) error {
	for i, share := range split.Shares {
		if _, err := k.members.Member(ctx, share.Member); err != nil {
			return errorsmod.Wrapf(err, "split.shares[%d]", i)
		}
	}
	return nil
}

// register stores the product's latest version with its content, and tells of it.
func (k *Keeper) register(ctx context.Context, p types.Product, content types.Content) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	v := types.NewVersion(p.Id, p.Version, content, sdkCtx.BlockHeight())
	if err := k.putVersion(ctx, p, v); err != nil {
		return err
	}
	return sdkCtx.EventManager().EmitTypedEvent(&types.EventVersionRegistered{
		Product: v.Product, Version: v.Version, ManifestDigest: v.ManifestDigest,
	})
}
