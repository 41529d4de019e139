package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// Vote casts or changes a seat's vote, and decides the resolution when it can be
// decided. An approved one runs at once.
func (s msgServer) Vote(ctx context.Context, msg *types.MsgVote) (*types.MsgVoteResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	r, member, err := s.seated(ctx, msg.Signer, msg.Resolution)
	if err != nil {
		return nil, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if err := checkOpen(sdkCtx, r); err != nil {
		return nil, err
	}
	if _, err := s.living(ctx, r.Panel); err != nil {
		return nil, err
	}
	place := collections.Join(r.Id, member)
	before, err := s.ballots.Get(ctx, place)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return nil, err
	}
	if before.Option == types.VOTE_OPTION_RECUSE {
		return nil, errorsmod.Wrapf(types.ErrRecused, "resolution %d: member %06d declared an interest at height %d", r.Id, member, before.Height)
	}
	err = s.ballots.Set(ctx, place, types.Ballot{Member: member, Option: msg.Option, Reason: msg.Reason, Height: sdkCtx.BlockHeight()})
	if err != nil {
		return nil, err
	}
	err = sdkCtx.EventManager().EmitTypedEvent(&types.EventVoted{Id: r.Id, Panel: r.Panel, Member: member, Option: msg.Option})
	if err != nil {
		return nil, err
	}
	if err := s.decide(sdkCtx, &r); err != nil {
		return nil, err
	}
	return &types.MsgVoteResponse{Status: r.Status}, nil
}

// seated returns a resolution and the number of the signer's member, which is
// active and holds a seat of it.
func (k *Keeper) seated(ctx context.Context, signer string, id uint64) (types.Resolution, uint32, error) {
	member, err := k.actor(ctx, signer)
	if err != nil {
		return types.Resolution{}, 0, err
	}
	r, err := k.Resolution(ctx, id)
	if err != nil {
		return r, 0, err
	}
	if !r.HasSeat(member) {
		return r, 0, errorsmod.Wrapf(types.ErrNoSeat, "resolution %d: member %06d; the seats were fixed when it was submitted: %v", id, member, r.Seats)
	}
	return r, member, nil
}

// checkOpen wraps ErrNotOpen or ErrDeadlinePassed unless votes are taken now.
func checkOpen(ctx sdk.Context, r types.Resolution) error {
	if r.Status != types.RESOLUTION_STATUS_OPEN {
		return errorsmod.Wrapf(types.ErrNotOpen, "resolution %d is %s since height %d", r.Id, r.Status, r.EndedHeight)
	}
	return checkDeadline(ctx, r)
}

func checkDeadline(ctx sdk.Context, r types.Resolution) error {
	if now := ctx.BlockTime().Unix(); now > r.Deadline {
		return errorsmod.Wrapf(types.ErrDeadlinePassed, "resolution %d: the deadline was %d, block time is %d; submit it anew", r.Id, r.Deadline, now)
	}
	return nil
}

// decide ends an open resolution if its ballots decide it.
func (k *Keeper) decide(ctx sdk.Context, r *types.Resolution) error {
	ballots, err := k.Ballots(ctx, r.Id)
	if err != nil {
		return err
	}
	tally := r.Count(ballots)
	outcome := tally.Outcome()
	if outcome == types.Undecided {
		return nil
	}
	r.DecidedHeight = ctx.BlockHeight()
	switch outcome {
	case types.Approved:
		return k.attempt(ctx, r)
	case types.Rejected:
		return k.transition(ctx, r, types.RESOLUTION_STATUS_REJECTED)
	default:
		return k.transition(ctx, r, types.RESOLUTION_STATUS_NO_QUORUM)
	}
}
