package clientcheck

import (
	"context"
	"fmt"
	"slices"

	rpchttp "github.com/cometbft/cometbft/rpc/client/http"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
)

// rpcTimeout bounds each request to a node, in seconds.
const rpcTimeout = 30

// mostHeights is how many trusted heights are asked for at once; a client that
// is updated often prunes what it no longer trusts.
const mostHeights = 100_000

// rpcNode is a node by its RPC address.
type rpcNode struct {
	address string
	client  *rpchttp.HTTP
}

// Dial makes a node of an RPC address like "tcp://127.0.0.1:26657".
func Dial(address string) (Node, error) {
	client, err := rpchttp.NewWithTimeout(address, "/websocket", rpcTimeout)
	if err != nil {
		return nil, fmt.Errorf("expected a node's address like tcp://localhost:26657, got %q: %w", address, err)
	}
	return rpcNode{address, client}, nil
}

// Address implements Node.
func (n rpcNode) Address() string { return n.address }

// Header implements Node. The commit must be of the very header.
func (n rpcNode) Header(ctx context.Context, height int64) (Header, error) {
	res, err := n.client.Commit(ctx, &height)
	if err != nil {
		return Header{}, err
	}
	h := res.Header
	if err := res.SignedHeader.ValidateBasic(h.ChainID); err != nil {
		return Header{}, fmt.Errorf("its header and commit do not go together: %w", err)
	}
	return Header{ChainID: h.ChainID, Height: h.Height, Time: h.Time, AppHash: h.AppHash, NextValidatorsHash: h.NextValidatorsHash}, nil
}

// Ask reads what a client on our chain trusts: its state and its latest
// consensus states, at most so many.
func Ask(ctx context.Context, clients clienttypes.QueryClient, registry codectypes.InterfaceRegistry, id string, most int) (Trusted, error) {
	trusted := Trusted{ClientID: id}
	status, err := clients.ClientStatus(ctx, &clienttypes.QueryClientStatusRequest{ClientId: id})
	if err != nil {
		return trusted, err
	}
	trusted.Status = status.Status
	state, err := clients.ClientState(ctx, &clienttypes.QueryClientStateRequest{ClientId: id})
	if err != nil {
		return trusted, err
	}
	var client exported.ClientState
	if err := registry.UnpackAny(state.ClientState, &client); err != nil {
		return trusted, err
	}
	tendermint, ok := client.(*ibctm.ClientState)
	if !ok {
		return trusted, fmt.Errorf("%s: expected a 07-tendermint client, got %s", id, client.ClientType())
	}
	trusted.Client = tendermint
	heights, err := clients.ConsensusStateHeights(ctx, &clienttypes.QueryConsensusStateHeightsRequest{
		ClientId: id, Pagination: &query.PageRequest{Limit: mostHeights},
	})
	if err != nil {
		return trusted, err
	}
	latest := heights.ConsensusStateHeights
	slices.SortFunc(latest, func(a, b clienttypes.Height) int { return int(b.Compare(a)) })
	for _, height := range latest[:min(len(latest), most)] {
		res, err := clients.ConsensusState(ctx, &clienttypes.QueryConsensusStateRequest{
			ClientId: id, RevisionNumber: height.RevisionNumber, RevisionHeight: height.RevisionHeight,
		})
		if err != nil {
			return trusted, err
		}
		var consensus exported.ConsensusState
		if err := registry.UnpackAny(res.ConsensusState, &consensus); err != nil {
			return trusted, err
		}
		own, ok := consensus.(*ibctm.ConsensusState)
		if !ok {
			return trusted, fmt.Errorf("%s at %s: expected a 07-tendermint state, got %s", id, height, consensus.ClientType())
		}
		trusted.States = append(trusted.States, State{Height: height, Consensus: own})
	}
	return trusted, nil
}
