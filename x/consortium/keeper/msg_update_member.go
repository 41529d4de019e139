package keeper

import (
	"bytes"
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// UpdateMember changes a member's age recipient and documents. Its name and its
// credit code never change: another organisation applies anew.
func (s msgServer) UpdateMember(ctx context.Context, msg *types.MsgUpdateMember) (*types.MsgUpdateMemberResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.requireActiveOwner(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	change := types.MemberChange{Member: member.Number, Kind: types.CHANGE_KIND_UPDATED, By: member.Number}
	if msg.AgeRecipient != "" && msg.AgeRecipient != member.AgeRecipient {
		member.AgeRecipient, change.AgeRecipient = msg.AgeRecipient, msg.AgeRecipient
	}
	if len(msg.DocumentsDigest) > 0 && !bytes.Equal(msg.DocumentsDigest, member.DocumentsDigest) {
		member.DocumentsDigest, change.DocumentsDigest = msg.DocumentsDigest, msg.DocumentsDigest
	}
	if change.AgeRecipient == "" && change.DocumentsDigest == nil {
		return nil, errorsmod.Wrapf(types.ErrUnchanged, "member %06d has this age recipient and these documents already", member.Number)
	}
	if err := s.members.Set(ctx, member.Number, member); err != nil {
		return nil, err
	}
	if err := s.record(ctx, change); err != nil {
		return nil, err
	}
	event := &types.EventMemberUpdated{Number: member.Number}
	return &types.MsgUpdateMemberResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
