package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/product/types"
)

// List offers a cleared version in its zones, in place of the one that is listed.
func (s msgServer) List(ctx context.Context, msg *types.MsgList) (*types.MsgListResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	p, err := s.k.ownProduct(ctx, msg.Signer, msg.Product)
	if err != nil {
		return nil, err
	}
	v, err := s.k.version(ctx, msg.Product, msg.Version)
	if err != nil {
		return nil, err
	}
	if err := s.k.mayList(ctx, p, v); err != nil {
		return nil, err
	}
	previous := p.ListedVersion
	if err := moveProduct(&p, types.PRODUCT_STATUS_LISTED); err != nil {
		return nil, err
	}
	p.ListedVersion, p.DelistedBy, p.DelistReason = v.Version, 0, ""
	if previous != 0 {
		old, err := s.k.version(ctx, p.Id, previous)
		if err != nil {
			return nil, err
		}
		if err := s.k.withdraw(ctx, old); err != nil {
			return nil, err
		}
	}
	if err := s.k.offer(ctx, v); err != nil {
		return nil, err
	}
	if err := s.k.products.Set(ctx, p.Id, p); err != nil {
		return nil, err
	}
	return &types.MsgListResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventListed{Product: p.Id, Version: v.Version, PreviousVersion: previous})
}

// mayList checks what a listing takes: a change, a price and the committee's clearance.
func (k *Keeper) mayList(ctx context.Context, p types.Product, v types.Version) error {
	if p.ListedVersion == v.Version {
		return errorsmod.Wrapf(types.ErrAlreadyListed, "product %s version %d", p.Id, v.Version)
	}
	if v.Terms.Pricing == types.PRICING_METHOD_UNSPECIFIED {
		return errorsmod.Wrapf(types.ErrNoPricing, "product %s version %d: expected fixed or negotiated pricing; revise the product", p.Id, v.Version)
	}
	cleared, err := k.clearance.Cleared(ctx, p.Id, v.Version, v.ManifestDigest)
	if err != nil {
		return err
	}
	if !cleared {
		return errorsmod.Wrapf(types.ErrNotCleared, "product %s version %d: expected the latest review to have cleared manifest digest %X; request a review of it",
			p.Id, v.Version, v.ManifestDigest)
	}
	return nil
}
