package headers_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// The sets of the chains in these tests.
var (
	setA = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "wenzhou-dex")
	setB = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "jiaxing-dex")
	setC = verifytest.Validators("hangzhou-dex", "shaoxing-dex", "ningbo-dex", "jiaxing-dex", "taizhou-dex")
)

// node plays a chain as a node's RPC does: blocks 1 to 4 are of set A, 5 to 7 of set B, later
// ones of set C, unless sets says otherwise.
type node struct {
	mu            sync.Mutex
	first, latest int64
	sets          func(height int64) []verifytest.Validator
	events        chan ctypes.ResultEvent
	subscribeErr  error
	// looked counts how often a block's commit was asked for.
	looked map[int64]int
	// spoil changes answers.
	spoil      func(height int64, signed *cmttypes.SignedHeader)
	validators func(height int64) []verifytest.Validator
	commitErr  func(height int64) error
}

func newNode(latest int64) *node {
	n := &node{first: 1, latest: latest, events: make(chan ctypes.ResultEvent), looked: map[int64]int{}}
	n.sets = func(height int64) []verifytest.Validator {
		switch {
		case height <= 4:
			return setA
		case height <= 7:
			return setB
		}
		return setC
	}
	return n
}

func (n *node) grow(latest int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.latest = latest
}

func (n *node) Status(context.Context) (*ctypes.ResultStatus, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return &ctypes.ResultStatus{SyncInfo: ctypes.SyncInfo{EarliestBlockHeight: n.first, LatestBlockHeight: n.latest}}, nil
}

func (n *node) Commit(_ context.Context, height *int64) (*ctypes.ResultCommit, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	h := *height
	if h < n.first || h > n.latest {
		return nil, fmt.Errorf("height %d is not available", h)
	}
	n.looked[h]++
	if n.commitErr != nil {
		if err := n.commitErr(h); err != nil {
			return nil, err
		}
	}
	set := n.sets(h)
	header := verifytest.Header(verifytest.ChainID, h, verifytest.Digest("some state"), set, n.sets(h+1))
	votes := map[int]verifytest.Vote{}
	if h == n.latest { // not the commit that the next block will carry
		votes[0] = verifytest.Vote{Flag: cmttypes.BlockIDFlagAbsent}
	}
	signed := cmttypes.SignedHeader{Header: header, Commit: verifytest.Sign(header, set, votes)}
	if n.spoil != nil {
		n.spoil(h, &signed)
	}
	return &ctypes.ResultCommit{SignedHeader: signed}, nil
}

// Validators answers one validator a page, whatever was asked, to make pages.
func (n *node) Validators(_ context.Context, height *int64, page, _ *int) (*ctypes.ResultValidators, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if *height < n.first || *height > n.latest+1 {
		return nil, fmt.Errorf("height %d is not available", *height)
	}
	list := n.sets(*height)
	if n.validators != nil {
		list = n.validators(*height)
	}
	res := &ctypes.ResultValidators{BlockHeight: *height, Total: len(list)}
	if *page <= len(list) {
		res.Validators = verifytest.Set(list).Validators[*page-1 : *page]
	}
	return res, nil
}

func (n *node) Subscribe(context.Context, string, string, ...int) (<-chan ctypes.ResultEvent, error) {
	return n.events, n.subscribeErr
}

func packed(set []verifytest.Validator) []types.Validator {
	out := make([]types.Validator, len(set))
	for i, v := range set {
		out[i] = types.Validator{PubKey: v.Key.PubKey().Bytes(), Power: v.Power}
	}
	return out
}

// change is what a store should keep of a change.
func change(t *testing.T, height int64, from, to []verifytest.Validator) types.SetChange {
	t.Helper()
	c := verifytest.Change(t, verifytest.ChainID, height, from, to, nil)
	return types.SetChange{Height: height, Header: c.Header, Commit: c.Commit, Validators: packed(to)}
}

// dump is all that a database holds.
func dump(t *testing.T, db dbm.DB) map[string]string {
	t.Helper()
	it, err := db.Iterator(nil, nil)
	require.NoError(t, err)
	defer it.Close()
	all := map[string]string{}
	for ; it.Valid(); it.Next() {
		all[string(it.Key())] = string(it.Value())
	}
	return all
}

// requireChain asks that a store knows exactly these changes.
func requireChain(t *testing.T, s *headers.Store, base, through int64, want ...types.SetChange) {
	t.Helper()
	b, err := s.Base()
	require.NoError(t, err)
	require.Equal(t, base, b.Height)
	got, err := s.Through()
	require.NoError(t, err)
	require.Equal(t, through, got)
	changes, err := s.Changes(base, through+1, 1000)
	require.NoError(t, err)
	require.Equal(t, want, changes)
}
