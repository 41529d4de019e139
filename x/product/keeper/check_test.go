package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/product/types"
)

// TestCheckFinds spoils the store behind the keeper's back.
func TestCheckFinds(t *testing.T) {
	const two, nine = "\x00\x00\x00\x02", "\x00\x00\x00\x09"
	for _, tc := range []struct {
		name, key, value string // no value: the key is removed
	}{
		{"scenario gone", "\x10" + scenarioID, ""},
		{"exchange index lacks a scenario", "\x20\x00\x00\x00\x01" + scenarioID, ""},
		{"exchange index has one too many", "\x20\x00\x00\x00\x09" + scenarioID, "-"},
		{"scenario sequence behind", "\x30" + two, "\x00\x00\x00\x01"},
		{"scenario sequence gone", "\x30\x00\x00\x00\x03", ""},
		{"product gone", "\x40" + productID, ""},
		{"product sequence ahead", "\x50" + two, nine},
		{"product sequence of nobody", "\x50" + nine, "\x00\x00\x00\x01"},
		{"version gone", "\x60" + productID + "\x00\x00\x00\x00\x01", ""},
		{"zone index lacks a product", "\x70\x00\x00\x00\x01\x06交通" + productID, ""},
		{"zone index has one too many", "\x70\x00\x00\x00\x03\x06链主" + productID, "-"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := busy(t)
			store := w.Service(types.StoreKey).OpenKVStore(w.Ctx)
			key := []byte(tc.key)
			switch tc.value {
			case "":
				found, err := store.Has(key)
				require.NoError(t, err)
				require.True(t, found, "the key must be one of the store's")
				require.NoError(t, store.Delete(key))
			case "-": // an entry of a key set
				require.NoError(t, store.Set(key, []byte{}))
			default:
				require.NoError(t, store.Set(key, []byte(tc.value)))
			}
			require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
		})
	}
}
