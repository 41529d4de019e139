package ends_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cometbft/cometbft/p2p"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	channeltypes "github.com/cosmos/ibc-go/v11/modules/core/04-channel/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/ends"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// chain answers as a node does; fields spoil single answers.
type chain struct {
	recognition.QueryClient
	agreement    recognition.Agreement
	outbox       []recognition.OutboxEntry
	theirs       []recognition.Recognised
	asked        int
	pruned       bool
	noChannel    bool
	emptyChannel bool
	noState      bool
	status       string
}

func (c *chain) Status(context.Context) (*ctypes.ResultStatus, error) {
	return &ctypes.ResultStatus{NodeInfo: p2p.DefaultNodeInfo{Network: shanghai}, SyncInfo: ctypes.SyncInfo{LatestBlockHeight: 131, LatestBlockTime: noon}}, nil
}

func (c *chain) Header(_ context.Context, height *int64) (*ctypes.ResultHeader, error) {
	if c.pruned {
		return nil, fmt.Errorf("height %d is not available, lowest height is 130", *height)
	}
	return &ctypes.ResultHeader{Header: &cmttypes.Header{Height: *height, Time: noon.Add(time.Duration(*height-131) * time.Second)}}, nil
}

func (c *chain) Agreements(context.Context, *recognition.QueryAgreementsRequest, ...grpc.CallOption) (*recognition.QueryAgreementsResponse, error) {
	return &recognition.QueryAgreementsResponse{Agreements: []recognition.Agreement{c.agreement}}, nil
}

func (c *chain) Agreement(_ context.Context, req *recognition.QueryAgreementRequest, _ ...grpc.CallOption) (*recognition.QueryAgreementResponse, error) {
	if req.ChainId != c.agreement.ChainId {
		return nil, errors.New("not found")
	}
	return &recognition.QueryAgreementResponse{Agreement: c.agreement, Live: true, ClientStatus: c.status}, nil
}

// Outbox answers two a page.
func (c *chain) Outbox(_ context.Context, req *recognition.QueryOutboxRequest, _ ...grpc.CallOption) (*recognition.QueryOutboxResponse, error) {
	from, next := place(req.Pagination, len(c.outbox))
	return &recognition.QueryOutboxResponse{Entries: c.outbox[from:min(from+2, len(c.outbox))], Pagination: next}, nil
}

func (c *chain) Queue(context.Context, *recognition.QueryQueueRequest, ...grpc.CallOption) (*recognition.QueryQueueResponse, error) {
	return &recognition.QueryQueueResponse{Backoff: &recognition.Backoff{Failures: 2}}, nil
}

func (c *chain) RecognisedList(_ context.Context, req *recognition.QueryRecognisedListRequest, _ ...grpc.CallOption) (*recognition.QueryRecognisedListResponse, error) {
	from, next := place(req.Pagination, len(c.theirs))
	return &recognition.QueryRecognisedListResponse{Recognised: c.theirs[from:min(from+2, len(c.theirs))], Pagination: next}, nil
}

func (c *chain) Standing(_ context.Context, req *recognition.QueryStandingRequest, _ ...grpc.CallOption) (*recognition.QueryStandingResponse, error) {
	c.asked++
	of := func(chain string) recognition.Standing {
		return recognition.Standing{ChainId: chain, Usable: true, Voucher: &recognition.Recognised{Id: req.Number}}
	}
	return &recognition.QueryStandingResponse{Standings: []recognition.Standing{of("another-1"), of(hangzhou)}}, nil
}

func place(page *query.PageRequest, total int) (from int, next *query.PageResponse) {
	if len(page.Key) > 0 {
		from = int(page.Key[0])
	}
	next = &query.PageResponse{}
	if from+2 < total {
		next.NextKey = []byte{byte(from + 2)}
	}
	return from, next
}

// clients answers for light clients.
type clients struct {
	clienttypes.QueryClient
	*chain
}

