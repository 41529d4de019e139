package headers_test

import (
	"context"
	"errors"
	"testing"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/headers"
	"github.com/shugu-network/shugu/headers/types"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// past is what a node that has seen all blocks answers, spoiled or not.
func past(t *testing.T, spoil func(*types.QuerySetChangesResponse)) headers.Source {
	t.Helper()
	f := follower(newNode(12), dbm.NewMemDB())
	require.NoError(t, f.CatchUp(t.Context()))
	server := new(headers.Server)
	server.Serve(f.Store)
	return headers.Source{Name: "past", Changes: func(ctx context.Context) (*types.QuerySetChangesResponse, error) {
		res, err := server.SetChanges(ctx, &types.QuerySetChangesRequest{})
		if err == nil && spoil != nil {
			spoil(res)
		}
		return res, err
	}}
}

// invent makes a change at block 1 that a set of too much power signs.
func invent(t *testing.T, r *types.QuerySetChangesResponse) {
	t.Helper()
	strong := verifytest.Validators("wuxi-dex", "suzhou-dex")
	for i := range strong {
		strong[i].Power = cmttypes.MaxTotalVotingPower
	}
	set := &cmttypes.ValidatorSet{}
	for _, v := range strong {
		set.Validators = append(set.Validators, cmttypes.NewValidator(v.Key.PubKey(), v.Power))
	}
	first := change(t, 1, setA, setB)
	var header cmtproto.Header
	var commit cmtproto.Commit
	require.NoError(t, header.Unmarshal(first.Header))
	require.NoError(t, commit.Unmarshal(first.Commit))
	header.ValidatorsHash = set.Hash()
	h, err := cmttypes.HeaderFromProto(&header)
	require.NoError(t, err)
	commit.BlockID.Hash, commit.Signatures = h.Hash(), commit.Signatures[:len(strong)]
	first.Header, err = header.Marshal()
	require.NoError(t, err)
	first.Commit, err = commit.Marshal()
	require.NoError(t, err)
	r.Validators, r.Changes = nil, append([]types.SetChange{first}, r.Changes...)
	for _, v := range strong {
		r.Validators = append(r.Validators, types.Validator{PubKey: v.Key.PubKey().Bytes(), Power: v.Power})
	}
}

func lateFollower(first int64, sources ...headers.Source) *headers.Follower {
	n := newNode(11)
	n.first = first
	f := follower(n, dbm.NewMemDB())
	f.Sources = sources
	return f
}

// A node that came by state sync has in the end what one that saw all blocks has.
func TestFollowerFetchesWhatWasBeforeItsFirstBlock(t *testing.T) {
	straight := dbm.NewMemDB()
	require.NoError(t, follower(newNode(11), straight).CatchUp(t.Context()))
	for first := int64(2); first <= 10; first++ {
		n, db := newNode(11), dbm.NewMemDB()
		n.first = first
		f := follower(n, db)
		f.Sources = []headers.Source{past(t, nil)}
		require.NoError(t, f.CatchUp(t.Context()))
		require.Equal(t, dump(t, straight), dump(t, db), "first block %d", first)
	}
}

func TestFollowerRefusesAPastThatDoesNotLeadHere(t *testing.T) {
	for name, spoil := range map[string]func(*types.QuerySetChangesResponse){
		"a change left out":            func(r *types.QuerySetChangesResponse) { r.Changes = r.Changes[1:] },
		"the last change left out":     func(r *types.QuerySetChangesResponse) { r.Changes = r.Changes[:1] },
		"another first set":            func(r *types.QuerySetChangesResponse) { r.Validators = packed(setC) },
		"a change twice":               func(r *types.QuerySetChangesResponse) { r.Changes = append(r.Changes[:1:1], r.Changes...) },
		"another next set":             func(r *types.QuerySetChangesResponse) { r.Changes[0].Validators = packed(setC) },
		"another height":               func(r *types.QuerySetChangesResponse) { r.Changes[0].Height++ },
		"a header with a changed byte": func(r *types.QuerySetChangesResponse) { r.Changes[0].Header[len(r.Changes[0].Header)-1] ^= 1 },
		"a commit with a changed byte": func(r *types.QuerySetChangesResponse) { r.Changes[1].Commit[len(r.Changes[1].Commit)-1] ^= 1 },
		"bytes that are no header":     func(r *types.QuerySetChangesResponse) { r.Changes[0].Header = []byte{1} },
		"no set":                       func(r *types.QuerySetChangesResponse) { r.Validators = nil },
		"too few blocks looked at":     func(r *types.QuerySetChangesResponse) { r.ThroughHeight = 7 },
		"before the first block":       func(r *types.QuerySetChangesResponse) { r.FirstHeight = -5 },
		"power that nobody can add up": func(r *types.QuerySetChangesResponse) { invent(t, r) },
	} {
		t.Run(name, func(t *testing.T) {
			f := lateFollower(9, past(t, spoil))
			require.ErrorContains(t, f.CatchUp(t.Context()), "past: ")
			_, err := f.Store.Base()
			require.ErrorIs(t, err, headers.ErrEmpty, "nothing was stored")

			f.Sources = append(f.Sources, past(t, nil)) // the next source is asked
			require.NoError(t, f.CatchUp(t.Context()))
			requireChain(t, f.Store, 1, 10, change(t, 4, setA, setB), change(t, 7, setB, setC))
		})
	}
}

// Sources that do not answer hold a node up for a while, not for ever.
func TestFollowerGoesOnWithoutAPast(t *testing.T) {
	asked := 0
	silent := headers.Source{Name: "silent", Changes: func(context.Context) (*types.QuerySetChangesResponse, error) {
		asked++
		return nil, errors.New("no answer")
	}}
	f := lateFollower(9, silent)
	for f.CatchUp(t.Context()) != nil {
		require.Less(t, asked, 100)
	}
	require.Equal(t, 24, asked)
	requireChain(t, f.Store, 9, 10, []types.SetChange(nil)...)
}
