package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance/types"
)

// TestCheckFinds spoils the store behind the keeper's back.
func TestCheckFinds(t *testing.T) {
	version := "000002-000001\x00\x00\x00\x00\x01" // product, end, version 1
	for name, spoil := range map[string]func(set func(key, value string), remove func(key string)){
		"pointer to another round": func(set func(string, string), _ func(string)) { set("\x20"+version, "\x00\x00\x00\x01") },
		"pending without its mark": func(_ func(string, string), remove func(string)) { remove("\x30" + version) },
		"pointer without a review": func(set func(string, string), _ func(string)) {
			set("\x20000002-000009\x00\x00\x00\x00\x01", "\x00\x00\x00\x01")
		},
		"mark without a review":     func(set func(string, string), _ func(string)) { set("\x30000002-000009\x00\x00\x00\x00\x01", "") },
		"round missing in between":  func(_ func(string, string), remove func(string)) { remove("\x10" + version + "\x00\x00\x00\x01") },
		"latest round is not there": func(_ func(string, string), remove func(string)) { remove("\x10" + version + "\x00\x00\x00\x02") },
	} {
		t.Run(name, func(t *testing.T) {
			w := busy(t)
			require.NoError(t, w.keeper.Check(w.Ctx))
			store := w.Service(types.StoreKey).OpenKVStore(w.Ctx)
			spoil(func(key, value string) { require.NoError(t, store.Set([]byte(key), []byte(value))) },
				func(key string) { require.NoError(t, store.Delete([]byte(key))) })
			require.ErrorIs(t, w.keeper.Check(w.Ctx), types.ErrInconsistent)
		})
	}
}
