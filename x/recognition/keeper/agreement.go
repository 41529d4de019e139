package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// routeOpen says whether packets can travel now: the agreement's channel is open, and its
// client Active.
func (k *Keeper) routeOpen(ctx sdk.Context, a types.Agreement) bool {
	return a.HasRoute() && k.checkRoute(ctx, a) == nil && k.Clients.GetClientStatus(ctx, a.ClientId) == exported.Active
}

// liveAgreement is the agreement with a chain if it holds now. It wraps ErrNoAgreement.
func (k *Keeper) liveAgreement(ctx sdk.Context, chain string) (types.Agreement, error) {
	a, found, err := find(ctx, k.agreements, chain)
	if err != nil {
		return types.Agreement{}, err
	}
	if !found {
		return types.Agreement{}, errorsmod.Wrapf(types.ErrNoAgreement, "with %s: the council has to make one", chain)
	}
	if !a.Live(ctx.BlockTime()) {
		return types.Agreement{}, errorsmod.Wrapf(types.ErrNoAgreement, "with %s: it holds from %d to %d (Unix seconds), ended early: %t", chain, a.BeginsAt, a.EndsAt, a.Ended)
	}
	return a, nil
}

// checkRoute checks what an agreement rests on: the way of its packets, over its client,
// and that this client's latest state is of the agreement's chain, which is not ours. It
// wraps ErrChannel, ErrClient or ErrOwnChain.
func (k *Keeper) checkRoute(ctx sdk.Context, a types.Agreement) error {
	check := k.checkChannel
	if a.OverClients() {
		check = k.checkPair
	}
	if err := check(ctx, a); err != nil {
		return err
	}
	return k.checkClient(ctx, a)
}

// checkChannel checks that an agreement's channel is an open one between the two ports of
// this module, and that its connection uses the agreement's client. It wraps ErrChannel
// or ErrClient.
func (k *Keeper) checkChannel(ctx sdk.Context, a types.Agreement) error {
	channel, found := k.Channels.GetChannel(ctx, types.PortID, a.ChannelId)
	if !found {
		return errorsmod.Wrapf(types.ErrChannel, "no %s on port %s", a.ChannelId, types.PortID)
	}
	if channel.State != channeltypes.OPEN {
		return errorsmod.Wrapf(types.ErrChannel, "%s: expected state OPEN, got %s", a.ChannelId, channel.State)
	}
	if err := checkChannelEnds(channel.Ordering, types.PortID, channel.Counterparty.PortId, channel.Version); err != nil {
		return errorsmod.Wrapf(types.ErrChannel, "%s: %s", a.ChannelId, err)
	}
	if len(channel.ConnectionHops) != 1 {
		return errorsmod.Wrapf(types.ErrChannel, "%s: expected one connection, got %d", a.ChannelId, len(channel.ConnectionHops))
	}
	connection, found := k.Connections.GetConnection(ctx, channel.ConnectionHops[0])
	if !found || connection.ClientId != a.ClientId {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected a connection over %s, got %q", a.ChannelId, a.ClientId, connection.ClientId)
	}
	// Whoever opens a connection says where the counterparty's packets are looked for.
	if prefix := connection.Counterparty.Prefix.KeyPrefix; string(prefix) != exported.StoreKey {
		return errorsmod.Wrapf(types.ErrChannel, "%s: expected the counterparty's packets in store %s, its connection names %.64q: open another connection",
			a.ChannelId, exported.StoreKey, prefix)
	}
	return nil
}

// checkClient checks that the agreement's client is one of its chain, which is not ours,
// and that it reads proofs as Shugu chains make them. It wraps ErrClient or ErrOwnChain.
func (k *Keeper) checkClient(ctx sdk.Context, a types.Agreement) error {
	state, found := k.Clients.GetClientState(ctx, a.ClientId)
	if !found {
		return errorsmod.Wrapf(types.ErrClient, "no client %s", a.ClientId)
	}
	tendermint, ok := state.(*ibctm.ClientState)
	if !ok {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected a 07-tendermint client, got %s", a.ClientId, state.ClientType())
	}
	if tendermint.ChainId == ctx.ChainID() {
		return errorsmod.Wrapf(types.ErrOwnChain, "%s is a client of this chain", a.ClientId)
	}
	if tendermint.ChainId != a.ChainId {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected a client of %s, got one of %s", a.ClientId, a.ChainId, tendermint.ChainId)
	}
	if !types.StandardSpecs(tendermint.ProofSpecs) {
		return errorsmod.Wrapf(types.ErrClient, "%s: expected the proof specifications of an IAVL store in a Tendermint tree, got others: create another client", a.ClientId)
	}
	return nil
}

// checkAuthority checks that the signer is the authority. It wraps ErrUnauthorized.
func (k *Keeper) checkAuthority(ctx context.Context, signer string) error {
	authority, err := k.Authority.Authority(ctx)
	if err != nil {
		return err
	}
	want, err := k.Address.StringToBytes(authority)
	if err != nil {
		return err
	}
	got, err := k.Address.StringToBytes(signer)
	if err != nil {
		return errorsmod.Wrapf(types.ErrUnauthorized, "signer: %s", err)
	}
	if !sdk.AccAddress(want).Equals(sdk.AccAddress(got)) {
		return errorsmod.Wrapf(types.ErrUnauthorized, "expected %s, got %s", authority, signer)
	}
	return nil
}
