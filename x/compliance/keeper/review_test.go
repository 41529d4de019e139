package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance/types"
)

func TestCleared(t *testing.T) {
	w := newWorld(t)
	is := func(want bool, version uint32, digest []byte) {
		t.Helper()
		got, err := w.keeper.Cleared(w.Ctx, product, version, digest)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	is(false, 1, digest)
	w.mustRequest(request())
	is(false, 1, digest)
	w.mustOpine(opine("law", types.VERDICT_CLEAR))
	is(false, 1, digest)
	w.mustOpine(opine("audit", types.VERDICT_CLEAR))
	is(true, 1, digest)
	is(false, 1, other)
	is(false, 1, nil)
	is(false, 2, digest)

	again := request()
	again.SubjectDigest = other
	w.mustRequest(again)
	is(false, 1, digest) // only the latest round counts
	is(false, 1, other)
	for _, name := range []string{"law", "audit"} {
		msg := opine(name, types.VERDICT_RETURN)
		msg.Round = 2
		w.mustOpine(msg)
	}
	is(false, 1, other)
}
