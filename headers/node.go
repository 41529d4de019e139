package headers

import (
	"context"
	"errors"
	"fmt"

	"github.com/cometbft/cometbft/crypto/ed25519"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/shugu-network/shugu/headers/types"
)

// perPage is how many validators are asked for at a time, RPC's greatest number.
const perPage = 100

// Node is what is asked of the node's own RPC.
type Node interface {
	Status(ctx context.Context) (*ctypes.ResultStatus, error)
	Commit(ctx context.Context, height *int64) (*ctypes.ResultCommit, error)
	Validators(ctx context.Context, height *int64, page, perPage *int) (*ctypes.ResultValidators, error)
	Subscribe(ctx context.Context, subscriber, query string, outCapacity ...int) (<-chan ctypes.ResultEvent, error)
}

// commitOf is a block's header and the votes for it.
func commitOf(ctx context.Context, node Node, height int64) (cmttypes.SignedHeader, error) {
	res, err := node.Commit(ctx, &height)
	if err != nil {
		return cmttypes.SignedHeader{}, fmt.Errorf("ask for the commit of block %d: %w", height, err)
	}
	if res == nil || res.Header == nil || res.Commit == nil || res.Height != height {
		return cmttypes.SignedHeader{}, fmt.Errorf("the node has no commit of block %d", height)
	}
	return res.SignedHeader, nil
}

// validatorsOf is the set of a block, whose header names its hash.
func validatorsOf(ctx context.Context, node Node, height int64, hash []byte) (*cmttypes.ValidatorSet, error) {
	var list []*cmttypes.Validator
	for page := 1; ; page++ {
		size := perPage
		res, err := node.Validators(ctx, &height, &page, &size)
		if err != nil {
			return nil, fmt.Errorf("ask for the validators of block %d: %w", height, err)
		}
		list = append(list, res.Validators...)
		if len(list) >= res.Total || len(res.Validators) == 0 {
			break
		}
	}
	set := &cmttypes.ValidatorSet{Validators: list}
	if string(set.Hash()) != string(hash) {
		return nil, fmt.Errorf("validators of block %d: expected the hash %X, got %X", height, hash, set.Hash())
	}
	return set, nil
}

// pack writes a set in the store's form.
func pack(set *cmttypes.ValidatorSet) ([]types.Validator, error) {
	list := make([]types.Validator, len(set.Validators))
	for i, v := range set.Validators {
		key, ok := v.PubKey.(ed25519.PubKey)
		if !ok {
			return nil, fmt.Errorf("validator %s: expected an ed25519 key, got %T", v.Address, v.PubKey)
		}
		list[i] = types.Validator{PubKey: key.Bytes(), Power: v.VotingPower}
	}
	return list, nil
}

// unpack reads a set from the store's form.
func unpack(list []types.Validator) (*cmttypes.ValidatorSet, error) {
	set := &cmttypes.ValidatorSet{Validators: make([]*cmttypes.Validator, len(list))}
	for i, v := range list {
		if len(v.PubKey) != ed25519.PubKeySize || v.Power < 1 {
			return nil, errors.New("a malformed set: expected ed25519 keys, each with power")
		}
		set.Validators[i] = cmttypes.NewValidator(ed25519.PubKey(v.PubKey), v.Power)
	}
	// A set from elsewhere may have more power than CometBFT's rules, which panic, take.
	if _, err := set.TotalVotingPowerSafe(); err != nil {
		return nil, err
	}
	return set, nil
}

// packChange writes a signed header and the next set in the store's form.
func packChange(signed cmttypes.SignedHeader, next *cmttypes.ValidatorSet) (change types.SetChange, err error) {
	change.Height = signed.Height
	if change.Header, err = signed.Header.ToProto().Marshal(); err != nil {
		return change, err
	}
	if change.Commit, err = signed.Commit.ToProto().Marshal(); err != nil {
		return change, err
	}
	change.Validators, err = pack(next)
	return change, err
}
