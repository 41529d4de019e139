package keeper

import "github.com/shugu-network/shugu/x/compliance/types"

type msgServer struct{ k *Keeper }

// NewMsgServer handles the module's messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }
