package recognition

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	"github.com/cosmos/ibc-go/v11/modules/core/api"

	"github.com/shugu-network/shugu/x/recognition/keeper"
	"github.com/shugu-network/shugu/x/recognition/types"
)

var _ api.IBCModule = IBCModuleV2{}

// IBCModuleV2 translates the callbacks of IBC v2, in which packets travel between two
// clients that are each other's counterparty, without connection and channel. The same
// keeper decides as behind IBCModule. A packet has one payload: core refuses others.
type IBCModuleV2 struct {
	keeper *keeper.Keeper
}

// NewIBCModuleV2 makes the module for the v2 router's route types.PortID.
func NewIBCModuleV2(k *keeper.Keeper) IBCModuleV2 { return IBCModuleV2{keeper: k} }

// OnSendPacket lets the keeper's own packets pass, and no others. It wraps ErrForeignSend.
func (m IBCModuleV2) OnSendPacket(ctx sdk.Context, _, _ string, _ uint64, _ channeltypesv2.Payload, signer sdk.AccAddress) error {
	return m.keeper.CheckSender(ctx, signer)
}

// OnRecvPacket has the keeper take the packet. Core's own answer for a failure says
// nothing of why; so a packet that is refused is answered as in classic IBC, and as the
// keeper wrote nothing then, there is nothing to discard. An error is the store's own, for
// which no acknowledgement is right: the panic undoes the transaction.
func (m IBCModuleV2) OnRecvPacket(
	ctx sdk.Context, _, destinationClient string, sequence uint64, payload channeltypesv2.Payload, _ sdk.AccAddress,
) channeltypesv2.RecvPacketResult {
	packet := keeper.Packet{Route: destinationClient, Sequence: sequence, Data: payload.Value}
	receive := m.keeper.Receive
	if code := codeOf(payload); code != types.PACKET_CODE_READ {
		receive = func(ctx sdk.Context, packet keeper.Packet) (*types.PacketAcknowledgement, error) {
			return m.keeper.Refuse(ctx, packet, code)
		}
	}
	ack, err := receive(ctx, packet)
	if err != nil {
		panic(err)
	}
	return channeltypesv2.RecvPacketResult{Status: channeltypesv2.PacketStatus_Success, Acknowledgement: ack.Acknowledgement()}
}

// codeOf is what the frame of a payload deserves. Behind another port of the counterparty
// there may be anybody.
func codeOf(p channeltypesv2.Payload) types.PacketCode {
	switch {
	case p.SourcePort != types.PortID || p.DestinationPort != types.PortID:
		return types.PACKET_CODE_NO_AGREEMENT
	case p.Version != types.ChannelVersion:
		return types.PACKET_CODE_UNKNOWN_VERSION
	case p.Encoding != types.Encoding:
		return types.PACKET_CODE_MALFORMED
	default:
		return types.PACKET_CODE_READ
	}
}

// OnAcknowledgementPacket has the keeper note the answer. Core's universal error
// acknowledgement is one that cannot be read.
func (m IBCModuleV2) OnAcknowledgementPacket(
	ctx sdk.Context, sourceClient, _ string, sequence uint64, acknowledgement []byte, payload channeltypesv2.Payload, _ sdk.AccAddress,
) error {
	return m.keeper.Acknowledge(ctx, keeper.Packet{Route: sourceClient, Sequence: sequence, Data: payload.Value}, acknowledgement)
}

// OnTimeoutPacket has the keeper note the timeout.
func (m IBCModuleV2) OnTimeoutPacket(
	ctx sdk.Context, sourceClient, _ string, sequence uint64, payload channeltypesv2.Payload, _ sdk.AccAddress,
) error {
	return m.keeper.TimeOut(ctx, keeper.Packet{Route: sourceClient, Sequence: sequence, Data: payload.Value})
}
