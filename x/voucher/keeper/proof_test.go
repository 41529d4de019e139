package keeper_test

import (
	"testing"

	dbm "github.com/cosmos/cosmos-db"
	ics23 "github.com/cosmos/ics23/go"
	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// prove puts the contents of one store into a tree of its own, commits it, and returns
// the proof of a key with the root that it leads to.
func (w *world) prove(name string, key []byte) (*ics23.CommitmentProof, ics23.CommitmentRoot) {
	w.t.Helper()
	stores := store.NewCommitMultiStore(dbm.NewMemDB(), log.NewNopLogger())
	storeKey := storetypes.NewKVStoreKey(name)
	stores.MountStoreWithDB(storeKey, storetypes.StoreTypeIAVL, nil)
	require.NoError(w.t, stores.LoadLatestVersion())
	it, err := w.Service(name).OpenKVStore(w.Ctx).Iterator(nil, nil)
	require.NoError(w.t, err)
	for ; it.Valid(); it.Next() {
		stores.GetKVStore(storeKey).Set(it.Key(), it.Value())
	}
	require.NoError(w.t, it.Close())
	id := stores.Commit()

	queryable, ok := stores.(storetypes.Queryable)
	require.True(w.t, ok)
	response, err := queryable.Query(&storetypes.RequestQuery{Path: "/" + name + "/key", Data: key, Height: id.Version, Prove: true})
	require.NoError(w.t, err)
	require.Len(w.t, response.ProofOps.Ops, 2)
	var proof ics23.CommitmentProof
	require.NoError(w.t, proof.Unmarshal(response.ProofOps.Ops[0].Data))
	root, err := proof.Calculate()
	require.NoError(w.t, err)
	return &proof, root
}

// SECURITY-RULES 21: absence has both neighbours, none of them with an empty value, from the first voucher on.
func TestRule21AbsenceOfStatusIsProvable(t *testing.T) {
	w := newWorld(t)
	clean := w.issue()
	sentinels := types.SentinelKeys()

	proof, root := w.prove(types.StatusStoreKey, types.StatusKey(clean.Number))
	require.True(t, ics23.VerifyNonMembership(ics23.IavlSpec, root, proof, types.StatusKey(clean.Number)))
	require.Equal(t, sentinels[0], proof.GetNonexist().Left.Key)
	require.Equal(t, sentinels[1], proof.GetNonexist().Right.Key)
	require.Equal(t, "shugu sentinel", string(proof.GetNonexist().Left.Value))

	reversed := w.issue()
	w.reverse(reversed.Number, 1)
	for range 20 { // neighbours on either side
		other := w.issue()
		w.reverse(other.Number, 1)
	}
	proof, root = w.prove(types.StatusStoreKey, types.StatusKey(clean.Number))
	require.True(t, ics23.VerifyNonMembership(ics23.IavlSpec, root, proof, types.StatusKey(clean.Number)))
	require.False(t, ics23.VerifyNonMembership(ics23.IavlSpec, root, proof, types.StatusKey(reversed.Number)),
		"one voucher's absence is not another's")

	value, _, err := w.k.StatusBytes(w.Ctx, reversed.Number)
	require.NoError(t, err)
	proof, root = w.prove(types.StatusStoreKey, types.StatusKey(reversed.Number))
	require.True(t, ics23.VerifyMembership(ics23.IavlSpec, root, proof, types.StatusKey(reversed.Number), value))
}

func TestVoucherIsProvable(t *testing.T) {
	w := newWorld(t)
	v := w.issue()
	value, err := w.k.VoucherBytes(w.Ctx, v.Number)
	require.NoError(t, err)
	proof, root := w.prove(types.StoreKey, types.VoucherKey(v.Number))
	require.True(t, ics23.VerifyMembership(ics23.IavlSpec, root, proof, types.VoucherKey(v.Number), value))
	value[0] ^= 1
	require.False(t, ics23.VerifyMembership(ics23.IavlSpec, root, proof, types.VoucherKey(v.Number), value))
}
