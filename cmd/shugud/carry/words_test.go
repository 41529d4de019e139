package carry_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/verify/verifytest"
)

// What a person reads before a transaction is sent.
func TestWordsBeforeSending(t *testing.T) {
	w := verifytest.New(t, verifytest.Spec{Vouchers: 4, Reversed: 2, Blocks: 6})
	batch := batchOf(t, w, w.Blue[0], w.Red[1], w.Blue[3])
	update, err := batch.Updates(t.Context(), states{3: stateOf(3, w.Validators)}.client(w.Header.Time))
	require.NoError(t, err)
	conflict, err := batch.Updates(t.Context(), states{3: stateOf(3, w.Validators), uint64(w.Header.Height): stateOf(w.Header.Height, w.Validators)}.client(w.Header.Time))
	require.NoError(t, err)
	var out bytes.Buffer
	batch.Tell(&out, carry.Recognise, "07-tendermint-0", update)
	batch.Tell(&out, carry.StatusOnly, "07-tendermint-0", carry.Updates{})
	batch.Tell(&out, carry.Reaffirm, "07-tendermint-0", update)
	batch.Tell(&out, carry.Recognise, "07-tendermint-0", conflict)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile("testdata/words.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/words.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}
