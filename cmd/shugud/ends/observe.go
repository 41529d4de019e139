package ends

import (
	"context"
	"fmt"
	"strings"

	ctypes "github.com/cometbft/cometbft/rpc/core/types"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// Node is what is asked of a node's RPC.
type Node interface {
	Status(ctx context.Context) (*ctypes.ResultStatus, error)
	Header(ctx context.Context, height *int64) (*ctypes.ResultHeader, error)
}

// Observer asks one chain.
type Observer struct {
	Node        Node
	Recognition recognition.QueryClient
	Clients     clienttypes.QueryClient
	Channels    channeltypes.QueryClient
	Registry    codectypes.InterfaceRegistry
	// List is how many refused records and vouchers are listed; all are counted.
	List int
}

// Observe looks at the chain's side towards one counterparty, or towards all when only is empty.
func (o Observer) Observe(ctx context.Context, only string) (*Snapshot, error) {
	status, err := o.Node.Status(ctx)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{ChainID: status.NodeInfo.Network, Height: status.SyncInfo.LatestBlockHeight, Time: status.SyncInfo.LatestBlockTime}
	chains := []string{only}
	if only == "" {
		if chains, err = o.counterparties(ctx); err != nil {
			return nil, err
		}
	}
	for _, chain := range chains {
		side, err := o.side(ctx, chain)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", chain, err)
		}
		s.Sides = append(s.Sides, *side)
	}
	return s, nil
}

func (o Observer) counterparties(ctx context.Context) ([]string, error) {
	res, err := o.Recognition.Agreements(ctx, &recognition.QueryAgreementsRequest{Pagination: &query.PageRequest{Limit: recognition.MaxAgreements}})
	if err != nil {
		return nil, err
	}
	var chains []string
	for _, a := range res.Agreements {
		if err := recognition.CheckChainID("the node's list of agreements", a.ChainId); err != nil {
			return nil, err
		}
		chains = append(chains, a.ChainId)
	}
	return chains, nil
}

func (o Observer) side(ctx context.Context, chain string) (*Side, error) {
	res, err := o.Recognition.Agreement(ctx, &recognition.QueryAgreementRequest{ChainId: chain})
	if err != nil {
		return nil, err
	}
	if err := checkSide(res, chain); err != nil {
		return nil, fmt.Errorf("the node's answer: %w", err)
	}
	side := &Side{Agreement: res.Agreement, Live: res.Live, Told: res.Told, Doubt: res.Doubt, Client: Client{Status: res.ClientStatus}}
	if err := o.client(ctx, res.Agreement.ClientId, &side.Client); err != nil {
		return nil, err
	}
	if side.Route, err = o.route(ctx, res.Agreement); err != nil {
		return nil, err
	}
	if side.Ours, err = o.ours(ctx, chain); err != nil {
		return nil, err
	}
	side.Theirs, err = o.theirs(ctx, chain)
	return side, err
}

// checkSide refuses what no chain answers. Nodes are of other operators too: none may stop
// who watches it, or write lines of its own into what is printed.
func checkSide(res *recognition.QueryAgreementResponse, chain string) error {
	if res.Agreement.ChainId != chain {
		return fmt.Errorf("expected the agreement with %s, got one with %.60q", chain, res.Agreement.ChainId)
	}
	if err := res.Agreement.Validate(); err != nil {
		return fmt.Errorf("expected an agreement as chains keep it: %q", err.Error())
	}
	if strings.ContainsFunc(res.ClientStatus, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }) {
		return fmt.Errorf("expected the status of a light client in letters, got %.60q", res.ClientStatus)
	}
	return nil
}

// client fills in when the client was last updated and for how long it trusts. Of one that
// the chain does not have, or that has pruned all it trusted, nothing is known.
func (o Observer) client(ctx context.Context, id string, out *Client) error {
	switch out.Status {
	case exported.Active.String(), exported.Expired.String(), exported.Frozen.String():
	default:
		return nil
	}
	res, err := o.Clients.ClientState(ctx, &clienttypes.QueryClientStateRequest{ClientId: id})
	if err != nil {
		return err
	}
	var state exported.ClientState
	if err := o.Registry.UnpackAny(res.ClientState, &state); err != nil {
		return err
	}
	tendermint, ok := state.(*ibctm.ClientState)
	if !ok {
		return nil
	}
	out.Latest, out.TrustingPeriod = tendermint.LatestHeight, tendermint.TrustingPeriod
	latest, err := o.Clients.ConsensusState(ctx, &clienttypes.QueryConsensusStateRequest{ClientId: id, LatestHeight: true})
	if err != nil {
		if strings.Contains(err.Error(), clienttypes.ErrConsensusStateNotFound.Error()) {
			return nil // the latest state of an expired client may be pruned
		}
		return err
	}
	var consensus exported.ConsensusState
	if err := o.Registry.UnpackAny(latest.ConsensusState, &consensus); err != nil {
		return err
	}
	if own, ok := consensus.(*ibctm.ConsensusState); ok {
		out.Told = own.Timestamp
	}
	return nil
}

func (o Observer) route(ctx context.Context, a recognition.Agreement) (Route, error) {
	switch {
	case !a.HasRoute():
		return Route{State: RouteNone}, nil
	case a.ChannelId == a.ClientId: // IBC v2 has no channel: the client is the way
		return Route{State: RouteOpen}, nil
	}
	res, err := o.Channels.Channel(ctx, &channeltypes.QueryChannelRequest{PortId: recognition.PortID, ChannelId: a.ChannelId})
	if err != nil {
		if strings.Contains(err.Error(), channeltypes.ErrChannelNotFound.Error()) {
			return Route{State: RouteMissing}, nil
		}
		return Route{}, err
	}
	if res.Channel == nil {
		return Route{}, fmt.Errorf("the node's answer: expected channel %s, got none", a.ChannelId)
	}
	return Route{State: res.Channel.State.String(), Far: res.Channel.Counterparty.ChannelId}, nil
}
