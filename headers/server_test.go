package headers_test

import (
	"context"
	"math"
	"sync"
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

func served(t *testing.T) *headers.Server {
	t.Helper()
	s := headers.NewStore(dbm.NewMemDB())
	fill(t, s)
	server := new(headers.Server)
	server.Serve(s)
	return server
}

func TestSetChangesFromAHeight(t *testing.T) {
	server := served(t)
	first, second := change(t, 4, setA, setB), change(t, 7, setB, setC)
	for from, want := range map[int64]struct {
		set     []verifytest.Validator
		changes []types.SetChange
	}{
		0:             {setA, []types.SetChange{first, second}},
		3:             {setA, []types.SetChange{first, second}},
		4:             {setA, []types.SetChange{first, second}},
		5:             {setB, []types.SetChange{second}},
		7:             {setB, []types.SetChange{second}},
		8:             {setC, nil},
		11:            {setC, nil},
		math.MaxInt64: {setC, nil},
	} {
		res, err := server.SetChanges(t.Context(), &types.QuerySetChangesRequest{FromHeight: from})
		require.NoError(t, err)
		require.Equal(t, &types.QuerySetChangesResponse{
			FirstHeight: 3, ThroughHeight: 10, Validators: packed(want.set), Changes: want.changes, Pagination: &query.PageResponse{},
		}, res, "from %d", from)
	}
}

func TestSetChangesByPages(t *testing.T) {
	server := served(t)
	req := &types.QuerySetChangesRequest{FromHeight: 3, Pagination: &query.PageRequest{Limit: 1}}
	page, err := server.SetChanges(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, []types.SetChange{change(t, 4, setA, setB)}, page.Changes)
	req.Pagination.Key = page.Pagination.NextKey
	page, err = server.SetChanges(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, []types.SetChange{change(t, 7, setB, setC)}, page.Changes)
	require.Empty(t, page.Pagination.NextKey)
	require.Equal(t, packed(setA), page.Validators, "of from_height, on every page")
}

func TestSetChangesFailsIf(t *testing.T) {
	code := func(s *headers.Server, req *types.QuerySetChangesRequest) codes.Code {
		_, err := s.SetChanges(t.Context(), req)
		return status.Code(err)
	}
	whole := &types.QuerySetChangesRequest{}
	none, empty, server := new(headers.Server), new(headers.Server), served(t)
	empty.Serve(headers.NewStore(dbm.NewMemDB()))
	require.Equal(t, codes.Unavailable, code(none, whole), "not started")
	require.NoError(t, none.Close())
	require.Equal(t, codes.Unavailable, code(empty, whole), "no blocks yet")
	require.Equal(t, codes.InvalidArgument, code(server, nil))
	require.Equal(t, codes.InvalidArgument, code(server, &types.QuerySetChangesRequest{FromHeight: -1}))
	require.Equal(t, codes.OutOfRange, code(server, &types.QuerySetChangesRequest{FromHeight: 2}))
	for _, page := range []*query.PageRequest{
		{Limit: headers.MaxPage + 1}, {Offset: 1}, {Reverse: true}, {CountTotal: true}, {Key: []byte{1}}, {Key: []byte("\xff\xff\xff\xff\xff\xff\xff\xff")},
	} {
		require.Equal(t, codes.InvalidArgument, code(server, &types.QuerySetChangesRequest{Pagination: page}), "%v", page)
	}
	require.NoError(t, server.Close())
	require.Equal(t, codes.Unavailable, code(server, whole), "closed")
}

// Queries, a follower and the node's stop, all at once.
func TestSetChangesWhileTheChainGrows(t *testing.T) {
	n := newNode(3)
	store, err := headers.Open(t.TempDir())
	require.NoError(t, err)
	f := follower(n, dbm.NewMemDB())
	f.Store = store
	require.NoError(t, f.CatchUp(t.Context()))
	server := new(headers.Server)
	server.Serve(store)
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				res, err := server.SetChanges(ctx, &types.QuerySetChangesRequest{})
				if status.Code(err) == codes.Unavailable {
					return
				}
				if err != nil || len(res.Changes) > 2 || res.ThroughHeight >= 7 && len(res.Changes) != 2 {
					t.Errorf("through %d: %d changes, %v", res.GetThroughHeight(), len(res.GetChanges()), err)
				}
			}
		})
	}
	for latest := int64(4); latest <= 40; latest++ {
		n.grow(latest)
		require.NoError(t, f.CatchUp(t.Context()))
	}
	require.NoError(t, server.Close())
	stop()
	readers.Wait()
}

// What a follower stored leads a court from an old trust root to a bundle of today.
func TestTheStoredChainVerifiesInABundle(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Validators: setC, Blocks: 8})
	require.EqualValues(t, 11, w.Header.Height)
	f := follower(newNode(11), dbm.NewMemDB())
	require.NoError(t, f.CatchUp(t.Context()))
	server := new(headers.Server)
	server.Serve(f.Store)

	for height, set := range map[int64][]verifytest.Validator{1: setA, 3: setA, 5: setB, 6: setB, 8: setC} {
		res, err := server.SetChanges(t.Context(), &types.QuerySetChangesRequest{FromHeight: height})
		require.NoError(t, err)
		bundle := w.Bundle(t, w.Blue[0])
		for _, c := range res.Changes {
			step := verify.SetChange{SignedHeader: verify.SignedHeader{Header: c.Header, Commit: c.Commit}}
			for _, v := range c.Validators {
				step.Validators = append(step.Validators, verify.BundleValidator{PubKey: v.PubKey, Power: v.Power})
			}
			bundle.SetChanges = append(bundle.SetChanges, step)
		}
		court := verifytest.World{Spec: w.Spec}
		court.Validators = set
		court.Header = verifytest.Header(w.ChainID, height, verifytest.Digest("some state"), set, set)
		encoded, err := bundle.Encode()
		require.NoError(t, err)
		report, err := verify.VerifyEncoded(encoded, court.Root())
		require.NoError(t, err, "root of block %d", height)
		require.True(t, report.Consistent)
		require.Equal(t, len(res.Changes), report.Account.SetChanges)
	}
}
