package keeper_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestAddAccount(t *testing.T) {
	w := newWorld(t)
	app := accountApplication("carrier", ningbo, types.ROLE_RELAYER)
	res, err := w.msg.AddAccount(w.Ctx, w.addition("ningbo", "carrier", app))
	require.NoError(t, err)
	require.Equal(t, keys.Bech32("carrier"), res.Address)
	require.Equal(t, "shugu.consortium.v1.EventAccountAdded", w.lastEvent())
	require.True(t, w.accounts.HasAccount(w.Ctx, keys.Address("carrier")), "it can sign at once")
	require.Equal(t, types.MemberChange{
		Member: ningbo, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_ACCOUNT_ADDED, By: ningbo,
		Account: keys.Bech32("carrier"), Roles: []types.Role{types.ROLE_RELAYER},
	}, w.lastChange(ningbo))
	list, err := w.query.Accounts(w.Ctx, &types.QueryAccountsRequest{Number: ningbo})
	require.NoError(t, err)
	require.Equal(t, &types.QueryAccountsResponse{Owner: keys.Bech32("ningbo"), Accounts: []types.Account{
		{Address: keys.Bech32("carrier"), Member: ningbo, Roles: []types.Role{types.ROLE_RELAYER}, AddedHeight: 1},
	}}, list)

	narrowed, err := w.query.MemberByAddress(w.Ctx, &types.QueryMemberByAddressRequest{Address: keys.Bech32("carrier")})
	require.NoError(t, err)
	require.Equal(t, []types.Role{types.ROLE_RELAYER}, narrowed.Member.Roles)
	require.Equal(t, []types.Role{types.ROLE_EXCHANGE, types.ROLE_RELAYER}, w.member(ningbo).Roles, "the member's own roles stay")
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestAddAccountFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer, key string
		spoil       func(app *types.AccountApplication)
		want        error
	}{
		"application is malformed": {spoil: func(a *types.AccountApplication) { a.Nonce = nil }, want: valid.ErrInvalid},
		"there is no role":         {spoil: func(a *types.AccountApplication) { a.Roles = nil }, want: valid.ErrInvalid},
		"it is for another chain":  {spoil: func(a *types.AccountApplication) { a.ChainId = "shugu-test-2" }, want: types.ErrWrongChain},
		"it has expired":           {spoil: func(a *types.AccountApplication) { a.ExpiresAt = fixture.Start.Unix() - 1 }, want: types.ErrExpired},
		"it expires too late": {spoil: func(a *types.AccountApplication) {
			a.ExpiresAt = fixture.Start.Add(types.MaxApplicationLife).Unix() + 1
		}, want: types.ErrExpiryTooFar},
		"it is for another member":     {spoil: func(a *types.AccountApplication) { a.Member = hangzhou }, want: types.ErrWrongMember},
		"the member lacks the role":    {spoil: func(a *types.AccountApplication) { a.Roles = []types.Role{types.ROLE_BANK} }, want: types.ErrRoleMissing},
		"the member lacks one role":    {spoil: func(a *types.AccountApplication) { a.Roles = []types.Role{types.ROLE_BANK, types.ROLE_RELAYER} }, want: types.ErrRoleMissing},
		"somebody else signed it":      {key: "stranger", want: types.ErrBadSignature},
		"the owner signed it":          {key: "ningbo", want: types.ErrBadSignature},
		"signer is no address":         {signer: "", want: valid.ErrInvalid},
		"signer is a stranger":         {signer: "stranger", want: types.ErrNotMember},
		"signer is the council":        {signer: "authority", want: types.ErrNotMember},
		"signer is another owner":      {signer: "hangzhou", want: types.ErrWrongMember},
		"signer is an added account":   {signer: "carrier", want: types.ErrNotOwner},
		"signer is suspended":          {signer: "closed", want: types.ErrSuspended},
		"the account is its owner":     {key: "ningbo", spoil: keyOf("ningbo"), want: types.ErrOwnerInUse},
		"the account is a member's":    {key: "seller", spoil: keyOf("seller"), want: types.ErrOwnerInUse},
		"the account was added before": {key: "carrier", spoil: keyOf("carrier"), want: types.ErrOwnerInUse},
		"another member added it":      {key: "clerk", spoil: keyOf("clerk"), want: types.ErrOwnerInUse},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
			w.mustAdd("seller", "clerk", types.ROLE_MERCHANT)
			key := or(c.key, "second")
			app := accountApplication("second", ningbo, types.ROLE_RELAYER)
			app.Nonce = bytes.Repeat([]byte{6}, 16)
			if c.spoil != nil {
				c.spoil(&app)
			}
			msg := w.addition(or(c.signer, "ningbo"), key, app)
			if name == "signer is no address" {
				msg.Signer = "ningbo"
			}
			w.refused(c.want, func() error { _, err := w.msg.AddAccount(w.Ctx, msg); return err })
		})
	}
}

