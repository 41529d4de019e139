package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// DoubtClient lowers the mark on a client, or makes one: evidence exposes only the last of
// a chain of forged updates, and the council may know more than the chain. It freezes
// nothing: on a client that is Active, what comes after this block stands.
func (s msgServer) DoubtClient(goCtx context.Context, msg *types.MsgDoubtClient) (*types.MsgDoubtClientResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	status := s.Clients.GetClientStatus(ctx, msg.ClientId)
	if _, found := s.Clients.GetClientState(ctx, msg.ClientId); !found {
		return nil, errorsmod.Wrapf(types.ErrClient, "no client %s", msg.ClientId)
	}
	doubt, found, err := find(ctx, s.doubts, msg.ClientId)
	if err != nil {
		return nil, err
	}
	if found {
		doubt = doubt.Lower(msg.AboveHeight)
	} else {
		doubt = types.ClientDoubt{ClientId: msg.ClientId}.Mark(msg.AboveHeight, ctx.BlockHeight(), ctx.BlockTime().Unix())
		if status == exported.Active {
			doubt.Ranges[0].RecoveredHeight = ctx.BlockHeight()
		}
	}
	return &types.MsgDoubtClientResponse{}, s.putDoubt(ctx, doubt)
}
