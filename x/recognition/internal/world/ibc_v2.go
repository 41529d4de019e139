package world

import (
	"context"
	"fmt"
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clienttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/x/recognition/keeper"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// V2 is the core of IBC v2: pairs of clients, and the packets that were sent between them.
type V2 struct {
	Pairs map[string]clienttypesv2.CounterpartyInfo
	// Sent holds every packet in the order of sending.
	Sent []channeltypesv2.Packet
	// OnSend is the sending module's callback.
	OnSend func(ctx context.Context, signer sdk.AccAddress) error

	core *IBC
	next map[string]uint64
}

func newV2(core *IBC) *V2 {
	return &V2{Pairs: map[string]clienttypesv2.CounterpartyInfo{}, core: core, next: map[string]uint64{}}
}

// OpenPair opens a client of a chain and pairs it with one of the same name there.
func (i *IBC) OpenPair(chainID string) (client string) {
	client = fmt.Sprintf("07-tendermint-%d", len(i.Clients))
	i.Clients[client] = &ibctm.ClientState{ChainId: chainID, ProofSpecs: commitmenttypes.GetSDKSpecs()}
	i.Status[client] = exported.Active
	i.V2.Pairs[client] = clienttypesv2.NewCounterpartyInfo([][]byte{[]byte("ibc"), {}}, client)
	return client
}

// GetClientCounterparty implements types.ClientPairs.
func (v *V2) GetClientCounterparty(_ sdk.Context, clientID string) (clienttypesv2.CounterpartyInfo, bool) {
	pair, ok := v.Pairs[clientID]
	return pair, ok
}

// SendPacket implements types.PacketSenderV2 with the checks of ibc-go's channel v2 keeper.
func (v *V2) SendPacket(goCtx context.Context, msg *channeltypesv2.MsgSendPacket) (*channeltypesv2.MsgSendPacketResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.ValidateBasic(); err != nil {
		return nil, err
	}
	pair, ok := v.Pairs[msg.SourceClient]
	if !ok {
		return nil, errorsmod.Wrap(clienttypesv2.ErrCounterpartyNotFound, msg.SourceClient)
	}
	timeout := time.Unix(int64(msg.TimeoutTimestamp), 0)
	if !timeout.After(ctx.BlockTime()) || timeout.After(ctx.BlockTime().Add(channeltypesv2.MaxTimeoutDelta)) {
		return nil, errorsmod.Wrap(channeltypesv2.ErrInvalidTimeout, timeout.String())
	}
	if v.core.Status[msg.SourceClient] != exported.Active {
		return nil, errorsmod.Wrap(clienttypes.ErrClientNotActive, msg.SourceClient)
	}
	signer, err := sdk.AccAddressFromBech32(msg.Signer)
	if err != nil {
		return nil, err
	}
	v.next[msg.SourceClient]++
	packet := channeltypesv2.NewPacket(v.next[msg.SourceClient], msg.SourceClient, pair.ClientId, msg.TimeoutTimestamp, msg.Payloads...)
	v.Sent = append(v.Sent, packet)
	return &channeltypesv2.MsgSendPacketResponse{Sequence: packet.Sequence}, v.OnSend(ctx, signer)
}

// JoinV2 is Join by IBC v2.
func (w *World) JoinV2(chainID string) types.Agreement {
	client := w.IBC.OpenPair(chainID)
	return Agreement(chainID, client, client)
}

// Received is a packet of IBC classic as the keeper that receives it knows it.
func Received(p channeltypes.Packet) keeper.Packet {
	return keeper.Packet{Route: p.DestinationChannel, Sequence: p.Sequence, Data: p.Data}
}

// Sent is a packet of IBC classic as the keeper that sent it knows it.
func Sent(p channeltypes.Packet) keeper.Packet {
	return keeper.Packet{Route: p.SourceChannel, Sequence: p.Sequence, Data: p.Data}
}
