package keeper

import (
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// CheckHandshake checks what a new channel is to be: unordered, between the two ports of
// this module, of our version. Opening one gives no rights: an agreement does. It wraps
// ErrHandshake.
func (k *Keeper) CheckHandshake(order channeltypes.Order, port, counterpartyPort, version string) error {
	return checkChannelEnds(order, port, counterpartyPort, version)
}

// CheckChannel checks a channel that is being opened, as it is stored. It wraps ErrHandshake.
func (k *Keeper) CheckChannel(ctx sdk.Context, port, channelID string) error {
	channel, found := k.Channels.GetChannel(ctx, port, channelID)
	if !found {
		return errorsmod.Wrapf(types.ErrHandshake, "no %s on port %s", channelID, port)
	}
	return checkChannelEnds(channel.Ordering, port, channel.Counterparty.PortId, channel.Version)
}

// checkChannelEnds also refuses other ports at the far end: whoever sends from there may
// be anybody on that chain, not its recognition module.
func checkChannelEnds(order channeltypes.Order, port, counterpartyPort, version string) error {
	if port != types.PortID || counterpartyPort != types.PortID {
		return errorsmod.Wrapf(types.ErrHandshake, "expected port %s at both ends, got %.64q here and %.64q there", types.PortID, port, counterpartyPort)
	}
	if order != channeltypes.UNORDERED {
		return errorsmod.Wrapf(types.ErrHandshake, "expected an unordered channel, got %s", order)
	}
	if version != types.ChannelVersion {
		return errorsmod.Wrapf(types.ErrHandshake, "expected version %s, got %.64q", types.ChannelVersion, version)
	}
	return nil
}