func keyOf(name string) func(*types.AccountApplication) {
	return func(a *types.AccountApplication) { a.PublicKey = keys.Account(name).PubKey().Bytes() }
}

// An application to become a member is none to become an account, nor the other way round.
func TestAddAccountFailsIfSignedUnderAnotherTag(t *testing.T) {
	w := newWorld(t)
	app := accountApplication("carrier", ningbo, types.ROLE_RELAYER)
	encoded, err := app.Marshal()
	require.NoError(t, err)
	for _, domain := range []string{types.ApplicationDomain, "", "shugu/consortium/account/v2"} {
		msg := w.addition("ningbo", "carrier", app)
		msg.Signature, err = keys.Account("carrier").Sign(append(append([]byte(domain), 0), encoded...))
		require.NoError(t, err)
		w.refused(types.ErrBadSignature, func() error { _, err := w.msg.AddAccount(w.Ctx, msg); return err })
	}
}

func TestAddAccountFailsIfApplicationIsReplayed(t *testing.T) {
	w := newWorld(t)
	msg := w.addition("ningbo", "carrier", accountApplication("carrier", ningbo, types.ROLE_RELAYER))
	w.must(w.msg.AddAccount(w.Ctx, msg))
	w.must(w.msg.RevokeAccount(w.Ctx, &types.MsgRevokeAccount{Signer: keys.Bech32("ningbo"), Account: keys.Bech32("carrier")}))
	w.refused(types.ErrNonceUsed, func() error { _, err := w.msg.AddAccount(w.Ctx, msg); return err })
	again := accountApplication("carrier", ningbo, types.ROLE_EXCHANGE)
	again.Nonce = bytes.Repeat([]byte{6}, 16)
	w.must(w.msg.AddAccount(w.Ctx, w.addition("ningbo", "carrier", again)))
}

func TestAddAccountFailsIfThereAreSixteen(t *testing.T) {
	w := newWorld(t)
	for i := 1; i < types.MaxAccounts; i++ {
		w.mustAdd("seller", fmt.Sprintf("clerk %d", i), types.ROLE_MERCHANT)
	}
	require.NoError(t, w.k.Check(w.Ctx))
	one := w.addition("seller", "one more", accountApplication("one more", seller, types.ROLE_MERCHANT))
	w.refused(types.ErrTooManyAccounts, func() error { _, err := w.msg.AddAccount(w.Ctx, one); return err })
	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	w.must(w.msg.RevokeAccount(w.Ctx, &types.MsgRevokeAccount{Signer: keys.Bech32("seller"), Account: keys.Bech32("clerk 7")}))
	w.must(w.msg.AddAccount(w.Ctx, one))
}

// An added account acts within its roles, and only its owner changes the member.
func TestAddedAccountActsWithinItsRoles(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("hangzhou", "clerk", types.ROLE_EXCHANGE)
	res, err := w.admit("clerk", "buyer", w.application())
	require.NoError(t, err, "it admits as the exchange that it acts for")
	require.Equal(t, hangzhou, w.member(res.Number).AdmittedBy)
	require.NoError(t, w.suspend("clerk", res.Number))
	require.NoError(t, w.reinstate("clerk", res.Number))
	w.refused(types.ErrSelfSuspension, func() error { return w.suspend("clerk", hangzhou) })

	w.mustAdd("ningbo", "carrier", types.ROLE_RELAYER)
	app := w.application()
	app.AdmittingMember, app.PublicKey, app.CreditCode = ningbo, keys.Account("third").PubKey().Bytes(), "91330100MA2B0000XZ"
	w.refused(types.ErrRoleMissing, func() error { _, err := w.admit("carrier", "third", app); return err })

	clerk := keys.Bech32("clerk")
	for name, message := range map[string]func() error{
		"add an account": func() error {
			_, err := w.msg.AddAccount(w.Ctx, w.addition("clerk", "friend", accountApplication("friend", hangzhou, types.ROLE_EXCHANGE)))
			return err
		},
		"revoke itself": func() error {
			_, err := w.msg.RevokeAccount(w.Ctx, &types.MsgRevokeAccount{Signer: clerk, Account: clerk})
			return err
		},
		"leave": func() error { return w.leave("clerk") },
		"update": func() error {
			_, err := w.msg.UpdateMember(w.Ctx, &types.MsgUpdateMember{Signer: clerk, DocumentsDigest: make([]byte, 32)})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { w.refused(types.ErrNotOwner, message) })
	}
}

// An account that acts for one member does not become another.
func TestAdmitFailsIfApplicantIsAnAccount(t *testing.T) {
	w := newWorld(t)
	w.mustAdd("ningbo", "buyer", types.ROLE_RELAYER)
	w.refused(types.ErrOwnerInUse, func() error { _, err := w.admit("hangzhou", "buyer", w.application()); return err })
}
