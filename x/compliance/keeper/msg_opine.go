package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/compliance/types"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Opine records an opinion and decides the round when it can be decided.
func (s msgServer) Opine(ctx context.Context, msg *types.MsgOpine) (*types.MsgOpineResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.k.signer(msg.Signer)
	if err != nil {
		return nil, err
	}
	member, err := s.k.members.RequireActive(ctx, addr, consortium.ROLE_COMMITTEE_MEMBER)
	if err != nil {
		return nil, err
	}
	r, err := s.k.review(ctx, msg.Product, msg.Version, msg.Round)
	if err != nil {
		return nil, err
	}
	if err := mayOpine(r, member.Number); err != nil {
		return nil, err
	}
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	r.Opinions = append(r.Opinions, types.Opinion{
		Member: member.Number, Verdict: msg.Verdict, Reasons: msg.Reasons, DocumentDigest: msg.DocumentDigest, Height: height,
	})
	if to := r.Outcome(); to != types.REVIEW_STATUS_PENDING {
		if err := move(&r, to); err != nil {
			return nil, err
		}
		r.DecidedHeight = height
	}
	if err := s.k.save(ctx, r); err != nil {
		return nil, err
	}
	return &types.MsgOpineResponse{Status: r.Status}, emitOpinion(ctx, r)
}

// mayOpine checks that the round waits for the member's opinion.
func mayOpine(r types.Review, member uint32) error {
	switch {
	case !r.InCommittee(member):
		return errorsmod.Wrapf(types.ErrNotInCommittee, "%s version %d round %d: expected one of %v, fixed at the request; the signer is %06d",
			r.Product, r.Version, r.Round, r.Committee, member)
	case r.Status != types.REVIEW_STATUS_PENDING:
		return errorsmod.Wrapf(types.ErrIllegalMove, "%s version %d round %d: expected it PENDING, it is %s since height %d",
			r.Product, r.Version, r.Round, r.Status, r.DecidedHeight)
	case r.HasOpinionOf(member):
		return errorsmod.Wrapf(types.ErrAlreadyOpined, "%s version %d round %d: member %06d; an opinion stands until the round is decided",
			r.Product, r.Version, r.Round, member)
	}
	return nil
}

// emitOpinion tells of the last opinion, and of the decision if it made one.
func emitOpinion(ctx context.Context, r types.Review) error {
	events := sdk.UnwrapSDKContext(ctx).EventManager()
	last := r.Opinions[len(r.Opinions)-1]
	err := events.EmitTypedEvent(&types.EventOpinionGiven{
		Product: r.Product, Version: r.Version, Round: r.Round, Member: last.Member, Verdict: last.Verdict,
	})
	if err != nil || r.Status == types.REVIEW_STATUS_PENDING {
		return err
	}
	return events.EmitTypedEvent(&types.EventReviewDecided{
		Product: r.Product, Version: r.Version, Round: r.Round, Status: r.Status,
	})
}
