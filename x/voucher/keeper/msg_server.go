package keeper

import "github.com/shugu-network/shugu/x/voucher/types"

type msgServer struct{ *Keeper }

var _ types.MsgServer = msgServer{}

// NewMsgServer serves the messages.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }
