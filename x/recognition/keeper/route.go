package keeper

import (
	"context"
	"slices"
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypesv2 "github.com/cosmos/ibc-go/v11/modules/core/04-channel/v2/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Packet is a packet as this module knows it, whichever IBC brought it.
type Packet struct {
	// Route is our end: a channel's id (IBC classic) or a client's (IBC v2).
	Route    string
	Sequence uint64
	Data     []byte
}

// prefixV2 is where every Shugu chain commits to its packets: the store of IBC core.
var prefixV2 = [][]byte{[]byte(exported.StoreKey), {}}

// checkPair checks that an agreement's client is paired with one of the counterparty, and
// that what the counterparty sends is looked for in its store of IBC core: whoever creates
// a client may register another place for it, where anything might stand. It wraps
// ErrChannel.
func (k *Keeper) checkPair(ctx sdk.Context, a types.Agreement) error {
	pair, found := k.Pairs.GetClientCounterparty(ctx, a.ClientId)
	if !found {
		return errorsmod.Wrapf(types.ErrChannel, "%s has no counterparty: whoever created it has to register one (IBC v2)", a.ClientId)
	}
	if !slices.EqualFunc(pair.MerklePrefix, prefixV2, slices.Equal[[]byte]) {
		return errorsmod.Wrapf(types.ErrChannel, "%s: expected the counterparty's packets in store %s, registered as %q, got %q: pair another client",
			a.ClientId, exported.StoreKey, prefixV2, pair.MerklePrefix)
	}
	return nil
}

// send sends a packet by the agreement's route; it times out after some time.
func (k *Keeper) send(ctx sdk.Context, a types.Agreement, timeout time.Duration, data []byte) (uint64, error) {
	if !a.OverClients() {
		until := ctx.BlockTime().Add(timeout)
		return k.sender.SendPacket(ctx, types.PortID, a.ChannelId, clienttypes.ZeroHeight(), uint64(until.UnixNano()), data)
	}
	// IBC v2 counts timeouts in seconds, and allows a day.
	until := ctx.BlockTime().Add(min(timeout, channeltypesv2.MaxTimeoutDelta))
	res, err := k.PacketsV2.SendPacket(ctx.WithValue(sending{}, true), channeltypesv2.NewMsgSendPacket(
		a.ClientId, uint64(until.Unix()), authtypes.NewModuleAddress(types.ModuleName).String(),
		channeltypesv2.NewPayload(types.PortID, types.PortID, types.ChannelVersion, types.Encoding, data),
	))
	if err != nil {
		return 0, err
	}
	return res.Sequence, nil
}

// sending marks the context in which this keeper sends. Nothing outside this package can
// make such a context.
type sending struct{}

// CheckSender refuses every packet from this module's port that this keeper does not send
// itself. Whoever could send one in IBC v2 would tell the counterparty what this chain
// never said. It wraps ErrForeignSend.
func (*Keeper) CheckSender(ctx context.Context, signer sdk.AccAddress) error {
	if ctx.Value(sending{}) == nil {
		return errorsmod.Wrapf(types.ErrForeignSend, "%s: present a voucher instead (shugud recognition present)", signer)
	}
	return nil
}
