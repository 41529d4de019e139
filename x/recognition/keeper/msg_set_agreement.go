package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// SetAgreement makes an agreement, or changes one, ended ones included. What waits for
// the counterparty is sent at once over the channel that it names.
func (s msgServer) SetAgreement(goCtx context.Context, msg *types.MsgSetAgreement) (*types.MsgSetAgreementResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	a := msg.Agreement
	if err := s.checkAgreement(ctx, a); err != nil {
		return nil, err
	}
	before, _, err := find(ctx, s.agreements, a.ChainId)
	if err != nil {
		return nil, err
	}
	if err := checkStatusesStay(before, a); err != nil {
		return nil, err
	}
	a.Revision = before.Revision + 1
	if err := s.changeRoute(ctx, before, a); err != nil {
		return nil, err
	}
	if err := s.putAgreement(ctx, a); err != nil {
		return nil, err
	}
	if a.HasRoute() || before.HasRoute() {
		if err := s.tellTerms(ctx, a); err != nil {
			return nil, err
		}
	}
	if err := s.backoffs.Remove(ctx, a.ChainId); err != nil {
		return nil, err
	}
	if err := emit(ctx, &types.EventAgreementSet{ChainId: a.ChainId, ClientId: a.ClientId, ChannelId: a.ChannelId}); err != nil {
		return nil, err
	}
	return &types.MsgSetAgreementResponse{}, nil
}

// checkAgreement checks an agreement against the chain: not with ourselves, not over
// already, room for it, and a channel and client of that chain.
func (k *Keeper) checkAgreement(ctx sdk.Context, a types.Agreement) error {
	if a.ChainId == ctx.ChainID() {
		return errorsmod.Wrapf(types.ErrOwnChain, "chain_id: expected another chain, got %s", a.ChainId)
	}
	if now := ctx.BlockTime().Unix(); a.EndsAt <= now {
		return errorsmod.Wrapf(valid.ErrInvalid, "ends_at: expected later than the block's time %d, got %d", now, a.EndsAt)
	}
	if err := k.checkRoom(ctx, a.ChainId); err != nil {
		return err
	}
	if err := k.checkClient(ctx, a); err != nil {
		return err
	}
	if status := k.Clients.GetClientStatus(ctx, a.ClientId); status != exported.Active {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected status %s, got %s: update or recover it first", a.ClientId, exported.Active, status)
	}
	if !a.HasRoute() {
		return nil
	}
	if err := k.checkOwner(ctx, a); err != nil {
		return err
	}
	return k.checkRoute(ctx, a)
}

// checkStatusesStay refuses to hear no statuses any more: the counterparty, once told that
// its status is not covered, does not tell it again when it is, and what was recognised
// would stand reversed or not as it stood before. It wraps valid.ErrInvalid.
func checkStatusesStay(before, now types.Agreement) error {
	const status = types.RECORD_KIND_STATUS
	if slices.Contains(before.Kinds, status) && !slices.Contains(now.Kinds, status) {
		return errorsmod.Wrap(valid.ErrInvalid, "kinds: expected status (3), as before: reversals of what was recognised would not be heard; end the agreement instead")
	}
	return nil
}

// changeRoute notes the route that an agreement leaves: nobody may be able to prove there
// any more that a packet was not received, and a status is to be sent until it is
// answered. Flush takes them up again, some in each block.
func (k *Keeper) changeRoute(ctx context.Context, before, now types.Agreement) error {
	if before.ChannelId == now.ChannelId {
		return nil
	}
	if before.HasRoute() {
		if err := k.left.Set(ctx, collections.Join(before.ChainId, before.ChannelId)); err != nil {
			return err
		}
	}
	return k.left.Remove(ctx, collections.Join(now.ChainId, now.ChannelId))
}

// checkRoom refuses a new counterparty when there are MaxAgreements already, ended ones included.
func (k *Keeper) checkRoom(ctx context.Context, chain string) error {
	known, err := k.agreements.Has(ctx, chain)
	if err != nil || known {
		return err
	}
	count := 0
	err = k.agreements.Walk(ctx, nil, func(string, types.Agreement) (bool, error) {
		count++
		return false, nil
	})
	if err != nil {
		return err
	}
	if count >= types.MaxAgreements {
		return errorsmod.Wrapf(types.ErrTooManyAgreements, "expected at most %d counterparties", types.MaxAgreements)
	}
	return nil
}

// checkOwner checks that no other counterparty ever had the channel. It wraps ErrChannelTaken.
func (k *Keeper) checkOwner(ctx context.Context, a types.Agreement) error {
	owner, found, err := find(ctx, k.channels, a.ChannelId)
	if err != nil {
		return err
	}
	if found && owner != a.ChainId {
		return errorsmod.Wrapf(types.ErrChannelTaken, "%s belongs to %s: open another channel for %s", a.ChannelId, owner, a.ChainId)
	}
	return nil
}

// putAgreement writes an agreement and ties its channel to the chain.
func (k *Keeper) putAgreement(ctx context.Context, a types.Agreement) error {
	if err := k.agreements.Set(ctx, a.ChainId, a); err != nil {
		return err
	}
	if !a.HasRoute() {
		return nil
	}
	return k.channels.Set(ctx, a.ChannelId, a.ChainId)
}
