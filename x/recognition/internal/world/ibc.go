package world

import (
	"bytes"
	"fmt"
	"time"

	ics23 "github.com/cosmos/ics23/go"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	commitmenttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types/v2"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// IBC is the core of one chain: clients, connections, channels, and the packets that
// were sent and not yet answered.
type IBC struct {
	Clients     map[string]*ibctm.ClientState
	Status      map[string]exported.Status
	Connections map[string]connectiontypes.ConnectionEnd
	Channels    map[string]channeltypes.Channel
	// Sent holds every packet in the order of sending.
	Sent []channeltypes.Packet
	// Panic makes sending panic.
	Panic bool
	// Height and Time are the latest that every client knows; Time in Unix seconds.
	Height uint64
	Time   int64
	// States are what a client can see proven: the values of its chain by store and key.
	States map[string]map[string][]byte
	// V2 is IBC v2 over the same clients.
	V2 *V2

	next map[string]uint64
}

// NewIBC makes an empty core.
func NewIBC() *IBC {
	i := &IBC{
		Clients: map[string]*ibctm.ClientState{}, Status: map[string]exported.Status{},
		Connections: map[string]connectiontypes.ConnectionEnd{}, Channels: map[string]channeltypes.Channel{},
		next: map[string]uint64{}, Height: 100, Time: fixture.Start.Unix(), States: map[string]map[string][]byte{},
	}
	i.V2 = newV2(i)
	return i
}

// Open opens a client, a connection and a channel to a chain. The far end has the same names.
func (i *IBC) Open(chainID string) (client, channel string) {
	n := len(i.Clients)
	client, channel = fmt.Sprintf("07-tendermint-%d", n), fmt.Sprintf("channel-%d", n)
	connection := fmt.Sprintf("connection-%d", n)
	i.Clients[client] = &ibctm.ClientState{ChainId: chainID, ProofSpecs: commitmenttypes.GetSDKSpecs()}
	i.Status[client] = exported.Active
	i.Connections[connection] = connectiontypes.ConnectionEnd{
		ClientId: client, State: connectiontypes.OPEN,
		Counterparty: connectiontypes.Counterparty{Prefix: commitmenttypes.NewMerklePrefix([]byte(exported.StoreKey))},
	}
	i.Channels[channel] = channeltypes.Channel{
		State: channeltypes.OPEN, Ordering: channeltypes.UNORDERED, Version: types.ChannelVersion,
		Counterparty:   channeltypes.Counterparty{PortId: types.PortID, ChannelId: channel},
		ConnectionHops: []string{connection},
	}
	return client, channel
}

// Change changes a channel.
func (i *IBC) Change(channel string, change func(*channeltypes.Channel)) {
	c := i.Channels[channel]
	change(&c)
	i.Channels[channel] = c
}

// GetChannel implements types.ChannelKeeper.
func (i *IBC) GetChannel(_ sdk.Context, portID, channelID string) (channeltypes.Channel, bool) {
	if portID != types.PortID {
		return channeltypes.Channel{}, false
	}
	c, ok := i.Channels[channelID]
	return c, ok
}

// GetConnection implements types.ConnectionKeeper.
func (i *IBC) GetConnection(_ sdk.Context, connectionID string) (connectiontypes.ConnectionEnd, bool) {
	c, ok := i.Connections[connectionID]
	return c, ok
}

// GetClientState implements types.ClientKeeper.
func (i *IBC) GetClientState(_ sdk.Context, clientID string) (exported.ClientState, bool) {
	c, ok := i.Clients[clientID]
	if !ok {
		return nil, false
	}
	return c, true
}

// GetClientStatus implements types.ClientKeeper.
func (i *IBC) GetClientStatus(_ sdk.Context, clientID string) exported.Status {
	return i.Status[clientID]
}

// GetClientLatestHeight implements types.ClientKeeper.
func (i *IBC) GetClientLatestHeight(sdk.Context, string) clienttypes.Height {
	return clienttypes.NewHeight(1, i.Height)
}

// GetClientTimestampAtHeight implements types.ProofKeeper.
func (i *IBC) GetClientTimestampAtHeight(_ sdk.Context, clientID string, height exported.Height) (uint64, error) {
	if height.GetRevisionHeight() != i.Height {
		return 0, errorsmod.Wrap(clienttypes.ErrConsensusStateNotFound, clientID)
	}
	return uint64(time.Unix(i.Time, 0).UnixNano()), nil
}

// Forget implements types.ConsensusStates: a client that trusts nothing any more is Expired.
func (i *IBC) Forget(_ sdk.Context, clientID string, above uint64, _ int64, except uint64) {
	if i.Height > above && i.Height != except && i.Status[clientID] == exported.Active {
		i.Status[clientID] = exported.Expired
	}
}

// Proof is the one that shows what stands somewhere; any other shows nothing.
var Proof = must((&commitmenttypes.MerkleProof{Proofs: []*ics23.CommitmentProof{exists, exists}}).Marshal())

var exists = &ics23.CommitmentProof{Proof: &ics23.CommitmentProof_Exist{Exist: &ics23.ExistenceProof{Key: []byte("here"), Value: []byte("it is")}}}

// Absence is the one that shows that nothing stands under a key.
func Absence(key []byte) []byte {
	absent := &ics23.NonExistenceProof{Key: key, Left: exists.GetExist(), Right: exists.GetExist()}
	return must((&commitmenttypes.MerkleProof{Proofs: []*ics23.CommitmentProof{{Proof: &ics23.CommitmentProof_Nonexist{Nonexist: absent}}, exists}}).Marshal())
}

// Show makes a client see a value in a store of its chain.
func (i *IBC) Show(clientID, store string, key, value []byte) {
	if i.States[clientID] == nil {
		i.States[clientID] = map[string][]byte{}
	}
	i.States[clientID][store+string(key)] = value
}

// VerifyMembership implements types.ProofKeeper.
func (i *IBC) VerifyMembership(
	ctx sdk.Context, clientID string, height exported.Height, _, _ uint64, proof []byte, path exported.Path, value []byte,
) error {
	seen, err := i.look(ctx, clientID, height, path)
	if err == nil && (!bytes.Equal(proof, Proof) || !bytes.Equal(seen, value)) {
		err = commitmenttypes.ErrInvalidProof
	}
	return err
}

// VerifyNonMembership implements types.ProofKeeper.
func (i *IBC) VerifyNonMembership(
	ctx sdk.Context, clientID string, height exported.Height, _, _ uint64, proof []byte, path exported.Path,
) error {
	seen, err := i.look(ctx, clientID, height, path)
	if err == nil && (!bytes.Equal(proof, Absence(keysOf(path)[1])) || seen != nil) {
		err = commitmenttypes.ErrInvalidProof
	}
	return err
}

func (i *IBC) look(ctx sdk.Context, clientID string, height exported.Height, path exported.Path) ([]byte, error) {
	if _, err := i.GetClientTimestampAtHeight(ctx, clientID, height); err != nil {
		return nil, err
	}
	keys := keysOf(path)
	if len(keys) != 2 {
		return nil, commitmenttypes.ErrInvalidProof
	}
	return i.States[clientID][string(keys[0])+string(keys[1])], nil
}

func keysOf(path exported.Path) [][]byte { return path.(commitmenttypesv2.MerklePath).KeyPath }

// SendPacket implements types.PacketSender with the checks of ibc-go's channel keeper.
func (i *IBC) SendPacket(
	ctx sdk.Context, port, channelID string, height clienttypes.Height, timestamp uint64, data []byte,
) (uint64, error) {
	if i.Panic {
		panic("no packet today")
	}
	channel, ok := i.GetChannel(ctx, port, channelID)
	if !ok || channel.State != channeltypes.OPEN {
		return 0, errorsmod.Wrap(channeltypes.ErrInvalidChannelState, channelID)
	}
	if client := i.Connections[channel.ConnectionHops[0]].ClientId; i.Status[client] != exported.Active {
		return 0, errorsmod.Wrap(clienttypes.ErrClientNotActive, client)
	}
	packet := channeltypes.NewPacket(data, i.next[channelID]+1, port, channelID, channel.Counterparty.PortId, channel.Counterparty.ChannelId, height, timestamp)
	if err := packet.ValidateBasic(); err != nil {
		return 0, err
	}
	if timestamp <= uint64(ctx.BlockTime().UnixNano()) {
		return 0, errorsmod.Wrap(channeltypes.ErrTimeoutElapsed, time.Unix(0, int64(timestamp)).String())
	}
	i.next[channelID]++
	i.Sent = append(i.Sent, packet)
	return packet.Sequence, nil
}

// ForgetPackets forgets every packet, so that sequences begin with 1 again.
func (i *IBC) ForgetPackets() { i.Sent, i.next = nil, map[string]uint64{} }

// Last is the packet that was sent last.
func (i *IBC) Last() channeltypes.Packet { return i.Sent[len(i.Sent)-1] }

// Incoming makes the packet that block 1 of a counterparty sends with these records.
func Incoming(channel string, sequence uint64, records ...types.PacketRecord) channeltypes.Packet {
	data, err := (&types.PacketData{Version: types.PacketVersion, Records: records, Height: 1, Time: fixture.Start.Unix()}).Marshal()
	if err != nil {
		panic(err)
	}
	return IncomingData(channel, sequence, data)
}

// IncomingData is Incoming with any bytes.
func IncomingData(channel string, sequence uint64, data []byte) channeltypes.Packet {
	return channeltypes.NewPacket(data, sequence, types.PortID, channel, types.PortID, channel, clienttypes.ZeroHeight(), 1)
}
