package keeper

import (
	"bytes"
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
)

// offering are the roles that may offer products.
var offering = []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_EXCHANGE, consortium.ROLE_OPERATOR}

// Request opens the next round of a version's review.
func (s msgServer) Request(ctx context.Context, msg *types.MsgRequest) (*types.MsgRequestResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	requester, err := s.k.requireOwner(ctx, msg)
	if err != nil {
		return nil, err
	}
	round, err := s.k.nextRound(ctx, msg)
	if err != nil {
		return nil, err
	}
	params, err := s.k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	committee, err := s.k.committee(ctx, requester, params)
	if err != nil {
		return nil, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	r := types.Review{
		Product: msg.Product, Version: msg.Version, Round: round,
		Requester: requester, SubjectDigest: msg.SubjectDigest,
		Quorum: params.Quorum, Committee: committee,
		RequestedHeight: sdkCtx.BlockHeight(),
	}
	if err := move(&r, types.REVIEW_STATUS_PENDING); err != nil {
		return nil, err
	}
	if err := s.k.save(ctx, r); err != nil {
		return nil, err
	}
	err = sdkCtx.EventManager().EmitTypedEvent(&types.EventReviewRequested{
		Product: r.Product, Version: r.Version, Round: r.Round, Committee: r.Committee,
	})
	return &types.MsgRequestResponse{Round: round}, err
}

// requireOwner returns the number of the signer, who must be active, of a role
// that offers products, and the owner that the product's id names.
func (k *Keeper) requireOwner(ctx context.Context, msg *types.MsgRequest) (uint32, error) {
	addr, err := k.signer(msg.Signer)
	if err != nil {
		return 0, err
	}
	member, err := k.members.RequireActive(ctx, addr, consortium.ROLE_UNSPECIFIED)
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(offering, member.Has) {
		return 0, errorsmod.Wrapf(consortium.ErrRoleMissing, "expected one of %v, member %06d has %v", offering, member.Number, member.Roles)
	}
	owner, _, err := ids.ParseOwned("product", msg.Product)
	if err != nil {
		return 0, err
	}
	if owner != member.Number {
		return 0, errorsmod.Wrapf(types.ErrNotOwner, "%s belongs to member %06d, the signer is %06d", msg.Product, owner, member.Number)
	}
	return owner, nil
}

// nextRound returns the number of the round that may be opened now.
func (k *Keeper) nextRound(ctx context.Context, msg *types.MsgRequest) (uint32, error) {
	last, found, err := k.latestReview(ctx, msg.Product, msg.Version)
	if err != nil || !found {
		return 1, err
	}
	if last.Status == types.REVIEW_STATUS_PENDING {
		return 0, errorsmod.Wrapf(types.ErrReviewPending, "round %d of %s version %d waits for opinions; wait for its decision", last.Round, last.Product, last.Version)
	}
	if last.Status == types.REVIEW_STATUS_CLEARED && bytes.Equal(last.SubjectDigest, msg.SubjectDigest) {
		return 0, errorsmod.Wrapf(types.ErrAlreadyCleared, "round %d of %s version %d cleared this digest; the version can be listed", last.Round, last.Product, last.Version)
	}
	return last.Round + 1, nil
}

// committee returns who may give an opinion now: nobody judges its own product.
func (k *Keeper) committee(ctx context.Context, requester uint32, params types.Params) ([]uint32, error) {
	limit := int(params.MaxCommittee)
	members, err := k.members.WithRole(ctx, consortium.ROLE_COMMITTEE_MEMBER, limit+1) // one may be the requester
	if err != nil {
		return nil, err
	}
	members = slices.DeleteFunc(members, func(n uint32) bool { return n == requester })
	members = members[:min(len(members), limit)]
	if len(members) < int(params.Quorum) {
		return nil, errorsmod.Wrapf(types.ErrCommitteeTooSmall, "expected %d active committee members other than the requester, got %d; more must be admitted first",
			params.Quorum, len(members))
	}
	return members, nil
}
