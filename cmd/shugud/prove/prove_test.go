package prove_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtbytes "github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/prove"
	headerstypes "github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// node answers for a world as a node's RPC does. Fields spoil single answers.
type node struct {
	w *verifytest.World
	// latest is the latest height when it is not the world's.
	latest  int64
	commit  *cmttypes.Commit
	set     []verifytest.Validator
	answer  func(path string, res *abci.ResponseQuery)
	noSeats bool
	// changes answers for set changes, one a page; a node of old has none.
	changes headerstypes.QueryServer
}

func newNode(t *testing.T) *node {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 12, Reversed: 4, Blocks: 2})
	return &node{w: w, latest: w.Header.Height, commit: w.Commit, set: w.Validators}
}

func (n *node) Status(context.Context) (*ctypes.ResultStatus, error) {
	return &ctypes.ResultStatus{SyncInfo: ctypes.SyncInfo{LatestBlockHeight: n.latest}}, nil
}

func (n *node) Commit(_ context.Context, height *int64) (*ctypes.ResultCommit, error) {
	h := *n.w.Header
	h.Height = *height
	return &ctypes.ResultCommit{SignedHeader: cmttypes.SignedHeader{Header: &h, Commit: n.commit}}, nil
}

// Validators answers one validator a page, whatever was asked, to make pages.
func (n *node) Validators(_ context.Context, height *int64, page, _ *int) (*ctypes.ResultValidators, error) {
	if *height != n.latest {
		return nil, errors.New("another height")
	}
	res := &ctypes.ResultValidators{BlockHeight: *height, Total: len(n.set)}
	if *page <= len(n.set) {
		res.Validators = verifytest.Set(n.set).Validators[*page-1 : *page]
	}
	return res, nil
}

func (n *node) ABCIQueryWithOptions(_ context.Context, path string, data cmtbytes.HexBytes, opts rpcclient.ABCIQueryOptions) (*ctypes.ResultABCIQuery, error) {
	res := abci.ResponseQuery{}
	switch {
	case strings.HasPrefix(path, "/store/"):
		answer, err := n.w.ABCIQuery(strings.TrimPrefix(path, "/store"), data, opts.Height)
		if err != nil {
			return nil, err
		}
		res = abci.ResponseQuery(*answer)
	case strings.HasPrefix(path, "/shugu.headers") && n.changes != nil:
		n.setChanges(&res, data)
	case n.noSeats || strings.HasPrefix(path, "/shugu.headers"):
		res.Code, res.Log = 6, "unknown query path"
	default:
		var seats consortiumtypes.QuerySeatsResponse
		for i, v := range n.w.Validators[1:] {
			seats.Seats = append(seats.Seats, consortiumtypes.Seat{Member: uint32(i + 1), Moniker: v.Name, ConsensusKey: v.Key.PubKey().Bytes()})
		}
		value, err := seats.Marshal()
		if err != nil {
			return nil, err
		}
		res.Value = value
	}
	if n.answer != nil {
		n.answer(path, &res)
	}
	return &ctypes.ResultABCIQuery{Response: res}, nil
}

// bundle is what the node's chain proves of a voucher, with the validators.
func (n *node) bundle(t *testing.T, number string) *verify.Bundle {
	b := n.w.Bundle(t, number)
	b.Validators = verifytest.Bundled(n.w.Validators)
	return b
}

// Bundles that are made together lie under one header, though the chain goes on.
func TestBundlesTogetherLieUnderOneHeader(t *testing.T) {
	n := newNode(t)
	bundles, err := prove.Bundles(t.Context(), n, n.w.Blue[:3], 0)
	require.NoError(t, err)
	for i, b := range bundles {
		require.Equal(t, n.bundle(t, n.w.Blue[i]), b)
	}
	_, err = prove.Bundles(t.Context(), n, []string{n.w.Blue[0], vouchertypes.Number("3301", "261123", 9, 9)}, 0)
	require.ErrorIs(t, err, prove.ErrNoVoucher)
}

// A header alone is a bundle's, without anything that is shown by it.
func TestHeaderIsThatOfABundle(t *testing.T) {
	n := newNode(t)
	got, err := prove.Header(t.Context(), n, 0)
	require.NoError(t, err)
	want := n.bundle(t, n.w.Blue[0])
	require.Equal(t, want.Signed, got.Signed)
	require.Equal(t, want.Validators, got.Validators)
	require.Equal(t, want.ChainID, got.ChainID)
	require.Empty(t, got.Number)
	require.Empty(t, got.Voucher)
}

