package keeper

import "github.com/shugu-network/shugu/x/panel/types"

type msgServer struct{ *Keeper }

// NewMsgServer handles the module's messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }
