package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// ReplaceOwner gives a member another owner account. Its fen stay where they
// are: that account is remembered as the one of the member's fen, and nobody
// signs for it any more, as only x/settlement moves fen.
func (s msgServer) ReplaceOwner(ctx context.Context, msg *types.MsgReplaceOwner) (*types.MsgReplaceOwnerResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.requireCouncil(ctx, msg.Signer); err != nil {
		return nil, err
	}
	app := msg.Application
	member, err := s.Member(ctx, app.Member)
	if err != nil {
		return nil, err
	}
	if err := s.checkAccountApplication(ctx, member, app, msg.Signature); err != nil {
		return nil, err
	}
	if !slices.Equal(app.Roles, member.Roles) {
		return nil, errorsmod.Wrapf(types.ErrRoleMissing, "expected all roles of member %06d, %s, got %s; an owner acts in all of them",
			member.Number, member.Roles, app.Roles)
	}
	addr, replaced := app.Address(), member.Owner
	if member.Funds == "" {
		member.Funds = replaced
	}
	if member.Owner, err = s.address.BytesToString(addr); err != nil {
		return nil, err
	}
	if err := s.putOwner(ctx, member, replaced, addr); err != nil {
		return nil, err
	}
	if err := s.useNonce(ctx, addr, app.Nonce, app.ExpiresAt); err != nil {
		return nil, err
	}
	err = s.record(ctx, types.MemberChange{
		Member: member.Number, Kind: types.CHANGE_KIND_OWNER_REPLACED, Reason: msg.Reason, Account: member.Owner, Replaced: replaced,
	})
	if err != nil {
		return nil, err
	}
	s.openAccount(ctx, addr)
	event := &types.EventOwnerReplaced{Number: member.Number, Owner: member.Owner, Replaced: replaced}
	return &types.MsgReplaceOwnerResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

// putOwner writes a member whose owner changed, with the indexes.
func (k *Keeper) putOwner(ctx context.Context, member types.Member, replaced string, owner sdk.AccAddress) error {
	before, err := k.account("owner", replaced)
	if err != nil {
		return err
	}
	if err := k.owners.Remove(ctx, before); err != nil {
		return err
	}
	if err := k.owners.Set(ctx, owner, member.Number); err != nil {
		return err
	}
	if err := k.putFunds(ctx, member); err != nil {
		return err
	}
	return k.members.Set(ctx, member.Number, member)
}