func (c clients) ClientState(context.Context, *clienttypes.QueryClientStateRequest, ...grpc.CallOption) (*clienttypes.QueryClientStateResponse, error) {
	packed, err := clienttypes.PackClientState(&ibctm.ClientState{ChainId: hangzhou, LatestHeight: clienttypes.NewHeight(1, 77), TrustingPeriod: time.Hour})
	return &clienttypes.QueryClientStateResponse{ClientState: packed}, err
}

func (c clients) ConsensusState(context.Context, *clienttypes.QueryConsensusStateRequest, ...grpc.CallOption) (*clienttypes.QueryConsensusStateResponse, error) {
	if c.noState {
		return nil, fmt.Errorf("rpc error: %w", clienttypes.ErrConsensusStateNotFound)
	}
	packed, err := clienttypes.PackConsensusState(ibctm.NewConsensusState(noon.Add(-time.Minute), commitmenttypes.NewMerkleRoot([]byte{1}), make([]byte, 32)))
	return &clienttypes.QueryConsensusStateResponse{ConsensusState: packed}, err
}

type channels struct {
	channeltypes.QueryClient
	*chain
}

func (c channels) Channel(context.Context, *channeltypes.QueryChannelRequest, ...grpc.CallOption) (*channeltypes.QueryChannelResponse, error) {
	if c.noChannel {
		return nil, fmt.Errorf("rpc error: port-id: recognition: %w", channeltypes.ErrChannelNotFound)
	}
	if c.emptyChannel {
		return &channeltypes.QueryChannelResponse{}, nil
	}
	return &channeltypes.QueryChannelResponse{Channel: &channeltypes.Channel{State: channeltypes.OPEN, Counterparty: channeltypes.Counterparty{ChannelId: "channel-0"}}}, nil
}

func newChain() *chain {
	entry := func(status recognition.OutboxStatus, height int64) recognition.OutboxEntry {
		return recognition.OutboxEntry{Status: status, Height: height, Kind: recognition.RECORD_KIND_VOUCHER, Id: fmt.Sprint(height)}
	}
	c := &chain{agreement: agreement(hangzhou, "channel-3"), status: "Active", outbox: []recognition.OutboxEntry{
		entry(recognition.OUTBOX_STATUS_PENDING, 90), entry(recognition.OUTBOX_STATUS_PENDING, 71), entry(recognition.OUTBOX_STATUS_QUEUED, 120),
		entry(recognition.OUTBOX_STATUS_REFUSED, 5), entry(recognition.OUTBOX_STATUS_SET_ASIDE, 6), entry(recognition.OUTBOX_STATUS_REFUSED, 7), entry(recognition.OUTBOX_STATUS_RECOGNISED, 8),
		entry(recognition.OUTBOX_STATUS_RECOGNISED, 30), entry(recognition.OUTBOX_STATUS_TIMED_OUT, 20),
	}}
	packet := byProof(60, 100)
	packet.ChannelId, packet.Sequence, packet.Time = "channel-3", 1, noon.Unix()-10
	for i := range uint32(5) {
		r := recognition.Recognised{ChainId: hangzhou, Kind: recognition.RECORD_KIND_VOUCHER, Id: voucher.Number("3301", "261123", 123, i+1), Evidence: byProof(55, 90)}
		if i == 4 {
			r.Evidence = packet
		}
		c.theirs = append(c.theirs, r)
	}
	c.theirs = append(c.theirs, recognition.Recognised{Kind: recognition.RECORD_KIND_SETTLEMENT, Evidence: byProof(55, 90)})
	return c
}

func (c *chain) observer() ends.Observer {
	registry := codectypes.NewInterfaceRegistry()
	clienttypes.RegisterInterfaces(registry)
	ibctm.RegisterInterfaces(registry)
	return ends.Observer{Node: c, Recognition: c, Clients: clients{chain: c}, Channels: channels{chain: c}, Registry: registry, List: 2}
}

