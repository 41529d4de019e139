package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/types/query"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

// mostHeights is how many consensus states of a client are listed.
const mostHeights = 100_000

// here is the chain that is asked to recognise, at its latest block.
type here struct {
	ctx   client.Context
	chain string
	now   time.Time
}

func askHere(goCtx context.Context, ctx client.Context) (here, error) {
	node, err := ctx.GetNode()
	if err != nil {
		return here{}, err
	}
	status, err := node.Status(goCtx)
	if err != nil {
		return here{}, fmt.Errorf("ask the node at %s: %w", ctx.NodeURI, err)
	}
	return here{ctx, status.NodeInfo.Network, status.SyncInfo.LatestBlockTime}, nil
}

// agreementWith is the live agreement with a chain, whose light client is Active.
func (h here) agreementWith(goCtx context.Context, chain string) (recognition.Agreement, error) {
	if chain == h.chain {
		return recognition.Agreement{}, fmt.Errorf("what is to be carried is of %s, and so is the node at %s: here its vouchers stand anyhow; name a node of the chain that is to recognise them with --node or --home", chain, h.ctx.NodeURI)
	}
	q := recognition.NewQueryClient(h.ctx)
	res, err := q.Agreement(goCtx, &recognition.QueryAgreementRequest{ChainId: chain})
	if err != nil {
		if !strings.Contains(err.Error(), recognition.ErrNotFound.Error()) {
			return recognition.Agreement{}, errors.New(plain(err))
		}
		return recognition.Agreement{}, fmt.Errorf("%s has no agreement with %s; %s", h.chain, chain, h.agreements(goCtx, q))
	}
	return res.Agreement, checkLive(res, h.now)
}

// checkLive says why nothing can be recognised under an agreement now, and what to do.
func checkLive(res *recognition.QueryAgreementResponse, now time.Time) error {
	a := res.Agreement
	if !res.Live {
		return fmt.Errorf("the agreement with %s does not hold now: %s; the council can renew it, %s", a.ChainId, notLive(a, now), runbook("An agreement ended, or the two do not fit"))
	}
	switch res.ClientStatus {
	case exported.Active.String():
		return nil
	case exported.Expired.String():
		return fmt.Errorf("the light client %s of %s has expired: it was not updated within its trusting period; the council recovers it, %s", a.ClientId, a.ChainId, runbook("A client has expired"))
	case exported.Frozen.String():
		return fmt.Errorf("the light client %s of %s is frozen: it was told two stories; the council recovers it, %s", a.ClientId, a.ChainId, runbook("A client is frozen"))
	default:
		return fmt.Errorf("the light client %s of %s is %s: the council has to name another, %s", a.ClientId, a.ChainId, res.ClientStatus, runbook("An agreement ended, or the two do not fit"))
	}
}

// agreements names those that there are.
func (h here) agreements(goCtx context.Context, q recognition.QueryClient) string {
	res, err := q.Agreements(goCtx, &recognition.QueryAgreementsRequest{})
	if err != nil {
		return ""
	}
	if len(res.Agreements) == 0 {
		return "it has none with any chain: the council has to make one, `shugud example agreement`"
	}
	var chains []string
	for _, a := range res.Agreements {
		chains = append(chains, a.ChainId)
	}
	return "it has agreements with " + strings.Join(chains, ", ")
}

// notLive says why an agreement does not hold.
func notLive(a recognition.Agreement, now time.Time) string {
	switch {
	case a.Ended:
		return "the council ended it"
	case now.Unix() < a.BeginsAt:
		return "it begins at " + time.Unix(a.BeginsAt, 0).UTC().Format(time.RFC3339)
	default:
		return "it was over at " + time.Unix(a.EndsAt, 0).UTC().Format(time.RFC3339)
	}
}

// client is a light client here with the heights that it trusts.
func (h here) client(goCtx context.Context, id string) (carry.Client, error) {
	q := clienttypes.NewQueryClient(h.ctx)
	res, err := q.ClientState(goCtx, &clienttypes.QueryClientStateRequest{ClientId: id})
	if err != nil {
		return carry.Client{}, fmt.Errorf("client %s: %s", id, plain(err))
	}
	var state exported.ClientState
	if err := h.ctx.InterfaceRegistry.UnpackAny(res.ClientState, &state); err != nil {
		return carry.Client{}, err
	}
	tendermint, ok := state.(*ibctm.ClientState)
	if !ok {
		return carry.Client{}, fmt.Errorf("%s: expected a 07-tendermint client, got %s", id, state.ClientType())
	}
	heights, err := q.ConsensusStateHeights(goCtx, &clienttypes.QueryConsensusStateHeightsRequest{
		ClientId: id, Pagination: &query.PageRequest{Limit: mostHeights},
	})
	if err != nil {
		return carry.Client{}, fmt.Errorf("client %s: %s", id, plain(err))
	}
	return carry.Client{
		ID: id, State: tendermint, Heights: heights.ConsensusStateHeights, Now: h.now,
		At: func(goCtx context.Context, height clienttypes.Height) (*ibctm.ConsensusState, error) {
			return h.consensus(goCtx, id, height)
		},
	}, nil
}

func (h here) consensus(goCtx context.Context, id string, height clienttypes.Height) (*ibctm.ConsensusState, error) {
	res, err := clienttypes.NewQueryClient(h.ctx).ConsensusState(goCtx, &clienttypes.QueryConsensusStateRequest{
		ClientId: id, RevisionNumber: height.RevisionNumber, RevisionHeight: height.RevisionHeight,
	})
	if err != nil {
		return nil, fmt.Errorf("client %s at %s: %s", id, height, plain(err))
	}
	var state exported.ConsensusState
	if err := h.ctx.InterfaceRegistry.UnpackAny(res.ConsensusState, &state); err != nil {
		return nil, err
	}
	tendermint, ok := state.(*ibctm.ConsensusState)
	if !ok {
		return nil, fmt.Errorf("%s at %s: expected a 07-tendermint state, got %s", id, height, state.ClientType())
	}
	return tendermint, nil
}
