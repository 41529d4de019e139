package keeper

import "github.com/shugu-network/shugu/x/recognition/types"

// msgServer answers the messages; each has a file msg_<name>.go.
type msgServer struct{ *Keeper }

var _ types.MsgServer = msgServer{}

// NewMsgServer makes the message server.
func NewMsgServer(k *Keeper) types.MsgServer { return msgServer{k} }
