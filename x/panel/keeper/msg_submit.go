package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

// Submit proposes a resolution. Seats and threshold are copied into it.
func (s msgServer) Submit(ctx context.Context, msg *types.MsgSubmit) (*types.MsgSubmitResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.actor(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	panel, err := s.living(ctx, msg.Panel)
	if err != nil {
		return nil, err
	}
	seats, err := s.seats(ctx, panel)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(seats, member) {
		return nil, errorsmod.Wrapf(types.ErrNoSeat, "panel %s: member %06d; the seats are %v", panel.Name, member, seats)
	}
	life, err := s.life(ctx, msg.DeadlineSeconds)
	if err != nil {
		return nil, err
	}
	if err := s.checkMessages(panel.Name, msg.Messages); err != nil {
		return nil, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	r := types.Resolution{
		Panel: panel.Name, Proposer: member, Title: msg.Title, Reason: msg.Reason, Messages: bare(msg.Messages),
		Seats: seats, Threshold: panel.Threshold, SubmittedHeight: sdkCtx.BlockHeight(),
		Deadline: sdkCtx.BlockTime().Unix() + life,
	}
	if err := s.insert(sdkCtx, &r); err != nil {
		return nil, err
	}
	return &types.MsgSubmitResponse{Id: r.Id, Deadline: r.Deadline}, nil
}

// life is for how many seconds votes are taken.
func (k *Keeper) life(ctx context.Context, asked int64) (int64, error) {
	params, err := k.params.Get(ctx)
	if err != nil || asked == 0 {
		return params.DefaultDeadline, err
	}
	if asked < params.MinDeadline || asked > params.MaxDeadline {
		return 0, errorsmod.Wrapf(valid.ErrInvalid, "deadline_seconds: expected %d to %d, got %d", params.MinDeadline, params.MaxDeadline, asked)
	}
	return asked, nil
}

// checkMessages checks that a panel's resolution may carry all messages.
func (k *Keeper) checkMessages(panel string, messages []*codectypes.Any) error {
	for i, packed := range messages {
		msg, err := k.carried(panel, packed)
		if err == nil {
			err = checkFields(msg)
		}
		if err != nil {
			return errorsmod.Wrapf(err, "messages[%d]", i)
		}
	}
	return nil
}

// bare are the messages' types and bytes alone, without decoded values.
func bare(messages []*codectypes.Any) []*codectypes.Any {
	out := make([]*codectypes.Any, 0, len(messages))
	for _, packed := range messages {
		out = append(out, &codectypes.Any{TypeUrl: packed.TypeUrl, Value: packed.Value})
	}
	return out
}

// insert gives a new resolution its id and writes it. All checks are done.
func (k *Keeper) insert(ctx sdk.Context, r *types.Resolution) error {
	id, err := k.next.Get(ctx)
	if err != nil {
		return err
	}
	r.Id = id
	if err := k.next.Set(ctx, id+1); err != nil {
		return err
	}
	if err := k.byPanel.Set(ctx, collections.Join(r.Panel, id)); err != nil {
		return err
	}
	if err := k.transition(ctx, r, types.RESOLUTION_STATUS_OPEN); err != nil {
		return err
	}
	return ctx.EventManager().EmitTypedEvent(&types.EventSubmitted{Id: id, Panel: r.Panel, Proposer: r.Proposer, Deadline: r.Deadline})
}
