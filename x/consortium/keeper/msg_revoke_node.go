package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// RevokeNode ends the admission of a peer: by who admitted it, by who runs it,
// suspended or not, or by the council.
func (s msgServer) RevokeNode(ctx context.Context, msg *types.MsgRevokeNode) (*types.MsgRevokeNodeResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, err := s.account("signer", msg.Signer)
	if err != nil {
		return nil, err
	}
	node, err := s.Node(ctx, msg.NodeId)
	if err != nil {
		return nil, err
	}
	by, err := s.checkNodeRevoker(ctx, signer, node)
	if err != nil {
		return nil, err
	}
	if err := s.dropNode(ctx, node); err != nil {
		return nil, err
	}
	return &types.MsgRevokeNodeResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventNodeRevoked{Id: node.Id, Owner: node.Owner, RevokedBy: by, Reason: msg.Reason})
}

// checkNodeRevoker returns who revokes (0 for the council), or an error unless the signer may.
func (k *Keeper) checkNodeRevoker(ctx context.Context, signer sdk.AccAddress, node types.Node) (by uint32, err error) {
	council, err := k.isAuthority(ctx, signer)
	if err != nil || council {
		return 0, err
	}
	member, err := k.RequireStanding(ctx, signer, types.ROLE_UNSPECIFIED)
	if err != nil {
		return 0, err
	}
	if member.Number != node.Owner && member.Number != node.AdmittedBy {
		return 0, errorsmod.Wrapf(types.ErrNotEntitled, "node %x: expected member %06d, which runs it, %06d, which admitted it, or the council as signer, got member %06d",
			node.Id, node.Owner, node.AdmittedBy, member.Number)
	}
	return member.Number, nil
}
