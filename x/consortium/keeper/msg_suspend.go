package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Suspend takes a member's right to start anything. Its validator seat, if it
// holds one, stays.
func (s msgServer) Suspend(ctx context.Context, msg *types.MsgSuspend) (*types.MsgSuspendResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, member, err := s.about(ctx, msg.Signer, msg.Member)
	if err != nil {
		return nil, err
	}
	if err := s.checkNotItself(ctx, signer, member); err != nil {
		return nil, err
	}
	by, err := s.checkOverseer(ctx, signer, member)
	if err != nil {
		return nil, err
	}
	if err := s.transition(ctx, member, types.MEMBER_STATUS_SUSPENDED, suspension{reason: msg.Reason, by: by}); err != nil {
		return nil, err
	}
	err = s.record(ctx, types.MemberChange{Member: member.Number, Kind: types.CHANGE_KIND_SUSPENDED, By: by, Reason: msg.Reason})
	if err != nil {
		return nil, err
	}
	err = sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventMemberSuspended{Number: member.Number, SuspendedBy: by})
	if err != nil {
		return nil, err
	}
	return &types.MsgSuspendResponse{}, nil
}

// about returns the signer of a message about a member, and that member.
func (k *Keeper) about(ctx context.Context, account string, number uint32) (sdk.AccAddress, types.Member, error) {
	signer, err := k.account("signer", account)
	if err != nil {
		return nil, types.Member{}, err
	}
	member, err := k.Member(ctx, number)
	return signer, member, err
}

// overseen returns the member that a message is about, and who oversees it, as checkOverseer does.
func (k *Keeper) overseen(ctx context.Context, account string, number uint32) (member types.Member, by uint32, err error) {
	signer, member, err := k.about(ctx, account, number)
	if err != nil {
		return types.Member{}, 0, err
	}
	by, err = k.checkOverseer(ctx, signer, member)
	return member, by, err
}

// checkNotItself wraps ErrSelfSuspension when the signer acts for the member.
func (k *Keeper) checkNotItself(ctx context.Context, signer sdk.AccAddress, member types.Member) error {
	own, err := k.MemberOf(ctx, signer)
	if errors.Is(err, types.ErrNotMember) {
		return nil
	}
	if err == nil && own.Number == member.Number {
		err = errorsmod.Wrapf(types.ErrSelfSuspension, "member %06d signed for its own suspension; the council can suspend it", member.Number)
	}
	return err
}

// checkOverseer returns who oversees the member (0 for the council), or an error
// unless the signer does: the exchange that admitted a merchant, or the council.
func (k *Keeper) checkOverseer(ctx context.Context, signer sdk.AccAddress, member types.Member) (by uint32, err error) {
	authority, err := k.isAuthority(ctx, signer)
	if err != nil || authority {
		return 0, err
	}
	exchange, err := k.RequireActive(ctx, signer, types.ROLE_EXCHANGE)
	if err != nil {
		return 0, err
	}
	if member.AdmittedBy != exchange.Number || !types.OnlyMerchant(member.Roles) {
		return 0, errorsmod.Wrapf(types.ErrNotEntitled, "expected a merchant that exchange %06d admitted, got member %06d (%s, admitted by %06d); ask the council",
			exchange.Number, member.Number, member.Roles, member.AdmittedBy)
	}
	return exchange.Number, nil
}
