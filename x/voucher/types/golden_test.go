package types_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// row is one entry of testdata/golden.json, which was made from README.md by another
// program. Courts and other chains read these bytes: they never change.
type row struct {
	Name, Store, Key, Value string
}

func golden(t testing.TB) map[string]row {
	t.Helper()
	raw, err := os.ReadFile("testdata/golden.json")
	require.NoError(t, err)
	var rows []row
	require.NoError(t, json.Unmarshal(raw, &rows))
	byName := map[string]row{}
	for _, r := range rows {
		byName[r.Name] = r
	}
	return byName
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

func TestGoldenLayout(t *testing.T) {
	blueBytes, err := types.EncodeVoucher(blue())
	require.NoError(t, err)
	redBytes, err := types.EncodeVoucher(red())
	require.NoError(t, err)
	detailBytes, err := types.EncodeStatusDetail(detail())
	require.NoError(t, err)
	statusBytes, err := types.EncodeStatus(status(detailBytes))
	require.NoError(t, err)
	sentinels := types.SentinelKeys()
	counter := types.Counter{Seller: 123, Day: "261123", Next: 44}

	got := []struct {
		name, store string
		key, value  []byte
	}{
		{"blue voucher", types.StoreKey, types.VoucherKey(blueNumber), blueBytes},
		{"red voucher", types.StoreKey, types.VoucherKey(redNumber), redBytes},
		{"detail 1 of the blue voucher", types.StoreKey, types.DetailKey(blueNumber, 1), detailBytes},
		{"counter of seller 123", types.StoreKey, types.CounterKey(123), types.EncodeCounter(counter)},
		{"status of the blue voucher", types.StatusStoreKey, types.StatusKey(blueNumber), statusBytes},
		{"lower sentinel", types.StatusStoreKey, sentinels[0], []byte(types.SentinelValue)},
		{"upper sentinel", types.StatusStoreKey, sentinels[1], []byte(types.SentinelValue)},
	}
	rows := golden(t)
	require.Len(t, rows, len(got))
	for _, g := range got {
		t.Run(g.name, func(t *testing.T) {
			want, ok := rows[g.name]
			require.True(t, ok)
			require.Equal(t, want.Store, g.store)
			require.Equal(t, want.Key, hex.EncodeToString(g.key))
			require.Equal(t, want.Value, hex.EncodeToString(g.value))
		})
	}
}

func TestGoldenDecodes(t *testing.T) {
	rows := golden(t)
	v, err := types.DecodeVoucher(unhex(t, rows["blue voucher"].Value))
	require.NoError(t, err)
	require.Equal(t, blue(), v)
	v, err = types.DecodeVoucher(unhex(t, rows["red voucher"].Value))
	require.NoError(t, err)
	require.Equal(t, red(), v)
	encoded := unhex(t, rows["detail 1 of the blue voucher"].Value)
	d, err := types.DecodeStatusDetail(encoded)
	require.NoError(t, err)
	require.Equal(t, detail(), d)
	s, err := types.DecodeStatus(unhex(t, rows["status of the blue voucher"].Value))
	require.NoError(t, err)
	require.Equal(t, status(encoded), s)
	c, err := types.DecodeCounter(123, unhex(t, rows["counter of seller 123"].Value))
	require.NoError(t, err)
	require.Equal(t, types.Counter{Seller: 123, Day: "261123", Next: 44}, c)
}

func TestDetailKeyIsBigEndian(t *testing.T) {
	require.Equal(t, "203333303132363131323330303031323330303030343232380000000000000102",
		hex.EncodeToString(types.DetailKey(blueNumber, 258)))
}
