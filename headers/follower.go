package headers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"

	"cosmossdk.io/log/v2"

	"github.com/shugu-network/shugu/headers/types"
)

const (
	subscriber = "setchanges"
	// events that may wait before the node's client drops one; none is missed for good.
	eventsWaiting = 16
)

// Follower keeps a store up to the chain of the node in whose process it runs.
type Follower struct {
	Node   Node
	Store  *Store
	Logger log.Logger
	// Every is how often the chain is looked at when no event comes.
	Every time.Duration
	// Sources are asked for what was before the node's first block, when it came by state sync.
	Sources []Source

	fetched int
}

// Run follows the chain until the context ends. Errors are logged and tried again: the
// node goes on.
func (f *Follower) Run(ctx context.Context) {
	wake := f.subscribe(ctx)
	tick := time.NewTicker(f.Every)
	defer tick.Stop()
	for {
		if err := f.CatchUp(ctx); err != nil && ctx.Err() == nil {
			f.Logger.Error("keep the changes of validators; will try again", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-wake:
		case <-tick.C:
		}
	}
}

// subscribe makes of the events of new blocks, as many as may come, one wish to look.
func (f *Follower) subscribe(ctx context.Context) <-chan struct{} {
	wake := make(chan struct{}, 1)
	events, err := f.Node.Subscribe(ctx, subscriber, cmttypes.EventQueryNewBlockHeader.String(), eventsWaiting)
	if err != nil {
		f.Logger.Error("subscribe to new blocks; will look at intervals", "every", f.Every, "err", err)
		return wake
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case _, open := <-events:
				if !open {
					return
				}
			}
			select {
			case wake <- struct{}{}:
			default:
			}
		}
	}()
	return wake
}

// CatchUp looks at each block from the store's mark to the last that has a canonical commit,
// the last but one. What it did before an error stays done.
func (f *Follower) CatchUp(ctx context.Context) error {
	status, err := f.Node.Status(ctx)
	if err != nil {
		return fmt.Errorf("ask for the node's status: %w", err)
	}
	first, last := status.SyncInfo.EarliestBlockHeight, status.SyncInfo.LatestBlockHeight-1
	if first < 1 || last < first {
		return nil
	}
	height, set, err := f.resume(ctx, first)
	for ; err == nil && height <= last; height++ {
		if err = ctx.Err(); err == nil {
			set, err = f.look(ctx, height, set)
		}
	}
	return err
}

// resume says which block is to be looked at next, and its set; first is the first block
// that the node has.
func (f *Follower) resume(ctx context.Context, first int64) (int64, *cmttypes.ValidatorSet, error) {
	through, err := f.Store.Through()
	if errors.Is(err, ErrEmpty) {
		fetched, err := f.fetch(ctx, first)
		if err != nil {
			return 0, nil, err
		}
		if !fetched {
			set, err := f.begin(ctx, first, nil)
			return first, set, err
		}
		through = first - 1
	} else if err != nil {
		return 0, nil, err
	}
	list, err := f.Store.SetAt(through + 1)
	if err != nil {
		return 0, nil, err
	}
	set, err := unpack(list)
	if err != nil || through+1 >= first {
		return through + 1, set, err
	}
	f.Logger.Warn("blocks were pruned before their validators were looked at", "from", through+1, "to", first-1)
	set, err = f.begin(ctx, first, set)
	return first, set, err
}

// begin starts the store at the node's first block, unless its set is the known one.
func (f *Follower) begin(ctx context.Context, first int64, known *cmttypes.ValidatorSet) (*cmttypes.ValidatorSet, error) {
	signed, err := commitOf(ctx, f.Node, first)
	if err != nil {
		return nil, err
	}
	if known != nil && bytes.Equal(signed.ValidatorsHash, known.Hash()) {
		return known, nil
	}
	set, err := validatorsOf(ctx, f.Node, first, signed.ValidatorsHash)
	if err != nil {
		return nil, err
	}
	list, err := pack(set)
	if err != nil {
		return nil, err
	}
	if known != nil {
		f.Logger.Error("validators changed in pruned blocks: what the node knew before leads nowhere", "first", first)
	}
	return set, f.Store.Begin(types.Base{Height: first, Validators: list})
}

// look looks at one block, whose set is known, and returns the set of the next.
func (f *Follower) look(ctx context.Context, height int64, set *cmttypes.ValidatorSet) (*cmttypes.ValidatorSet, error) {
	signed, err := commitOf(ctx, f.Node, height)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(signed.ValidatorsHash, set.Hash()) {
		return nil, fmt.Errorf("block %d: expected validators with the hash %X that follow from %s.db, got %X; if that file is of another chain, stop the node and remove it",
			height, set.Hash(), Name, signed.ValidatorsHash)
	}
	if bytes.Equal(signed.NextValidatorsHash, signed.ValidatorsHash) {
		return set, f.Store.Advance(height)
	}
	if err := signed.ValidateBasic(signed.ChainID); err != nil {
		return nil, fmt.Errorf("block %d: %w", height, err)
	}
	if err := set.VerifyCommit(signed.ChainID, signed.Commit.BlockID, height, signed.Commit); err != nil {
		return nil, fmt.Errorf("block %d: %w", height, err)
	}
	next, err := validatorsOf(ctx, f.Node, height+1, signed.NextValidatorsHash)
	if err != nil {
		return nil, err
	}
	change, err := packChange(signed, next)
	if err != nil {
		return nil, err
	}
	if err := f.Store.Append(change); err != nil {
		return nil, err
	}
	f.Logger.Info("validators change", "after", height, "validators", len(change.Validators))
	return next, nil
}
