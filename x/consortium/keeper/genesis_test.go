package keeper_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// A world with every kind of state, exported, imported and exported again, is
// the same to the byte, in the export and in the store.
func TestGenesisRoundTrip(t *testing.T) {
	w := newWorld(t)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	w.Advance(time.Minute)
	app := w.application()
	app.AdmittingMember, app.PublicKey, app.CreditCode = 0, keys.Account("bank").PubKey().Bytes(), "91330100MA2B0000XZ"
	app.Roles, app.ExpiresAt = []types.Role{types.ROLE_BANK, types.ROLE_RELAYER}, app.ExpiresAt-600
	_, err = w.admit("authority", "bank", app)
	require.NoError(t, err)
	require.NoError(t, w.suspend("hangzhou", next))
	require.NoError(t, w.suspend("authority", hangzhou))

	first, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.NoError(t, first.Validate())
	require.Len(t, first.Members, 7)
	require.Len(t, first.UsedNonces, 2)
	require.Len(t, first.History, 4)

	again := startWorld(t, first)
	second, err := again.k.ExportGenesis(again.Ctx)
	require.NoError(t, err)
	require.Equal(t, string(w.Codec.MustMarshalJSON(first)), string(again.Codec.MustMarshalJSON(second)))
	require.Equal(t, w.dump(), again.dump())
	require.NoError(t, again.k.Check(again.Ctx))
	require.Equal(t, w.updates, again.updates, "the first validators of the new chain")

	history, err := again.query.MemberHistory(again.Ctx, &types.QueryMemberHistoryRequest{Number: next})
	require.NoError(t, err)
	require.Len(t, history.Changes, 2)
	again.refused(types.ErrNonceUsed, func() error { _, err := again.admit("authority", "bank", app); return err })
}

func TestInitGenesisFailsIf(t *testing.T) {
	cases := map[string]func(g *types.GenesisState){
		"it does not validate":           func(g *types.GenesisState) { g.NextMember = 1 },
		"an address is of another chain": func(g *types.GenesisState) { g.Members[0].Owner = "cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw" },
		"an address is in capitals":      func(g *types.GenesisState) { g.Members[0].Owner = strings.ToUpper(g.Members[0].Owner) },
		"a nonce's address is of another chain": func(g *types.GenesisState) {
			g.UsedNonces = []types.UsedNonce{{Address: "cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw", Nonce: make([]byte, 16), ExpiresAt: 1}}
		},
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			w := emptyWorld(t)
			g := worldGenesis()
			spoil(g)
			_, err := w.k.InitGenesis(w.Ctx, g)
			require.ErrorIs(t, err, valid.ErrInvalid)
			require.Empty(t, w.dump(), "something was written")
		})
	}
}

// Layout of the store, as the README has it.
func TestStoreLayoutGolden(t *testing.T) {
	w := newWorld(t)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	address, nonce := upperHex(keys.Address("buyer")), strings.Repeat("09", 16)
	expiry := fmt.Sprintf("%016X", w.application().ExpiresAt)
	for _, entry := range []string{
		"1000000006=0806122C",
		"11" + address + "=00000006\n",
		"12" + upperHex([]byte("91330100MA2B0000XY")) + "=00000006\n",
		"13000000020000000100000006=\n",
		"1400000006=00000001\n",
		"1500000006000000000000000100000001=0806100118012001",
		"2014" + address + nonce + "=" + expiry + "\n",
		"21" + expiry + "14" + address + nonce + "=\n",
		"3000000001=08011208",
		"31" + upperHex(keys.Validator("ningbo").PubKey().Bytes()) + "=000000000000000A\n",
		"40=\n",
		"41=00000007\n",
	} {
		require.Contains(t, "\n"+w.dump(), "\n"+entry)
	}
}

func upperHex(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }
