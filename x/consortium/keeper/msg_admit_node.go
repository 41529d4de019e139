package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// AdmitNode lets a peer connect. On a node that is on record it changes owner,
// purpose, expiry and moniker, and so extends or renews it.
func (s msgServer) AdmitNode(ctx context.Context, msg *types.MsgAdmitNode) (*types.MsgAdmitNodeResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, err := s.account("signer", msg.Signer)
	if err != nil {
		return nil, err
	}
	owner, err := s.Member(ctx, msg.Owner)
	if err != nil {
		return nil, err
	}
	by, err := s.checkNodeAdmitter(ctx, signer, owner)
	if err != nil {
		return nil, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	node := types.Node{
		Id: msg.NodeId, Owner: msg.Owner, Purpose: msg.Purpose, ExpiresAt: msg.ExpiresAt, Moniker: msg.Moniker,
		AdmittedBy: by, AdmittedHeight: sdkCtx.BlockHeight(),
	}
	if now := sdkCtx.BlockTime(); node.Lapsed(now) {
		return nil, errorsmod.Wrapf(types.ErrNodeLapsed, "expires_at: expected %d (the block's time) or later, or 0, got %d", now.Unix(), node.ExpiresAt)
	}
	known, err := s.knownNode(ctx, node.Id)
	if err != nil {
		return nil, err
	}
	if known != nil {
		if err := s.checkNodeChange(ctx, *known, by); err != nil {
			return nil, err
		}
	}
	if err := s.checkNodeRoom(ctx, node.Owner, known); err != nil {
		return nil, err
	}
	if known != nil {
		if err := s.dropNode(ctx, *known); err != nil {
			return nil, err
		}
	}
	if err := s.putNode(ctx, node); err != nil {
		return nil, err
	}
	return &types.MsgAdmitNodeResponse{}, sdkCtx.EventManager().EmitTypedEvent(&types.EventNodeAdmitted{Node: node})
}

// checkNodeAdmitter returns who admits (0 for the council), or an error unless
// the signer may admit nodes of the owner, which has to be active.
func (k *Keeper) checkNodeAdmitter(ctx context.Context, signer sdk.AccAddress, owner types.Member) (by uint32, err error) {
	council, err := k.isAuthority(ctx, signer)
	if err != nil {
		return 0, err
	}
	if !council {
		exchange, err := k.RequireActive(ctx, signer, types.ROLE_EXCHANGE)
		if err != nil {
			return 0, err
		}
		if !answersFor(exchange.Number, owner) {
			return 0, errorsmod.Wrapf(types.ErrNotEntitled, "owner: expected exchange %06d itself or a member that it admitted, got %06d (admitted by %06d); ask the council",
				exchange.Number, owner.Number, owner.AdmittedBy)
		}
		by = exchange.Number
	}
	if !owner.Active() {
		return 0, errorsmod.Wrapf(types.ErrSuspended, "owner: expected an active member, got %06d, which is %s", owner.Number, owner.Status)
	}
	return by, nil
}

// answersFor says whether an exchange may admit nodes of a member: itself, or one that it admitted.
func answersFor(exchange uint32, owner types.Member) bool {
	return owner.Number == exchange || owner.AdmittedBy == exchange
}

// knownNode returns the node that is on record; nil when there is none.
func (k *Keeper) knownNode(ctx context.Context, id []byte) (*types.Node, error) {
	node, err := k.Node(ctx, id)
	if errors.Is(err, types.ErrNodeNotAdmitted) {
		return nil, nil
	}
	return &node, err
}

// checkNodeChange wraps ErrNotEntitled unless by (0 for the council) admitted
// the node or answers for the member that runs it so far: nobody takes another's node.
func (k *Keeper) checkNodeChange(ctx context.Context, node types.Node, by uint32) error {
	if by == 0 || by == node.AdmittedBy {
		return nil
	}
	owner, err := k.Member(ctx, node.Owner)
	if err != nil {
		return err
	}
	if !answersFor(by, owner) {
		return errorsmod.Wrapf(types.ErrNotEntitled, "node %x is member %06d's, admitted by %06d; ask one of them or the council to revoke it first",
			node.Id, node.Owner, node.AdmittedBy)
	}
	return nil
}

// checkNodeRoom wraps ErrTooManyNodes when the owner would have more than MaxNodes.
func (k *Keeper) checkNodeRoom(ctx context.Context, owner uint32, known *types.Node) error {
	if known != nil && known.Owner == owner {
		return nil
	}
	count, err := k.nodeCount(ctx, owner)
	if err == nil && count >= types.MaxNodes {
		err = errorsmod.Wrapf(types.ErrTooManyNodes, "member %06d has %d of at most %d, lapsed ones included; revoke one first", owner, count, types.MaxNodes)
	}
	return err
}
