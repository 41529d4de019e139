package keeper_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Check finds every loss, every surplus, and every record that cannot be.
func TestCheckFinds(t *testing.T) {
	kinds := map[string]string{
		"a contract missing": "10", "a counter missing": "20", "a queue entry missing": "30",
		"a seller's entry missing": "50", "a buyer's entry missing": "51",
	}
	for name, prefix := range kinds {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.at(types.STATUS_FUNDED, w.deal())
			require.NoError(t, w.keeper.Check(w.Ctx))
			w.Ctx.KVStore(w.Key(types.StoreKey)).Delete(w.firstKey(prefix))
			require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
		})
	}
	for name, prefix := range map[string]string{"queue": "30", "seller": "50", "buyer": "51"} {
		t.Run("a surplus "+name+" entry", func(t *testing.T) {
			w := newWorld(t)
			w.at(types.STATUS_FUNDED, w.deal())
			key := w.firstKey(prefix)
			key[len(key)-1]++
			w.Ctx.KVStore(w.Key(types.StoreKey)).Set(key, []byte{})
			require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
		})
	}
	t.Run("a failure that is forgotten", func(t *testing.T) {
		w := newWorld(t)
		w.everything()
		w.Ctx.KVStore(w.Key(types.StoreKey)).Delete(w.firstKey("40"))
		require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
	})
	t.Run("a failure of a contract that is final", func(t *testing.T) {
		w := newWorld(t)
		id := w.at(types.STATUS_SETTLED, w.deal())
		f := types.Failure{Contract: id, Codespace: "fake", Code: 2, Error: "x", Attempts: 1, RetryAt: w.now() + 1}
		b, err := f.Marshal()
		require.NoError(t, err)
		w.Ctx.KVStore(w.Key(types.StoreKey)).Set(append([]byte{0x40}, id...), b)
		require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
	})
}

// firstKey is the first key of the module's store with a prefix, in hexadecimal.
func (w *world) firstKey(prefix string) []byte {
	w.t.Helper()
	first := ""
	for key := range w.stored() {
		if strings.HasPrefix(key, "trade/"+prefix) && (first == "" || key < first) {
			first = key
		}
	}
	key, err := hex.DecodeString(strings.TrimPrefix(first, "trade/"))
	require.NoError(w.t, err)
	require.NotEmpty(w.t, key)
	return key
}

// The store's layout is documented byte by byte in the README.
func TestStoreLayout(t *testing.T) {
	w := newWorld(t)
	w.everything()
	lengths := map[string]int{"00": 1, "10": 21, "20": 5, "30": 29, "40": 21, "50": 25, "51": 25}
	seen := map[string]bool{}
	for key := range w.stored() {
		if key, ours := strings.CutPrefix(key, "trade/"); ours {
			require.Len(t, key, 2*lengths[key[:2]], key)
			seen[key[:2]] = true
		}
	}
	require.Len(t, seen, len(lengths))
}
