package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// DoubtClient lowers the mark on a client, or makes one: evidence exposes only the last of
// a chain of forged updates, and the council may know more than the chain. What the client
// trusted above is forgotten. A client that was Active and trusts nothing later then is
// Expired, and waits for the council to recover it.
func (s msgServer) DoubtClient(goCtx context.Context, msg *types.MsgDoubtClient) (*types.MsgDoubtClientResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	if _, found := s.Clients.GetClientState(ctx, msg.ClientId); !found {
		return nil, errorsmod.Wrapf(types.ErrClient, "no client %s", msg.ClientId)
	}
	doubt, found, err := find(ctx, s.doubts, msg.ClientId)
	if err != nil {
		return nil, err
	}
	// A height below the last mark lowers it, be it closed by a recovery; any other height
	// doubts what came since.
	lowers := found && (doubt.Open() || msg.AboveHeight < doubt.Ranges[len(doubt.Ranges)-1].AboveHeight)
	if lowers {
		doubt = doubt.Lower(msg.AboveHeight)
	} else {
		doubt.ClientId = msg.ClientId
		doubt = doubt.Mark(msg.AboveHeight, ctx.BlockHeight(), ctx.BlockTime().Unix())
	}
	last, storedBy := doubt.Ranges[len(doubt.Ranges)-1], ctx.BlockHeight()
	if !doubt.Open() {
		storedBy = last.RecoveredHeight
	}
	s.States.Forget(ctx, msg.ClientId, last.AboveHeight, storedBy, last.RecoveredClientHeight)
	return &types.MsgDoubtClientResponse{}, s.putDoubt(ctx, doubt)
}
