package ends

import (
	"context"
	"fmt"
	"strings"
	"time"

	ctypes "github.com/cometbft/cometbft/rpc/core/types"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// perPage is how many records are asked for at once.
const perPage = 500

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
		chains = append(chains, a.ChainId)
	}
	return chains, nil
}

func (o Observer) side(ctx context.Context, chain string) (*Side, error) {
	res, err := o.Recognition.Agreement(ctx, &recognition.QueryAgreementRequest{ChainId: chain})
	if err != nil {
		return nil, err
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

// client fills in when the client was last updated and for how long it trusts. Of one that
// the chain does not have, or that has pruned all it trusted, nothing is known.
func (o Observer) client(ctx context.Context, id string, out *Client) error {
	if out.Status == exported.Unknown.String() {
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
		return nil //nolint:nilerr // the latest state of an expired client may be pruned
	}
	var consensus exported.ConsensusState
	if err := o.Registry.UnpackAny(latest.ConsensusState, &consensus); err != nil {
		return err
	}
	out.Told = time.Unix(0, int64(consensus.GetTimestamp()))
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
	return Route{State: res.Channel.State.String(), Far: res.Channel.Counterparty.ChannelId}, nil
}

// ours counts the outbox. Work grows with it, page by page.
func (o Observer) ours(ctx context.Context, chain string) (Ours, error) {
	out := Ours{Count: map[recognition.OutboxStatus]int{}}
	var pending, queued *recognition.OutboxEntry
	err := pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.Outbox(ctx, &recognition.QueryOutboxRequest{ChainId: chain, Pagination: page})
		if err != nil {
			return nil, err
		}
		for i := range res.Entries {
			e := res.Entries[i]
			out.Count[e.Status]++
			switch e.Status {
			case recognition.OUTBOX_STATUS_PENDING:
				pending = older(pending, &e)
			case recognition.OUTBOX_STATUS_QUEUED:
				queued = older(queued, &e)
			case recognition.OUTBOX_STATUS_REFUSED, recognition.OUTBOX_STATUS_SET_ASIDE:
				if len(out.Refused) < o.List {
					out.Refused = append(out.Refused, e)
				}
			}
		}
		return res.Pagination, nil
	})
	if err != nil {
		return out, err
	}
	res, err := o.Recognition.Queue(ctx, &recognition.QueryQueueRequest{ChainId: chain, Pagination: &query.PageRequest{Limit: 1}})
	if err != nil {
		return out, err
	}
	out.Backoff = res.Backoff
	if out.OldestPending, err = o.waiting(ctx, pending); err != nil {
		return out, err
	}
	out.OldestQueued, err = o.waiting(ctx, queued)
	return out, err
}

func older(a, b *recognition.OutboxEntry) *recognition.OutboxEntry {
	if a != nil && a.Height <= b.Height {
		return a
	}
	return b
}

// waiting finds the time of the block that an entry waits since; the zero time when the
// node has pruned that block.
func (o Observer) waiting(ctx context.Context, e *recognition.OutboxEntry) (*Waiting, error) {
	if e == nil {
		return nil, nil
	}
	height := max(e.Height, 1) // 0 is genesis
	res, err := o.Node.Header(ctx, &height)
	if err != nil {
		return nil, fmt.Errorf("header %d: %w", height, err)
	}
	if res.Header == nil {
		return &Waiting{Entry: *e}, nil
	}
	return &Waiting{*e, res.Header.Time}, nil
}

func (o Observer) theirs(ctx context.Context, chain string) (Theirs, error) {
	var out Theirs
	var numbers []string
	err := pages(func(page *query.PageRequest) (*query.PageResponse, error) {
		res, err := o.Recognition.RecognisedList(ctx, &recognition.QueryRecognisedListRequest{ChainId: chain, Pagination: page})
		if err != nil {
			return nil, err
		}
		for _, r := range res.Recognised {
			if at := time.Unix(r.Evidence.Time, 0); at.After(out.Latest) {
				out.Latest = at
			}
			if r.Kind != recognition.RECORD_KIND_VOUCHER {
				out.Settlements++
				continue
			}
			out.Vouchers++
			if r.Evidence.ByProof() {
				out.ByProof++
			}
			if len(numbers) < o.List {
				numbers = append(numbers, r.Id)
			}
		}
		return res.Pagination, nil
	})
	if err != nil {
		return out, err
	}
	for _, number := range numbers {
		res, err := o.Recognition.Standing(ctx, &recognition.QueryStandingRequest{Number: number})
		if err != nil {
			return out, err
		}
		for _, s := range res.Standings {
			if s.ChainId == chain {
				out.Standings = append(out.Standings, s)
			}
		}
	}
	return out, nil
}

// pages asks for one page after the other.
func pages(ask func(page *query.PageRequest) (*query.PageResponse, error)) error {
	page := &query.PageRequest{Limit: perPage}
	for {
		res, err := ask(page)
		if err != nil || res == nil || len(res.NextKey) == 0 {
			return err
		}
		page = &query.PageRequest{Limit: perPage, Key: res.NextKey}
	}
}
