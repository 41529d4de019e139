package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	clienttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/02-client/v2/types"
	connectiontypes "github.com/cosmos/ibc-go/v11/modules/core/03-connection/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Membership is x/consortium as this module needs it.
type Membership interface {
	// RequireActive returns the active member of an account that has the role; ROLE_UNSPECIFIED asks for none.
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortiumtypes.Role) (consortiumtypes.Member, error)
	// ActiveMember is the number of the active member for which an account acts, in whatever role.
	ActiveMember(ctx context.Context, addr sdk.AccAddress) (uint32, error)
}

// Authority names the account that makes and ends agreements.
type Authority interface {
	// Authority is the Bech32 address of the council's account.
	Authority(ctx context.Context) (string, error)
}

// Vouchers are the vouchers of this chain.
type Vouchers interface {
	Voucher(ctx context.Context, number string) (vouchertypes.Voucher, error)
	// VoucherBytes is the store value.
	VoucherBytes(ctx context.Context, number string) ([]byte, error)
	// StatusBytes are the store values of the status and of its latest detail; all nil when nothing stands against the voucher.
	StatusBytes(ctx context.Context, number string) (value, detail []byte, err error)
	// Contest marks a blue voucher because another one tells the same trade; reason is a
	// digest of 32 bytes. One that is marked stays as it is.
	Contest(ctx context.Context, number string, reason []byte) error
	// Uncontest lifts the mark.
	Uncontest(ctx context.Context, number string, reason []byte) error
}

// Settlements are the settlement records of this chain.
type Settlements interface {
	// RecordBytes is the store value.
	RecordBytes(ctx context.Context, id string) ([]byte, error)
}

// ChannelKeeper is ibc-go's 04-channel keeper.
type ChannelKeeper interface {
	PacketSender
	GetChannel(ctx sdk.Context, portID, channelID string) (channeltypes.Channel, bool)
}

// PacketSender sends packets: the channel keeper, or a middleware above this module.
type PacketSender interface {
	SendPacket(ctx sdk.Context, sourcePort, sourceChannel string, timeoutHeight clienttypes.Height, timeoutTimestamp uint64, data []byte) (uint64, error)
}

// PacketSenderV2 is ibc-go's 04-channel/v2 keeper, as it sends. It calls OnSendPacket.
type PacketSenderV2 interface {
	SendPacket(ctx context.Context, msg *channeltypesv2.MsgSendPacket) (*channeltypesv2.MsgSendPacketResponse, error)
}

// ClientPairs is ibc-go's 02-client/v2 keeper.
type ClientPairs interface {
	// GetClientCounterparty is what was registered for a client of ours, once and for all.
	GetClientCounterparty(ctx sdk.Context, clientID string) (clienttypesv2.CounterpartyInfo, bool)
}

// ConnectionKeeper is ibc-go's 03-connection keeper.
type ConnectionKeeper interface {
	GetConnection(ctx sdk.Context, connectionID string) (connectiontypes.ConnectionEnd, bool)
}

// ClientKeeper is ibc-go's 02-client keeper, as it tells of clients.
type ClientKeeper interface {
	ProofKeeper
	GetClientState(ctx sdk.Context, clientID string) (exported.ClientState, bool)
	GetClientStatus(ctx sdk.Context, clientID string) exported.Status
	GetClientLatestHeight(ctx sdk.Context, clientID string) clienttypes.Height
}

// ConsensusStates are what light clients trust.
type ConsensusStates interface {
	// Forget deletes those of a client above a height of its chain that were stored here
	// by a height, except one.
	Forget(ctx sdk.Context, clientID string, above uint64, storedBy int64, except uint64)
}

// ProofKeeper is ibc-go's 02-client keeper, as it judges proofs.
type ProofKeeper interface {
	// GetClientTimestampAtHeight is in Unix nanoseconds.
	GetClientTimestampAtHeight(ctx sdk.Context, clientID string, height exported.Height) (uint64, error)
	VerifyMembership(
		ctx sdk.Context, clientID string, height exported.Height, delayTimePeriod, delayBlockPeriod uint64,
		proof []byte, path exported.Path, value []byte,
	) error
	VerifyNonMembership(
		ctx sdk.Context, clientID string, height exported.Height, delayTimePeriod, delayBlockPeriod uint64,
		proof []byte, path exported.Path,
	) error
}
