package carry

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cometbft/cometbft/light"
	cmttypes "github.com/cometbft/cometbft/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
)

// Client is a light client on the chain that is to recognise.
type Client struct {
	ID    string
	State *ibctm.ClientState
	// Heights of its consensus states, in any order.
	Heights []clienttypes.Height
	// At asks for the consensus state of one of them.
	At func(ctx context.Context, height clienttypes.Height) (*ibctm.ConsensusState, error)
	// Now is the time of its chain's latest block.
	Now time.Time
}

// Updates are how the client is to be told of the batch's header.
type Updates struct {
	// Headers in order; none when the client has this very header.
	Headers []*ibctm.Header
	// Conflict, when not empty, says with what the header conflicts that the client was
	// told before: the update freezes the client, and must travel alone.
	Conflict string
}

// maxTrusted bounds how many consensus states are asked for.
const maxTrusted = 100

// Updates plans the updates that lead the client to the batch's header. An error says
// why it cannot be led there, and what to do.
func (b *Batch) Updates(ctx context.Context, c Client) (Updates, error) {
	target := b.ibcHeight(b.Height)
	heights := slices.Clone(c.Heights)
	slices.SortFunc(heights, func(x, y clienttypes.Height) int { return int(y.Compare(x)) })
	var plan Updates
	known, err := b.compare(ctx, c, heights, target, &plan)
	if err != nil || known {
		return plan, err
	}
	plan.Headers, err = b.fromTrusted(ctx, c, heights, target)
	return plan, err
}

func (b *Batch) ibcHeight(height int64) clienttypes.Height {
	return clienttypes.NewHeight(clienttypes.ParseChainID(b.ChainID), uint64(height))
}

// compare compares the header with what the client was told of its height and of the
// heights beside it, as the client itself does. It says whether it knows this very header.
func (b *Batch) compare(ctx context.Context, c Client, heights []clienttypes.Height, target clienttypes.Height, plan *Updates) (bool, error) {
	header := b.steps[len(b.steps)-1]
	for i, h := range heights {
		if h.GT(target) && i+1 < len(heights) && heights[i+1].GT(target) || h.RevisionNumber != target.RevisionNumber {
			continue
		}
		state, err := c.At(ctx, h)
		if err != nil {
			return false, err
		}
		switch {
		case h.EQ(target):
			if state.Timestamp.Equal(header.Time) && bytes.Equal(state.Root.Hash, header.AppHash) && bytes.Equal(state.NextValidatorsHash, header.NextValidatorsHash) {
				return true, nil
			}
			plan.Conflict = fmt.Sprintf("another header of the same height %d, with application hash %X and time %s", b.Height, state.Root.Hash, state.Timestamp.UTC().Format(time.RFC3339Nano))
			return false, nil
		case h.GT(target) && !state.Timestamp.After(header.Time), h.LT(target) && !state.Timestamp.Before(header.Time):
			plan.Conflict = fmt.Sprintf("the time %s of height %d, beside %s of height %d", state.Timestamp.UTC().Format(time.RFC3339Nano), h.RevisionHeight, header.Time.UTC().Format(time.RFC3339Nano), b.Height)
			return false, nil
		case h.LT(target):
			return false, nil
		}
	}
	return false, nil
}

// point is a consensus state from which the client can be led on: the set that is to
// sign the block after its height is sets[set].
type point struct {
	height clienttypes.Height
	time   time.Time
	set    int
}

// fromTrusted leads the client from the latest consensus state below the header that has
// not expired, whose next validators the batch knows, and from which it can be led.
func (b *Batch) fromTrusted(ctx context.Context, c Client, heights []clienttypes.Height, target clienttypes.Height) ([]*ibctm.Header, error) {
	asked, expired := 0, 0
	var refusal error
	for _, h := range heights {
		if !h.LT(target) || h.RevisionNumber != target.RevisionNumber || asked == maxTrusted {
			continue
		}
		asked++
		state, err := c.At(ctx, h)
		if err != nil {
			return nil, err
		}
		if !c.Now.Before(state.Timestamp.Add(c.State.TrustingPeriod)) {
			expired++
			continue
		}
		set := b.setAfter(h)
		if !bytes.Equal(state.NextValidatorsHash, b.sets[set].Hash()) {
			continue
		}
		headers, err := b.lead(c, point{h, state.Timestamp, set})
		if err == nil {
			return headers, nil
		}
		if refusal == nil {
			refusal = err
		}
	}
	switch {
	case refusal != nil:
		return nil, refusal
	case asked == 0:
		return nil, fmt.Errorf("%s trusts no height below %d: it begins after this bundle's header; take a newer bundle", c.ID, b.Height)
	case asked == expired:
		return nil, fmt.Errorf("all that %s trusts below height %d is older than its trusting period %s: take a newer bundle", c.ID, b.Height, c.State.TrustingPeriod)
	default:
		return nil, fmt.Errorf("%s does not know the validators from whom this bundle leads: take a bundle that leads from what it trusts, shugud query voucher proof NUMBER --since %d", c.ID, c.State.LatestHeight.RevisionHeight)
	}
}

// setAfter is the set that signs the block after a height, as far as the batch knows.
func (b *Batch) setAfter(h clienttypes.Height) int {
	set := 0
	for set < len(b.steps)-1 && b.steps[set].Height <= int64(h.RevisionHeight) {
		set++
	}
	return set
}

// lead makes the fewest updates from a trusted state to the header: each time the
// furthest header that the client will follow.
func (b *Batch) lead(c Client, from point) ([]*ibctm.Header, error) {
	var out []*ibctm.Header
	for next := from.set; next < len(b.steps); next++ {
		var refusal error
		furthest := len(b.steps) - 1
		for ; furthest >= next; furthest-- {
			if refusal = b.follows(c, from, furthest); refusal == nil {
				break
			}
		}
		if refusal != nil {
			return nil, fmt.Errorf("%s cannot be led from height %s to header %d of %s: %w", c.ID, from.height, b.steps[next].Height, b.ChainID, refusal)
		}
		header, err := b.header(from, furthest)
		if err != nil {
			return nil, err
		}
		out = append(out, header)
		step := b.steps[furthest]
		from, next = point{b.ibcHeight(step.Height), step.Time, min(furthest+1, len(b.sets)-1)}, furthest
	}
	return out, nil
}

// follows says whether the client takes a header from a trusted state, by CometBFT's own rules.
func (b *Batch) follows(c Client, from point, step int) error {
	trusted := cmttypes.SignedHeader{Header: &cmttypes.Header{
		ChainID: b.ChainID, Height: int64(from.height.RevisionHeight), Time: from.time, NextValidatorsHash: b.sets[from.set].Hash(),
	}}
	return light.Verify(&trusted, b.sets[from.set], b.steps[step], b.sets[step],
		c.State.TrustingPeriod, c.Now, c.State.MaxClockDrift, c.State.TrustLevel.ToTendermint())
}

// header is a step as 07-tendermint takes it.
func (b *Batch) header(from point, step int) (*ibctm.Header, error) {
	set, err := b.sets[step].ToProto()
	if err != nil {
		return nil, err
	}
	trusted, err := b.sets[from.set].ToProto()
	if err != nil {
		return nil, err
	}
	return &ibctm.Header{SignedHeader: b.steps[step].ToProto(), ValidatorSet: set, TrustedHeight: from.height, TrustedValidators: trusted}, nil
}
