package keeper

import (
	"context"

	"github.com/shugu-network/shugu/x/trade/types"
)

type msgServer struct{ *Keeper }

var _ types.MsgServer = msgServer{}

// NewMsgServer serves the messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }

// moveBy loads a contract and moves it for a member.
func (k *Keeper) moveBy(ctx context.Context, id string, r request) (types.Contract, error) {
	c, err := k.Contract(ctx, id)
	if err != nil {
		return c, err
	}
	return k.transition(ctx, c, r)
}