func TestBundlesOfEveryVoucher(t *testing.T) {
	n := newNode(t)
	root, err := prove.TrustRoot(t.Context(), n)
	require.NoError(t, err)
	for _, number := range append(n.w.Blue, n.w.Red...) {
		for _, spelling := range []string{number, verify.FormatNumber(number)} {
			b, err := prove.Bundle(t.Context(), n, spelling, 0)
			require.NoError(t, err)
			require.Equal(t, n.bundle(t, number), b)
			encoded, err := b.Encode()
			require.NoError(t, err)
			report, err := verify.VerifyEncoded(encoded, root)
			require.NoError(t, err)
			require.True(t, report.Consistent)
		}
	}
}

func TestTrustRootHasTheSeatsNames(t *testing.T) {
	n := newNode(t)
	root, err := prove.TrustRoot(t.Context(), n)
	require.NoError(t, err)
	want := n.w.Root()
	want.Validators[0].Name = "" // has no seat in this test
	require.Equal(t, want, root)

	n.noSeats = true
	_, err = prove.TrustRoot(t.Context(), n)
	require.ErrorContains(t, err, "seats")
}

func TestTrustRootOfValidatorsThatHaveNotSigned(t *testing.T) {
	n := newNode(t)
	n.set = verifytest.Validators("w", "x", "y", "z")
	_, err := prove.TrustRoot(t.Context(), n)
	require.ErrorContains(t, err, "not signed")

	n.set = nil
	_, err = prove.TrustRoot(t.Context(), n)
	require.ErrorContains(t, err, "no validators")
}

func TestBundleThatCannotBeMade(t *testing.T) {
	first := vouchertypes.Number("3301", "261123", 123, 1)
	for name, tc := range map[string]struct {
		number string
		spoil  func(n *node)
		says   string
	}{
		"wrong check digits": {"330126112300012300000155", func(*node) {}, "check digits"},
		"no such voucher":    {vouchertypes.Number("3301", "261123", 9, 9), func(*node) {}, "no such voucher"},
		"no blocks yet":      {first, func(n *node) { n.latest = 0 }, "no blocks yet"},
		"first block":        {first, func(n *node) { atHeight(n, 2) }, "wait for the next block"},
		"commit missing":     {first, func(n *node) { n.commit = nil }, "no commit"},
		"one forged signature": {first, func(n *node) {
			n.commit = verifytest.Sign(n.w.Header, n.set, map[int]verifytest.Vote{3: {Forge: true}})
		}, "not signed"},
		"height pruned": {first, func(n *node) {
			n.answer = func(_ string, res *abci.ResponseQuery) { res.ProofOps, res.Log = nil, "version does not exist" }
		}, "pruned"},
		"another height": {first, func(n *node) {
			n.answer = func(_ string, res *abci.ResponseQuery) { res.Height-- }
		}, "got height"},
		"store refused": {first, func(n *node) {
			n.answer = func(path string, res *abci.ResponseQuery) {
				if strings.Contains(path, "settlement") {
					res.Code, res.Log = 1, "no such store"
				}
			}
		}, "no such store"},
		"proof that is none": {first, func(n *node) {
			n.answer = func(_ string, res *abci.ResponseQuery) { res.ProofOps.Ops[1].Data = []byte{1} }
		}, "no ICS-23"},
		"another value": {first, func(n *node) {
			n.answer = func(path string, res *abci.ResponseQuery) {
				if strings.Contains(path, "settlement") {
					res.Value = append(res.Value, 0)
				}
			}
		}, "do not agree"},
		"status left out": {first, func(n *node) {
			n.answer = func(path string, res *abci.ResponseQuery) {
				if strings.Contains(path, "voucherstatus") {
					res.Value = nil
				}
			}
		}, "do not agree"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t)
			tc.spoil(n)
			_, err := prove.Bundle(t.Context(), n, tc.number, 0)
			require.ErrorContains(t, err, tc.says)
		})
	}
	_, err := prove.Bundle(t.Context(), newNode(t), vouchertypes.Number("3301", "261123", 9, 9), 0)
	require.ErrorIs(t, err, prove.ErrNoVoucher)
}

// atHeight has the node's latest block at a height.
func atHeight(n *node, height int64) {
	h := *n.w.Header
	h.Height = height
	n.latest, n.commit = height, verifytest.Sign(&h, n.set, nil)
}
