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
	w.liveOn()

	require.NoError(t, w.k.ChargeQuota(w.Ctx, hangzhou, false, 60))
	require.NoError(t, w.k.ChargeQuota(w.Ctx, ningbo, true, 300))

	first, err := w.k.ExportGenesis(w.Ctx)
	require.NoError(t, err)
	require.NoError(t, first.Validate())
	require.Len(t, first.QuotaUses, 2)
	require.Len(t, first.Members, 8)
	require.Len(t, first.UsedNonces, 8)
	require.Len(t, first.History, 14)
	require.Len(t, first.Accounts, 2)
	require.Len(t, first.Refusals, 1)

	again := startWorld(t, first)
	second, err := again.k.ExportGenesis(again.Ctx)
	require.NoError(t, err)
	require.Equal(t, string(w.Codec.MustMarshalJSON(first)), string(again.Codec.MustMarshalJSON(second)))
	require.Equal(t, w.dump(), again.dump())
	require.NoError(t, again.k.Check(again.Ctx))
	require.Equal(t, w.updates, again.updates, "the first validators of the new chain")

	require.ErrorIs(t, again.k.ChargeQuota(again.Ctx, hangzhou, false, 41), types.ErrQuotaExceeded, "what was used still counts")
	again.refused(types.ErrOwnerInUse, func() error {
		_, err := again.msg.AddAccount(again.Ctx, again.addition("ningbo", "lawyer", accountApplication("lawyer", ningbo, types.ROLE_RELAYER)))
		return err
	})
	_, err = again.k.RequireActive(again.Ctx, keys.Address("carrier"), types.ROLE_RELAYER)
	require.NoError(t, err)
	history, err := again.query.MemberHistory(again.Ctx, &types.QueryMemberHistoryRequest{Number: next})
	require.NoError(t, err)
	require.Len(t, history.Changes, 3)
	again.refused(types.ErrNonceUsed, func() error { _, err := again.admit("authority", "bank", app); return err })
}

// liveOn brings every kind of state that a member's life leaves into the world of the test above.
func (w *world) liveOn() {
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	w.mustAdd("bank", "teller", types.ROLE_BANK)
	w.mustAdd("lawyer", "former", types.ROLE_COMMITTEE_MEMBER)
	w.must(w.msg.RevokeAccount(w.Ctx, revocation("lawyer", "former")))
	w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", "heir", accountApplication("heir", lawyer, types.ROLE_COMMITTEE_MEMBER))))
	w.must(w.msg.UpdateMember(w.Ctx, updating("heir", recipient, nil)))
	require.NoError(w.t, w.reinstate("authority", hangzhou))
	w.must(w.msg.SetTier(w.Ctx, tier("hangzhou", next, types.TIER_GALAXY, "HZDE-2026-03")))
	w.must(w.msg.Reject(w.Ctx, w.rejection("hangzhou", "refused", w.another("refused", "91330100MA2B0000X0"))))
	require.NoError(w.t, w.leave("seller"))
	w.must(w.admit("hangzhou", "seller again", w.another("seller again", "91330100MA00000003")))
	require.NoError(w.t, w.k.Check(w.Ctx))
}

// another is the application of another applicant.
func (w *world) another(name, code string) types.Application {
	app := w.application()
	app.PublicKey, app.CreditCode = keys.Account(name).PubKey().Bytes(), code
	return app
}

// foreign is an address of another chain.
const foreign = "cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw"

func TestInitGenesisFailsIf(t *testing.T) {
	cases := map[string]func(g *types.GenesisState){
		"it does not validate":           func(g *types.GenesisState) { g.NextMember = 1 },
		"an address is of another chain": func(g *types.GenesisState) { g.Members[0].Owner = foreign },
		"an address is in capitals":      func(g *types.GenesisState) { g.Members[0].Owner = strings.ToUpper(g.Members[0].Owner) },
		"a nonce's address is of another chain": func(g *types.GenesisState) {
			g.UsedNonces = []types.UsedNonce{{Address: foreign, Nonce: make([]byte, 16), ExpiresAt: 1}}
		},
		"an account's address is of another chain": func(g *types.GenesisState) {
			g.Accounts = []types.Account{{Address: foreign, Member: seller, Roles: []types.Role{types.ROLE_MERCHANT}}}
		},
		"a refused applicant's address is of another chain": func(g *types.GenesisState) {
			g.Refusals = []types.Refusal{{
				By: hangzhou, Height: 1, ApplicationDigest: make([]byte, 32), Applicant: foreign, CreditCode: "91330100MA2B0000XY", Reason: "r",
			}}
		},
		"the address of a member's fen is of another chain": func(g *types.GenesisState) { g.Members[0].Funds = foreign },
		"a history's account is of another chain": func(g *types.GenesisState) {
			g.History = []types.MemberChange{{Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_ACCOUNT_REVOKED, By: seller, Account: foreign}}
		},
		"a replaced owner is of another chain": func(g *types.GenesisState) {
			g.History = []types.MemberChange{{
				Member: seller, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_OWNER_REPLACED, Account: keys.Bech32("seller"), Replaced: foreign,
			}}
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
	require.NoError(t, w.k.ChargeQuota(w.Ctx.WithBlockHeight(11), seller, false, 100))
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", "heir", accountApplication("heir", lawyer, types.ROLE_COMMITTEE_MEMBER))))
	refused := w.another("refused", "91330100MA2B0000X0")
	w.must(w.msg.Reject(w.Ctx, w.rejection("hangzhou", "refused", refused)))
	digest, err := types.ApplicationDigest(refused)
	require.NoError(t, err)
	carrier := upperHex(keys.Address("carrier"))
	address, nonce := upperHex(keys.Address("buyer")), strings.Repeat("09", 16)
	expiry := fmt.Sprintf("%016X", w.application().ExpiresAt)
	for _, entry := range []string{
		"1000000006=0806122C",
		"11" + address + "=00000006\n",
		"12" + upperHex([]byte("91330100MA2B0000XY")) + "=00000006\n",
		"13000000020000000100000006=\n",
		"1400000006=00000001\n",
		"1500000006000000000000000100000001=0806100118012001",
		"16" + carrier + "=0A2C",
		"1700000002" + carrier + "=\n",
		"18" + upperHex(keys.Address("lawyer")) + "=00000005\n",
		"22000000010000000000000001" + upperHex(digest) + "=08011001",
		"2312" + upperHex([]byte(refused.CreditCode)) + "0000000000000001" + upperHex(digest) + "=00000001\n",
		"2014" + address + nonce + "=" + expiry + "\n",
		"21" + expiry + "14" + address + nonce + "=\n",
		"3000000001=08011208",
		"31" + upperHex(keys.Validator("ningbo").PubKey().Bytes()) + "=000000000000000A\n",
		"40=10",
		"5000000003=0803100A1864\n",
		"41=00000007\n",
	} {
		require.Contains(t, "\n"+w.dump(), "\n"+entry)
	}
}

func upperHex(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }
