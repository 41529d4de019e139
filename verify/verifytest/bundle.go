package verifytest

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/shugu-network/shugu/verify"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Answer is a store's answer to a query with proof: the value, nil when absent, and the
// two proofs as a node sends them.
type Answer struct {
	Value       []byte
	Store, Root []byte
}

// Query asks a store for a key with proof, at the world's height.
func (w *World) Query(tb testing.TB, store string, key []byte) Answer {
	tb.Helper()
	res, err := w.ABCIQuery("/"+store+"/key", key, w.Height)
	require.NoError(tb, err)
	require.Len(tb, res.ProofOps.Ops, 2)
	return Answer{Value: res.Value, Store: res.ProofOps.Ops[0].Data, Root: res.ProofOps.Ops[1].Data}
}

// ABCIQuery answers as the application's stores do, with proof; path is "/store/key".
func (w *World) ABCIQuery(path string, key []byte, height int64) (*storetypes.ResponseQuery, error) {
	return w.store.Query(&storetypes.RequestQuery{Path: path, Data: key, Height: height, Prove: true})
}

// Bundle proves a voucher of the world.
func (w *World) Bundle(tb testing.TB, number string) *verify.Bundle {
	tb.Helper()
	b := &verify.Bundle{
		Format: verify.BundleFormat, ChainID: w.ChainID, Number: number, Height: w.Height,
		Signed: Signed(tb, w.Header, w.Commit), SetChanges: []verify.SetChange{},
	}
	voucher := w.Query(tb, "voucher", vouchertypes.VoucherKey(number))
	require.NotNil(tb, voucher.Value)
	b.Voucher = verify.Entry{Value: voucher.Value, Proof: Pack(tb, voucher.Store)}
	b.Stores.Voucher = Pack(tb, voucher.Root)

	var v vouchertypes.Voucher
	require.NoError(tb, v.Unmarshal(voucher.Value))
	settlement := w.Query(tb, "settlement", append([]byte{0x10}, v.Settlement...))
	b.Settlement = verify.Entry{Value: settlement.Value, Proof: Pack(tb, settlement.Store)}
	b.Stores.Settlement = Pack(tb, settlement.Root)

	blue := number
	if v.Kind == vouchertypes.KIND_RED {
		blue = v.Reverses
	}
	status := w.Query(tb, "voucherstatus", vouchertypes.StatusKey(blue))
	b.Status = verify.StatusEntry{Value: status.Value, Proof: Pack(tb, status.Store)}
	b.Stores.Status = Pack(tb, status.Root)
	if status.Value != nil {
		version := binary.BigEndian.Uint64(status.Value[1:])
		detail := w.Query(tb, "voucher", vouchertypes.DetailKey(blue, version))
		b.Status.Detail = &verify.Entry{Value: detail.Value, Proof: Pack(tb, detail.Store)}
	}
	return b
}

// Pack makes a bundle's proof of a node's.
func Pack(tb testing.TB, proof []byte) []byte {
	tb.Helper()
	b, err := verify.PackProof(proof)
	require.NoError(tb, err)
	return b
}
