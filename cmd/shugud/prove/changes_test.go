package prove_test

import (
	"context"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/prove"
	"github.com/shugu-network/shugu/headers"
	headerstypes "github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// setChanges answers as a node's application does, one change a page.
func (n *node) setChanges(res *abci.ResponseQuery, data []byte) {
	var req headerstypes.QuerySetChangesRequest
	err := req.Unmarshal(data)
	if err == nil {
		req.Pagination.Limit = 1
		var answer *headerstypes.QuerySetChangesResponse
		if answer, err = n.changes.SetChanges(context.Background(), &req); err == nil {
			res.Value, err = answer.Marshal()
		}
	}
	if err != nil {
		res.Code, res.Log = 1, err.Error()
	}
}

var (
	setA = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "wenzhou-dex")
	setB = verifytest.Validators("hangzhou-dex", "zhejiang-dex", "ningbo-dex", "jiaxing-dex")
	setC = verifytest.Validators("hangzhou-dex", "shaoxing-dex", "ningbo-dex", "jiaxing-dex", "taizhou-dex")
)

func listed(set []verifytest.Validator) (list []headerstypes.Validator) {
	for _, v := range set {
		list = append(list, headerstypes.Validator{PubKey: v.Key.PubKey().Bytes(), Power: v.Power})
	}
	return list
}

// newChangedNode has header 11, and knows the set since block 2: A, after 4 B, after 7 C.
func newChangedNode(t *testing.T) (*node, *headers.Store) {
	t.Helper()
	w := verifytest.New(t, verifytest.Spec{Validators: setC, Blocks: 8})
	n := &node{w: w, latest: w.Header.Height, commit: w.Commit, set: w.Validators}
	require.EqualValues(t, 11, n.latest)
	store := headers.NewStore(dbm.NewMemDB())
	require.NoError(t, store.Begin(headerstypes.Base{Height: 2, Validators: listed(setA)}))
	appendChange(t, store, 4, setA, setB)
	appendChange(t, store, 7, setB, setC)
	server := new(headers.Server)
	server.Serve(store)
	n.changes = server
	return n, store
}

func appendChange(t *testing.T, store *headers.Store, height int64, from, to []verifytest.Validator) {
	t.Helper()
	c := verifytest.Change(t, verifytest.ChainID, height, from, to, nil)
	require.NoError(t, store.Append(headerstypes.SetChange{Height: height, Header: c.Header, Commit: c.Commit, Validators: listed(to)}))
}

func (n *node) rootAt(height int64, set []verifytest.Validator) *verify.TrustRoot {
	w := verifytest.World{Spec: n.w.Spec}
	w.Validators = set
	w.Header = verifytest.Header(w.ChainID, height, verifytest.Digest("some state"), set, set)
	return w.Root()
}

func TestBundleForATrustRootOfOld(t *testing.T) {
	n, store := newChangedNode(t)
	require.NoError(t, store.Advance(10))
	number := n.w.Blue[0]
	for since, want := range map[int64]struct {
		set   []verifytest.Validator
		steps int
	}{2: {setA, 2}, 3: {setA, 2}, 5: {setB, 1}, 7: {setB, 1}, 8: {setC, 0}, 11: {setC, 0}} {
		b, err := prove.Bundle(t.Context(), n, number, since)
		require.NoError(t, err, "since %d", since)
		require.Len(t, b.SetChanges, want.steps)
		encoded, err := b.Encode()
		require.NoError(t, err)
		root := n.rootAt(since, want.set)
		if since == 7 { // a change's own header
			root.HeaderHash = hashAt(7, setB, setC)
		}
		if since == 11 {
			root = n.w.Root()
		}
		_, err = verify.VerifyEncoded(encoded, root)
		require.NoError(t, err, "since %d", since)
		if want.steps == 0 {
			require.Equal(t, n.bundle(t, number), b, "a constant set changes nothing")
		}
	}
	b, err := prove.Bundle(t.Context(), n, number, 0)
	require.NoError(t, err)
	require.Equal(t, n.bundle(t, number), b)
}

func hashAt(height int64, from, to []verifytest.Validator) string {
	return verifytest.Header(verifytest.ChainID, height, verifytest.Digest("some state"), from, to).Hash().String()
}

// lagging is a node that looks at its last blocks only after it was asked some times.
type lagging struct {
	headerstypes.QueryServer
	asked  int
	settle func(asked int)
}

func (l *lagging) SetChanges(ctx context.Context, req *headerstypes.QuerySetChangesRequest) (*headerstypes.QuerySetChangesResponse, error) {
	res, err := l.QueryServer.SetChanges(ctx, req)
	l.asked++
	l.settle(l.asked)
	return res, err
}

func TestBundleWaitsUntilTheNodeHasLooked(t *testing.T) {
	n, store := newChangedNode(t) // through 7
	n.changes = &lagging{n.changes, 0, func(asked int) {
		if asked == 2 {
			appendChange(t, store, 11, setC, setA) // after the bundle's last step
		}
	}}
	b, err := prove.Bundle(t.Context(), n, n.w.Blue[0], 3)
	require.NoError(t, err)
	require.Len(t, b.SetChanges, 2)

	ctx, cancel := context.WithCancel(t.Context())
	n, _ = newChangedNode(t)
	n.changes = &lagging{n.changes, 0, func(int) { cancel() }}
	_, err = prove.Bundle(ctx, n, n.w.Blue[0], 3)
	require.ErrorIs(t, err, context.Canceled)
}

// liar spoils a node's answers.
type liar struct {
	headerstypes.QueryServer
	spoil func(res *headerstypes.QuerySetChangesResponse)
}

func (l *liar) SetChanges(ctx context.Context, req *headerstypes.QuerySetChangesRequest) (*headerstypes.QuerySetChangesResponse, error) {
	res, err := l.QueryServer.SetChanges(ctx, req)
	if err == nil {
		l.spoil(res)
	}
	return res, err
}

func TestBundleWithChangesThatCannotBeMade(t *testing.T) {
	spoil := func(f func(res *headerstypes.QuerySetChangesResponse)) func(n *node) {
		return func(n *node) { n.changes = &liar{n.changes, f} }
	}
	for name, tc := range map[string]struct {
		since int64
		spoil func(n *node)
		says  string
	}{
		"beyond the chain":     {12, func(*node) {}, "at most the chain's 11"},
		"before the node":      {1, func(*node) {}, "since block 2"},
		"a node of old":        {3, func(n *node) { n.changes = nil }, "unknown query path"},
		"another set to begin": {3, spoil(func(r *headerstypes.QuerySetChangesResponse) { r.Validators = listed(setB) }), "do not agree"},
		"a change left out": {3, spoil(func(r *headerstypes.QuerySetChangesResponse) {
			if r.Changes[0].Height == 7 {
				r.Changes[0].Height = 11
			}
		}), "do not agree"},
		"a header that is none": {3, spoil(func(r *headerstypes.QuerySetChangesResponse) { r.Changes[0].Header = []byte{1} }), "block 4"},
		"pages without end":     {3, spoil(func(r *headerstypes.QuerySetChangesResponse) { r.Changes, r.Pagination.NextKey = nil, make([]byte, 8) }), "does not end"},
	} {
		t.Run(name, func(t *testing.T) {
			n, store := newChangedNode(t)
			require.NoError(t, store.Advance(10))
			tc.spoil(n)
			_, err := prove.Bundle(t.Context(), n, n.w.Blue[0], tc.since)
			require.ErrorContains(t, err, tc.says)
		})
	}
}
