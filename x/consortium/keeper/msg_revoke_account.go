package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// RevokeAccount takes the right to act for the owner's member from an added
// account, in whatever standing the member is. The address is free afterwards.
func (s msgServer) RevokeAccount(ctx context.Context, msg *types.MsgRevokeAccount) (*types.MsgRevokeAccountResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.requireOwner(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	addr, err := s.account("account", msg.Account)
	if err != nil {
		return nil, err
	}
	if s.text(addr) == member.Owner {
		return nil, errorsmod.Wrapf(types.ErrAccountNotFound, "%s is the owner of member %06d; only the council can replace it", member.Owner, member.Number)
	}
	account, err := s.addedAccount(ctx, member.Number, addr)
	if err != nil {
		return nil, err
	}
	if err := s.dropAccount(ctx, member.Number, addr); err != nil {
		return nil, err
	}
	err = s.record(ctx, types.MemberChange{
		Member: member.Number, Kind: types.CHANGE_KIND_ACCOUNT_REVOKED, By: member.Number, Account: account.Address,
	})
	if err != nil {
		return nil, err
	}
	event := &types.EventAccountRevoked{Number: member.Number, Account: account.Address}
	return &types.MsgRevokeAccountResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
