package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// AddAccount lets a further account act for the owner's member, and opens it.
func (s msgServer) AddAccount(ctx context.Context, msg *types.MsgAddAccount) (*types.MsgAddAccountResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	member, err := s.requireActiveOwner(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	app := msg.Application
	if err := s.checkAccountApplication(ctx, member, app, msg.Signature); err != nil {
		return nil, err
	}
	for _, role := range app.Roles {
		if err := member.CheckRole(role); err != nil {
			return nil, err
		}
	}
	accounts, err := s.addedAccounts(ctx, member.Number)
	if err != nil {
		return nil, err
	}
	if len(accounts)+1 >= types.MaxAccounts {
		return nil, errorsmod.Wrapf(types.ErrTooManyAccounts, "member %06d: expected at most %d with its owner's; revoke one first", member.Number, types.MaxAccounts)
	}
	addr := app.Address()
	text, err := s.address.BytesToString(addr)
	if err != nil {
		return nil, err
	}
	account := types.Account{Address: text, Member: member.Number, Roles: app.Roles, AddedHeight: sdk.UnwrapSDKContext(ctx).BlockHeight()}
	if err := s.putAccount(ctx, account); err != nil {
		return nil, err
	}
	if err := s.useNonce(ctx, addr, app.Nonce, app.ExpiresAt); err != nil {
		return nil, err
	}
	err = s.record(ctx, types.MemberChange{
		Member: member.Number, Kind: types.CHANGE_KIND_ACCOUNT_ADDED, By: member.Number, Account: text, Roles: app.Roles,
	})
	if err != nil {
		return nil, err
	}
	s.openAccount(ctx, addr)
	event := &types.EventAccountAdded{Number: member.Number, Account: text, Roles: app.Roles}
	return &types.MsgAddAccountResponse{Address: text}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

// checkAccountApplication checks that the holder of a new key signed to act for
// this member on this chain, in time and not before, and that the account is free.
func (k *Keeper) checkAccountApplication(ctx context.Context, member types.Member, app types.AccountApplication, signature []byte) error {
	if app.Member != member.Number {
		return errorsmod.Wrapf(types.ErrWrongMember, "expected member %06d, got %06d", member.Number, app.Member)
	}
	if err := k.checkApplication(ctx, &app, signature); err != nil {
		return err
	}
	return k.checkAddressFree(ctx, app.Address())
}
