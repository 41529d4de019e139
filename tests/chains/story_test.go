// Package chains_test runs the application on one or two chains in one process,
// with signed transactions, whole blocks and, between chains, real proofs.
package chains_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/chains"
	recognition "github.com/shugu-network/shugu/x/recognition/types"
)

func TestStory(t *testing.T) {
	first := story(t)
	second := story(t)
	require.True(t, bytes.Equal(first, second), "equal runs must reach equal application hashes")
}

func story(t *testing.T) []byte {
	w := newWorld(t, chains.Link)
	sold := w.sell()
	require.True(t, w.carry(w.present(sold.Voucher)).Success())

	w.requireStatus(sold, recognition.OUTBOX_STATUS_RECOGNISED)
	got, err := w.recognised(settlementKind, sold.Id)
	require.NoError(t, err)
	raw, err := w.a.Shugu.Settlement.RecordBytes(w.a.Query(), sold.Id)
	require.NoError(t, err)
	sum := sha256.Sum256(raw)
	require.Equal(t, sum[:], got.Digest)
	w.checkAll()
	return append(w.a.Shugu.LastCommitID().Hash, w.b.Shugu.LastCommitID().Hash...)
}