func TestObserveCountsAllPages(t *testing.T) {
	c := newChain()
	s, err := c.observer().Observe(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, shanghai, s.ChainID)
	side := s.Side(hangzhou)
	require.NotNil(t, side)
	require.Nil(t, s.Side("another-1"))
	require.Equal(t, map[recognition.OutboxStatus]int{
		recognition.OUTBOX_STATUS_PENDING: 2, recognition.OUTBOX_STATUS_QUEUED: 1, recognition.OUTBOX_STATUS_REFUSED: 2,
		recognition.OUTBOX_STATUS_SET_ASIDE: 1, recognition.OUTBOX_STATUS_RECOGNISED: 2, recognition.OUTBOX_STATUS_TIMED_OUT: 1,
	}, side.Ours.Count)
	require.Equal(t, "71", side.Ours.OldestPending.Entry.Id)
	require.Equal(t, noon.Add(-time.Minute), side.Ours.OldestPending.Since)
	require.EqualValues(t, 120, side.Ours.OldestQueued.Entry.Height)
	require.Len(t, side.Ours.Vouchers, 2, "the latest")
	for i, height := range []int64{30, 20} {
		require.Equal(t, height, side.Ours.Vouchers[i].Entry.Height)
		require.False(t, side.Ours.Vouchers[i].Since.IsZero())
	}
	require.Len(t, side.Ours.Refused, 2, "as many as are to be listed")
	require.EqualValues(t, 2, side.Ours.Backoff.Failures)
	require.Equal(t, ends.Route{State: ends.RouteOpen, Far: "channel-0"}, side.Route)
	require.Equal(t, noon.Add(59*time.Minute), side.Client.Expires().UTC())
	require.EqualValues(t, 77, side.Client.Latest.RevisionHeight)
	require.Equal(t, 5, side.Theirs.Vouchers)
	require.Equal(t, 4, side.Theirs.ByProof)
	require.Equal(t, 1, side.Theirs.Settlements)
	require.Equal(t, noon.Unix()-10, side.Theirs.Latest.Unix())
	require.Equal(t, 2, c.asked)
	for _, s := range side.Theirs.Standings {
		require.Equal(t, hangzhou, s.ChainId, "another chain's standing under the number is not theirs")
	}
}

func TestObserveOfWhatIsNotThere(t *testing.T) {
	c := newChain()
	c.pruned, c.noChannel, c.noState = true, true, true
	s, err := c.observer().Observe(t.Context(), hangzhou)
	require.NoError(t, err)
	side := s.Sides[0]
	require.Equal(t, ends.RouteMissing, side.Route.State)
	require.True(t, side.Client.Expires().IsZero())
	require.True(t, side.Ours.OldestPending.Since.IsZero())

	c.status, c.agreement.ChannelId = "Unknown", ""
	s, err = c.observer().Observe(t.Context(), hangzhou)
	require.NoError(t, err)
	require.Equal(t, ends.RouteNone, s.Sides[0].Route.State)
	c.agreement.ChannelId = c.agreement.ClientId
	s, err = c.observer().Observe(t.Context(), hangzhou)
	require.NoError(t, err)
	require.Equal(t, ends.RouteOpen, s.Sides[0].Route.State, "IBC v2 has no channel")

	_, err = c.observer().Observe(t.Context(), "another-1")
	require.ErrorContains(t, err, "another-1: not found")
}

// A node of another operator may answer anything: it must not stop whoever watches it, nor
// write lines of its own into what is printed.
func TestObserveRefusesAnswersThatAChainWouldNotGive(t *testing.T) {
	for name, spoil := range map[string]func(*chain){
		"a chain id that is no UTF-8":  func(c *chain) { c.agreement.ChainId = "shugu\xff" },
		"a chain id with a line feed":  func(c *chain) { c.agreement.ChainId = "a\n2026-11-23 12:00:00  over" },
		"a client id with an escape":   func(c *chain) { c.agreement.ClientId = "07-tendermint-0\x1b[2K" },
		"a client status with a line":  func(c *chain) { c.status = "Active\nover" },
		"a channel that it leaves out": func(c *chain) { c.emptyChannel = true },
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain()
			spoil(c)
			_, err := c.observer().Observe(t.Context(), "")
			require.Error(t, err)
			require.NotContains(t, err.Error(), "\n")
			require.NotContains(t, err.Error(), "\x1b")
			require.NotContains(t, err.Error(), "\xff")
		})
	}
}
