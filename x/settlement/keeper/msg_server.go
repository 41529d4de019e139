package keeper

import "github.com/shugu-network/shugu/x/settlement/types"

type msgServer struct{ *Keeper }

// NewMsgServer answers the module's messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }
