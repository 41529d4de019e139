package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestReplaceOwner(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	app := accountApplication("heir", ningbo, types.ROLE_EXCHANGE, types.ROLE_RELAYER)
	w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", "heir", app)))
	require.Equal(t, "shugu.consortium.v1.EventOwnerReplaced", w.lastEvent())
	require.Equal(t, types.MemberChange{
		Member: ningbo, Height: 1, Sequence: 2, Kind: types.CHANGE_KIND_OWNER_REPLACED, Reason: "key lost",
		Account: keys.Bech32("heir"), Replaced: keys.Bech32("ningbo"),
	}, w.lastChange(ningbo))
	member := w.member(ningbo)
	require.Equal(t, keys.Bech32("heir"), member.Owner)
	require.Equal(t, keys.Bech32("ningbo"), member.FundsAccount(), "the fen stay where they are")
	require.True(t, w.accounts.HasAccount(w.Ctx, keys.Address("heir")))
	require.NoError(t, w.k.Check(w.Ctx))

	_, err := w.k.MemberOf(w.Ctx, keys.Address("ningbo"))
	require.ErrorIs(t, err, types.ErrNotMember, "the lost key signs for nobody")
	_, err = w.k.RequireActive(w.Ctx, keys.Address("heir"), types.ROLE_EXCHANGE)
	require.NoError(t, err)
	_, err = w.k.RequireActive(w.Ctx, keys.Address("carrier"), types.ROLE_RELAYER)
	require.NoError(t, err, "further accounts stay")

	// The address that holds the fen comes back in no role whatever.
	old := accountApplication("ningbo", seller, types.ROLE_MERCHANT)
	w.refused(types.ErrOwnerInUse, func() error { _, err := w.msg.AddAccount(w.Ctx, w.addition("seller", "ningbo", old)); return err })
	applicant := w.application()
	applicant.PublicKey = keys.Account("ningbo").PubKey().Bytes()
	w.refused(types.ErrOwnerInUse, func() error { _, err := w.admit("hangzhou", "ningbo", applicant); return err })
}

// Replaced twice: the fen stay with the first account, and the middle one is free.
func TestReplaceOwnerTwice(t *testing.T) {
	w := newWorld(t)
	for _, heir := range []string{"heir", "second heir"} {
		w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", heir, accountApplication(heir, seller, types.ROLE_MERCHANT))))
		require.NoError(t, w.k.Check(w.Ctx))
	}
	member := w.member(seller)
	require.Equal(t, keys.Bech32("second heir"), member.Owner)
	require.Equal(t, keys.Bech32("seller"), member.FundsAccount())
	again := accountApplication("heir", lawyer, types.ROLE_COMMITTEE_MEMBER)
	again.Nonce = bytes.Repeat([]byte{6}, 16)
	w.must(w.msg.AddAccount(w.Ctx, w.addition("lawyer", "heir", again)))
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReplaceOwnerOfAMemberThatIsNotActive(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.leave("seller"))
	w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", "heir", accountApplication("heir", seller, types.ROLE_MERCHANT))))
	w.must(w.msg.ReplaceOwner(w.Ctx, w.replacement("authority", "second heir", accountApplication("second heir", closed, types.ROLE_EXCHANGE))))
	require.Equal(t, types.MEMBER_STATUS_LEFT, w.member(seller).Status)
	require.Equal(t, types.MEMBER_STATUS_SUSPENDED, w.member(closed).Status)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestReplaceOwnerFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer, key string
		spoil       func(m *types.MsgReplaceOwner)
		app         func(app *types.AccountApplication)
		want        error
	}{
		"application is malformed":  {app: func(a *types.AccountApplication) { a.Nonce = nil }, want: valid.ErrInvalid},
		"reason is missing":         {spoil: func(m *types.MsgReplaceOwner) { m.Reason = "" }, want: valid.ErrInvalid},
		"signature is short":        {spoil: func(m *types.MsgReplaceOwner) { m.Signature = nil }, want: types.ErrBadSignature},
		"signer is no address":      {spoil: func(m *types.MsgReplaceOwner) { m.Signer = "x" }, want: valid.ErrInvalid},
		"signer is the owner":       {signer: "ningbo", want: types.ErrNotEntitled},
		"signer is an exchange":     {signer: "hangzhou", want: types.ErrNotEntitled},
		"signer is a stranger":      {signer: "stranger", want: types.ErrNotEntitled},
		"there is no such member":   {app: func(a *types.AccountApplication) { a.Member = next }, want: types.ErrMemberNotFound},
		"it is for another chain":   {app: func(a *types.AccountApplication) { a.ChainId = "shugu-test-2" }, want: types.ErrWrongChain},
		"somebody else signed it":   {key: "stranger", want: types.ErrBadSignature},
		"it is for some roles only": {app: func(a *types.AccountApplication) { a.Roles = a.Roles[:1] }, want: types.ErrRoleMissing},
		"it is for more roles": {app: func(a *types.AccountApplication) {
			a.Roles = []types.Role{types.ROLE_EXCHANGE, types.ROLE_BANK, types.ROLE_RELAYER}
		}, want: types.ErrRoleMissing},
		"the account is its owner":    {key: "ningbo", app: keyOf("ningbo"), want: types.ErrOwnerInUse},
		"the account is a member's":   {key: "seller", app: keyOf("seller"), want: types.ErrOwnerInUse},
		"the account is an added one": {key: "carrier", app: keyOf("carrier"), want: types.ErrOwnerInUse},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
			app := accountApplication("heir", ningbo, types.ROLE_EXCHANGE, types.ROLE_RELAYER)
			app.Nonce = bytes.Repeat([]byte{6}, 16)
			if c.app != nil {
				c.app(&app)
			}
			msg := w.replacement(or(c.signer, "authority"), or(c.key, "heir"), app)
			if c.spoil != nil {
				c.spoil(msg)
			}
			w.refused(c.want, func() error { _, err := w.msg.ReplaceOwner(w.Ctx, msg); return err })
		})
	}
}
