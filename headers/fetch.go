package headers

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/headers/types"
)

// fetchTries is how often a node without its first blocks asks others for the
// changes before them, an interval apart, until it goes on without.
const fetchTries = 24

// Source is a node that may know what was before this one's first block.
type Source struct {
	// Name tells it in the log: its RPC address.
	Name string
	// Changes are all changes that it knows; see Ask.
	Changes func(ctx context.Context) (*types.QuerySetChangesResponse, error)
}

// fetch fills an empty store with the changes before the node's first block,
// from the first source whose chain of changes is signed throughout and leads
// to the set that signs that block. A source can invent a past only with a
// past that leads to this set; what rests on it is refused by every court's
// trust root. It returns false when there is nothing to fetch.
func (f *Follower) fetch(ctx context.Context, first int64) (bool, error) {
	if first <= 1 || len(f.Sources) == 0 || f.fetched >= fetchTries {
		return false, nil
	}
	f.fetched++
	signed, err := commitOf(ctx, f.Node, first)
	if err != nil {
		return false, err
	}
	var failed error
	for _, source := range f.Sources {
		answer, err := source.Changes(ctx)
		if err == nil {
			err = checkPast(answer, signed.Header)
		}
		if err == nil {
			return true, f.adopt(answer, first)
		}
		failed = errors.Join(failed, fmt.Errorf("%s: %w", source.Name, err))
	}
	if f.fetched == fetchTries {
		f.Logger.Error("the changes of validators before this node's first block were not to be had; bundles from it need a trust root of a later height",
			"first", first, "err", failed)
		return false, nil
	}
	return false, fmt.Errorf("fetch the changes of validators before block %d: %w", first, failed)
}

// checkPast verifies a source's changes below the block, one signed by the set before it,
// up to the set that signs the block.
func checkPast(answer *types.QuerySetChangesResponse, block *cmttypes.Header) error {
	if answer.FirstHeight < 1 { // it would stand in the store, and sort after all changes
		return fmt.Errorf("expected its first block to be 1 or later, got %d", answer.FirstHeight)
	}
	if answer.ThroughHeight < block.Height-1 {
		return fmt.Errorf("it has looked at blocks through %d only", answer.ThroughHeight)
	}
	set, err := unpack(answer.Validators)
	if err != nil {
		return err
	}
	last := answer.FirstHeight - 1
	for _, change := range answer.Changes {
		if change.Height >= block.Height {
			break
		}
		if change.Height <= last {
			return fmt.Errorf("change at block %d: expected ascending heights from %d on", change.Height, answer.FirstHeight)
		}
		if set, err = checkChange(change, set, block.ChainID); err != nil {
			return fmt.Errorf("change at block %d: %w", change.Height, err)
		}
		last = change.Height
	}
	if !bytes.Equal(set.Hash(), block.ValidatorsHash) {
		return fmt.Errorf("its changes lead to validators with the hash %X, expected %X of block %d", set.Hash(), block.ValidatorsHash, block.Height)
	}
	return nil
}

// checkChange verifies one change and returns the set that it leads to.
func checkChange(change types.SetChange, set *cmttypes.ValidatorSet, chainID string) (*cmttypes.ValidatorSet, error) {
	var header cmtproto.Header
	var commit cmtproto.Commit
	if err := header.Unmarshal(change.Header); err != nil {
		return nil, err
	}
	if err := commit.Unmarshal(change.Commit); err != nil {
		return nil, err
	}
	signed, err := cmttypes.SignedHeaderFromProto(&cmtproto.SignedHeader{Header: &header, Commit: &commit})
	if err != nil {
		return nil, err
	}
	if err := signed.ValidateBasic(chainID); err != nil {
		return nil, err
	}
	if signed.Height != change.Height || !bytes.Equal(signed.ValidatorsHash, set.Hash()) {
		return nil, fmt.Errorf("expected the header of that block, of the set with the hash %X", set.Hash())
	}
	if err := set.VerifyCommit(chainID, signed.Commit.BlockID, signed.Height, signed.Commit); err != nil {
		return nil, err
	}
	next, err := unpack(change.Validators)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(next.Hash(), signed.NextValidatorsHash) {
		return nil, fmt.Errorf("expected a next set with the hash %X, got %X", signed.NextValidatorsHash, next.Hash())
	}
	return next, nil
}

// adopt stores a verified past and notes the blocks below first as looked at.
func (f *Follower) adopt(answer *types.QuerySetChangesResponse, first int64) error {
	base := types.Base{Height: min(answer.FirstHeight, first), Validators: answer.Validators}
	if err := f.Store.Begin(base); err != nil {
		return err
	}
	changes := 0
	for _, change := range answer.Changes {
		if change.Height >= first {
			break
		}
		if err := f.Store.Append(change); err != nil {
			return err
		}
		changes++
	}
	f.Logger.Info("fetched the changes of validators before the node's first block", "from", base.Height, "changes", changes)
	if through, err := f.Store.Through(); err != nil || through >= first-1 {
		return err
	}
	return f.Store.Advance(first - 1)
}
