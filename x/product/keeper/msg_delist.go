package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/product/types"
)

// Delist takes a product off the shelf. Contracts agreed before go on.
func (s msgServer) Delist(ctx context.Context, msg *types.MsgDelist) (*types.MsgDelistResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.k.active(ctx, msg.Signer, consortium.ROLE_UNSPECIFIED)
	if err != nil {
		return nil, err
	}
	p, err := s.k.product(ctx, msg.Product)
	if err != nil {
		return nil, err
	}
	if member.Number != p.Owner && (member.Number != p.Exchange || !member.Has(consortium.ROLE_EXCHANGE)) {
		return nil, errorsmod.Wrapf(types.ErrNotOwner, "product %s is for its owner %06d or its exchange %06d to delist, the signer is %06d",
			p.Id, p.Owner, p.Exchange, member.Number)
	}
	listed := p.ListedVersion
	if err := moveProduct(&p, types.PRODUCT_STATUS_DELISTED); err != nil {
		return nil, err
	}
	p.ListedVersion, p.DelistedBy, p.DelistReason = 0, member.Number, msg.Reason
	v, err := s.k.version(ctx, p.Id, listed)
	if err != nil {
		return nil, err
	}
	if err := s.k.withdraw(ctx, v); err != nil {
		return nil, err
	}
	if err := s.k.products.Set(ctx, p.Id, p); err != nil {
		return nil, err
	}
	return &types.MsgDelistResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventDelisted{Product: p.Id, Version: listed, DelistedBy: member.Number, Reason: msg.Reason})
}
