package recognition

import (
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	porttypes "github.com/cosmos/ibc-go/v11/modules/core/05-port/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition/keeper"
	"github.com/shugu-network/shugu/x/recognition/types"
)

var _ porttypes.IBCModule = IBCModule{}

// IBCModule translates the callbacks of IBC core (ICS-26); the keeper decides.
type IBCModule struct {
	keeper *keeper.Keeper
}

// NewIBCModule makes the module for the port router's route types.PortID.
func NewIBCModule(k *keeper.Keeper) IBCModule { return IBCModule{keeper: k} }

// OnChanOpenInit accepts our version, or none, which means ours.
func (m IBCModule) OnChanOpenInit(
	_ sdk.Context, order channeltypes.Order, _ []string, portID, _ string, counterparty channeltypes.Counterparty, version string,
) (string, error) {
	if version == "" {
		version = types.ChannelVersion
	}
	return version, m.keeper.CheckHandshake(order, portID, counterparty.PortId, version)
}

// OnChanOpenTry accepts our version only.
func (m IBCModule) OnChanOpenTry(
	_ sdk.Context, order channeltypes.Order, _ []string, portID, _ string, counterparty channeltypes.Counterparty, counterpartyVersion string,
) (string, error) {
	return counterpartyVersion, m.keeper.CheckHandshake(order, portID, counterparty.PortId, counterpartyVersion)
}

// OnChanOpenAck checks the counterparty's version and the stored channel.
func (m IBCModule) OnChanOpenAck(ctx sdk.Context, portID, channelID, _, counterpartyVersion string) error {
	if counterpartyVersion != types.ChannelVersion {
		return errorsmod.Wrapf(types.ErrHandshake, "expected version %s, got %.64q", types.ChannelVersion, counterpartyVersion)
	}
	return m.keeper.CheckChannel(ctx, portID, channelID)
}

// OnChanOpenConfirm checks the stored channel.
func (m IBCModule) OnChanOpenConfirm(ctx sdk.Context, portID, channelID string) error {
	return m.keeper.CheckChannel(ctx, portID, channelID)
}

// OnChanCloseInit always refuses: what was recognised over a channel keeps it as evidence.
func (IBCModule) OnChanCloseInit(_ sdk.Context, _, channelID string) error {
	return errorsmod.Wrapf(types.ErrCloseRefused, "%s: end the agreement instead", channelID)
}

// OnChanCloseConfirm accepts that the counterparty has closed its end. What is queued waits.
func (IBCModule) OnChanCloseConfirm(sdk.Context, string, string) error { return nil }

// OnRecvPacket has the keeper take the packet. An error is the store's own, for which no
// acknowledgement is right: the panic undoes the transaction, and the packet stays unreceived.
func (m IBCModule) OnRecvPacket(ctx sdk.Context, _ string, packet channeltypes.Packet, _ sdk.AccAddress) exported.Acknowledgement {
	ack, err := m.keeper.Receive(ctx, keeper.Packet{Route: packet.DestinationChannel, Sequence: packet.Sequence, Data: packet.Data})
	if err != nil {
		panic(err)
	}
	return ack
}

// sent is a packet of ours as the keeper knows it.
func sent(packet channeltypes.Packet) keeper.Packet {
	return keeper.Packet{Route: packet.SourceChannel, Sequence: packet.Sequence, Data: packet.Data}
}

// OnAcknowledgementPacket has the keeper note the answer.
func (m IBCModule) OnAcknowledgementPacket(ctx sdk.Context, _ string, packet channeltypes.Packet, acknowledgement []byte, _ sdk.AccAddress) error {
	return m.keeper.Acknowledge(ctx, sent(packet), acknowledgement)
}

// OnTimeoutPacket has the keeper note the timeout.
func (m IBCModule) OnTimeoutPacket(ctx sdk.Context, _ string, packet channeltypes.Packet, _ sdk.AccAddress) error {
	return m.keeper.TimeOut(ctx, sent(packet))
}

// SetICS4Wrapper puts a middleware between this module and the channel keeper.
func (m IBCModule) SetICS4Wrapper(wrapper porttypes.ICS4Wrapper) { m.keeper.SetPacketSender(wrapper) }
