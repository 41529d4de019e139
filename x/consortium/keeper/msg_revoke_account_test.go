package keeper_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func revocation(signer, account string) *types.MsgRevokeAccount {
	return &types.MsgRevokeAccount{Signer: keys.Bech32(signer), Account: keys.Bech32(account)}
}

func TestRevokeAccount(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	w.must(w.msg.RevokeAccount(w.Ctx, revocation("ningbo", "carrier")))
	require.Equal(t, "shugu.consortium.v1.EventAccountRevoked", w.lastEvent())
	require.Equal(t, types.MemberChange{
		Member: ningbo, Height: 1, Sequence: 2, Kind: types.CHANGE_KIND_ACCOUNT_REVOKED, By: ningbo, Account: keys.Bech32("carrier"),
	}, w.lastChange(ningbo))
	_, err := w.k.MemberOf(w.Ctx, keys.Address("carrier"))
	require.ErrorIs(t, err, types.ErrNotMember)
	require.NoError(t, w.k.Check(w.Ctx))

	again := accountApplication("carrier", seller, types.ROLE_MERCHANT)
	again.Nonce = bytes.Repeat([]byte{6}, 16)
	w.must(w.msg.AddAccount(w.Ctx, w.addition("seller", "carrier", again)))
}

// Taking a right away must not wait for standing: a suspended member's stolen key is revoked too.
func TestRevokeAccountOfASuspendedMember(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("seller", "clerk", types.ROLE_MERCHANT)
	require.NoError(t, w.suspend("hangzhou", seller))
	w.must(w.msg.RevokeAccount(w.Ctx, revocation("seller", "clerk")))
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestRevokeAccountFailsIf(t *testing.T) {
	cases := map[string]struct {
		msg  *types.MsgRevokeAccount
		want error
	}{
		"account is missing":           {&types.MsgRevokeAccount{Signer: keys.Bech32("ningbo")}, valid.ErrInvalid},
		"account is another chain's":   {&types.MsgRevokeAccount{Signer: keys.Bech32("ningbo"), Account: "cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw"}, valid.ErrInvalid},
		"signer is no address":         {&types.MsgRevokeAccount{Signer: "ningbo", Account: keys.Bech32("carrier")}, valid.ErrInvalid},
		"signer is a stranger":         {revocation("stranger", "carrier"), types.ErrNotMember},
		"signer is another owner":      {revocation("seller", "carrier"), types.ErrAccountNotFound},
		"signer is the account itself": {revocation("carrier", "carrier"), types.ErrNotOwner},
		"it is the owner":              {revocation("ningbo", "ningbo"), types.ErrAccountNotFound},
		"it is another owner":          {revocation("ningbo", "seller"), types.ErrAccountNotFound},
		"it acts for nobody":           {revocation("ningbo", "stranger"), types.ErrAccountNotFound},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
			w.refused(c.want, func() error { _, err := w.msg.RevokeAccount(w.Ctx, c.msg); return err })
		})
	}
}
