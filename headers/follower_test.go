package headers_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify/verifytest"
)

func follower(n *node, db dbm.DB) *headers.Follower {
	return &headers.Follower{Node: n, Store: headers.NewStore(db), Logger: log.NewNopLogger(), Every: time.Hour}
}

func TestFollowerKeepsEachChange(t *testing.T) {
	n, db := newNode(11), dbm.NewMemDB()
	f := follower(n, db)
	require.NoError(t, f.CatchUp(t.Context()))
	requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))

	before := dump(t, db)
	for range 3 {
		require.NoError(t, f.CatchUp(t.Context()))
	}
	require.Equal(t, before, dump(t, db), "looking again changes nothing")
	require.Equal(t, 2, n.looked[1], "once for the base")
	for height := int64(2); height <= 10; height++ {
		require.Equal(t, 1, n.looked[height], "block %d", height)
	}
	require.Zero(t, n.looked[11], "the last block has no canonical commit yet")
}

func TestFollowerWaitsForTwoBlocks(t *testing.T) {
	for _, latest := range []int64{0, 1} {
		n, db := newNode(latest), dbm.NewMemDB()
		n.first = min(1, latest)
		require.NoError(t, follower(n, db).CatchUp(t.Context()))
		require.Empty(t, dump(t, db))
	}
}

// Whatever the heights at which the node is stopped, the store is the same, byte by byte.
func TestFollowerStoppedAndStartedAnywhere(t *testing.T) {
	straight := dbm.NewMemDB()
	require.NoError(t, follower(newNode(12), straight).CatchUp(t.Context()))
	for stop := int64(2); stop < 12; stop++ {
		n, db := newNode(stop), dbm.NewMemDB()
		require.NoError(t, follower(n, db).CatchUp(t.Context()))
		n.grow(12)
		require.NoError(t, follower(n, db).CatchUp(t.Context()))
		require.Equal(t, dump(t, straight), dump(t, db), "stopped at %d", stop)
	}
}

func TestFollowerStoppedByAnErrorKeepsWhatItHas(t *testing.T) {
	straight := dbm.NewMemDB()
	require.NoError(t, follower(newNode(12), straight).CatchUp(t.Context()))
	for stop := int64(1); stop < 12; stop++ {
		n, db := newNode(12), dbm.NewMemDB()
		f := follower(n, db)
		broken := errors.New("no answer")
		n.commitErr = func(height int64) error {
			if height == stop {
				return broken
			}
			return nil
		}
		require.ErrorIs(t, f.CatchUp(t.Context()), broken)
		if stop > 1 {
			through, err := f.Store.Through()
			require.NoError(t, err)
			require.Equal(t, stop-1, through)
		}
		n.commitErr = nil
		require.NoError(t, f.CatchUp(t.Context()))
		require.Equal(t, dump(t, straight), dump(t, db), "stopped at %d", stop)
	}
}

func TestFollowerOfAPrunedNodeBeginsAtItsFirstBlock(t *testing.T) {
	n := newNode(11)
	n.first = 6
	f := follower(n, dbm.NewMemDB())
	require.NoError(t, f.CatchUp(t.Context()))
	requireChain(t, f.Store, 6, 10, change(t, 7, setB, setC))
	got, err := f.Store.SetAt(6)
	require.NoError(t, err)
	require.Equal(t, packed(setB), got)
}

func TestFollowerAfterPruningOfUnseenBlocks(t *testing.T) {
	t.Run("same set: the chain goes on", func(t *testing.T) {
		n := newNode(6)
		f := follower(n, dbm.NewMemDB())
		require.NoError(t, f.CatchUp(t.Context()))
		n.first = 7
		n.grow(11)
		require.NoError(t, f.CatchUp(t.Context()))
		requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
	})
	t.Run("another set: begins anew", func(t *testing.T) {
		n := newNode(6)
		f := follower(n, dbm.NewMemDB())
		require.NoError(t, f.CatchUp(t.Context()))
		n.first = 9
		n.grow(11)
		require.NoError(t, f.CatchUp(t.Context()))
		requireChain(t, f.Store, 9, 10, []types.SetChange(nil)...)
		_, err := f.Store.SetAt(8)
		require.ErrorIs(t, err, headers.ErrBefore)
	})
	t.Run("pruned up to the block after the mark: no gap", func(t *testing.T) {
		n := newNode(6)
		f := follower(n, dbm.NewMemDB())
		require.NoError(t, f.CatchUp(t.Context()))
		n.first = 6
		n.grow(11)
		require.NoError(t, f.CatchUp(t.Context()))
		requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
	})
}

