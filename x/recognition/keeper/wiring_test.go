package keeper_test

import (
	clientkeeper "github.com/cosmos/ibc-go/v11/modules/core/02-client/keeper"
	clientv2keeper "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/keeper"
	connectionkeeper "github.com/cosmos/ibc-go/v11/modules/core/03-connection/keeper"
	channelkeeper "github.com/cosmos/ibc-go/v11/modules/core/04-channel/keeper"
	channelv2keeper "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/keeper"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// ibc-go's keepers are what the module expects.
var (
	_ types.ChannelKeeper    = (*channelkeeper.Keeper)(nil)
	_ types.ConnectionKeeper = (*connectionkeeper.Keeper)(nil)
	_ types.ClientKeeper     = (*clientkeeper.Keeper)(nil)
	_ types.ClientPairs      = (*clientv2keeper.Keeper)(nil)
	_ types.PacketSenderV2   = (*channelv2keeper.Keeper)(nil)
)