func TestFollowerAfterARollback(t *testing.T) {
	n, db := newNode(11), dbm.NewMemDB()
	f := follower(n, db)
	require.NoError(t, f.CatchUp(t.Context()))
	before := dump(t, db)
	n.grow(9)
	require.NoError(t, f.CatchUp(t.Context()))
	require.Equal(t, before, dump(t, db))
}

func TestFollowerDoesNotStoreWhatACourtWouldRefuse(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(n *node)
		says  string
	}{
		"forged signature": {func(n *node) {
			n.spoil = func(height int64, s *cmttypes.SignedHeader) { s.Commit.Signatures[2].Signature[9] ^= 1 }
		}, "wrong signature"},
		"commit of another block": {func(n *node) {
			n.spoil = func(height int64, s *cmttypes.SignedHeader) {
				other := *s.Header
				other.AppHash = verifytest.Digest("another state")
				s.Commit = verifytest.Sign(&other, setA, nil)
			}
		}, "commit signs block"},
		"too little power": {func(n *node) {
			absent := verifytest.Vote{Flag: cmttypes.BlockIDFlagAbsent}
			n.spoil = func(height int64, s *cmttypes.SignedHeader) {
				s.Commit = verifytest.Sign(s.Header, setA, map[int]verifytest.Vote{0: absent, 1: absent})
			}
		}, "voting power"},
		"no commit":     {func(n *node) { n.spoil = func(_ int64, s *cmttypes.SignedHeader) { s.Commit = nil } }, "no commit"},
		"no header":     {func(n *node) { n.spoil = func(_ int64, s *cmttypes.SignedHeader) { s.Header = nil } }, "no commit"},
		"another set":   {func(n *node) { n.validators = func(int64) []verifytest.Validator { return setC } }, "expected the hash"},
		"no validators": {func(n *node) { n.validators = func(int64) []verifytest.Validator { return nil } }, "expected the hash"},
		"another chain": {func(n *node) { n.sets = func(int64) []verifytest.Validator { return setC } }, "another chain"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(4)
			f := follower(n, dbm.NewMemDB())
			require.NoError(t, f.CatchUp(t.Context()))
			n.grow(11)
			tc.spoil(n)
			require.ErrorContains(t, f.CatchUp(t.Context()), tc.says)
			requireChain(t, f.Store, 1, 3, []types.SetChange(nil)...)
		})
	}
}

// run starts a follower and returns a function that waits until it has looked at a block.
func run(t *testing.T, n *node, f *headers.Follower) (seen func(height int64)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return func(height int64) {
		t.Helper()
		require.Eventually(t, func() bool {
			through, err := f.Store.Through()
			return err == nil && through >= height
		}, 20*time.Second, time.Millisecond)
	}
}

func TestRunWakesAtEvents(t *testing.T) {
	n := newNode(3)
	f := follower(n, dbm.NewMemDB())
	seen := run(t, n, f)
	seen(2)
	for _, latest := range []int64{4, 6, 11} { // events of 5 and 7 to 10 are lost
		n.grow(latest)
		for range 3 { // each comes three times
			n.events <- ctypes.ResultEvent{}
		}
		seen(latest - 1)
	}
	requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
}

func TestRunWithoutEventsLooksAtIntervals(t *testing.T) {
	for name, spoil := range map[string]func(n *node){
		"no event comes":      func(*node) {},
		"events end":          func(n *node) { close(n.events) },
		"no subscription":     func(n *node) { n.subscribeErr = errors.New("too many") },
		"an answer is broken": func(n *node) { n.commitErr = brokenOnce() },
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(3)
			spoil(n)
			f := follower(n, dbm.NewMemDB())
			f.Every = time.Millisecond
			seen := run(t, n, f)
			n.grow(11)
			seen(10)
			requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
		})
	}
}

func brokenOnce() func(int64) error {
	asked := map[int64]bool{}
	return func(height int64) error {
		if asked[height] {
			return nil
		}
		asked[height] = true
		return fmt.Errorf("block %d: no answer", height)
	}
}
