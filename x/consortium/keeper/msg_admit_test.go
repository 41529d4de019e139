package keeper_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func TestAdmitByExchange(t *testing.T) {
	w := newWorld(t)
	res, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	require.Equal(t, next, res.Number)

	member, err := w.k.Member(w.Ctx, next)
	require.NoError(t, err)
	require.Equal(t, types.Member{
		Number: next, Owner: keys.Bech32("buyer"), Name: "买方数据公司", CreditCode: "91330100MA2B0000XY", Region: "3301",
		Roles: []types.Role{types.ROLE_MERCHANT}, Status: types.MEMBER_STATUS_ACTIVE, DocumentsDigest: bytes.Repeat([]byte{7}, 32),
		AdmittedBy: hangzhou, AdmittedHeight: 1, Conditions: "annual audit",
	}, member)
	active, err := w.k.RequireActive(w.Ctx, keys.Address("buyer"), types.ROLE_MERCHANT)
	require.NoError(t, err)
	require.Equal(t, member, active)
	require.True(t, w.accounts.HasAccount(w.Ctx, keys.Address("buyer")), "the new owner can sign at once")

	history, err := w.query.MemberHistory(w.Ctx, &types.QueryMemberHistoryRequest{Number: next})
	require.NoError(t, err)
	require.Equal(t, []types.MemberChange{
		{Member: next, Height: 1, Sequence: 1, Kind: types.CHANGE_KIND_ADMITTED, By: hangzhou, Reason: "annual audit"},
	}, history.Changes)
	require.Equal(t, "shugu.consortium.v1.EventMemberAdmitted", w.Ctx.EventManager().Events()[0].Type)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestAdmitByAuthority(t *testing.T) {
	for _, roles := range [][]types.Role{
		{types.ROLE_MERCHANT},
		{types.ROLE_EXCHANGE},
		{types.ROLE_MERCHANT, types.ROLE_RELAYER},
		{types.ROLE_EXCHANGE, types.ROLE_MERCHANT, types.ROLE_COMMITTEE_MEMBER, types.ROLE_COURT, types.ROLE_BANK, types.ROLE_AUTHORITY, types.ROLE_OPERATOR, types.ROLE_RELAYER},
	} {
		w := newWorld(t)
		app := w.application()
		app.AdmittingMember, app.Roles = 0, roles
		_, err := w.admit("authority", "buyer", app)
		require.NoError(t, err)
		member, err := w.k.Member(w.Ctx, next)
		require.NoError(t, err)
		require.Equal(t, roles, member.Roles)
		require.Zero(t, member.AdmittedBy)
		require.NoError(t, w.k.Check(w.Ctx))
	}
}

func TestAdmitFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer, applicant string
		spoil             func(app *types.Application)
		want              error
	}{
		"application is malformed":             {spoil: func(a *types.Application) { a.Nonce = nil }, want: valid.ErrInvalid},
		"it is for another chain":              {spoil: func(a *types.Application) { a.ChainId = "shugu-test-2" }, want: types.ErrWrongChain},
		"it has expired":                       {spoil: func(a *types.Application) { a.ExpiresAt = fixture.Start.Unix() - 1 }, want: types.ErrExpired},
		"it expires too late":                  {spoil: func(a *types.Application) { a.ExpiresAt = fixture.Start.Add(types.MaxApplicationLife).Unix() + 1 }, want: types.ErrExpiryTooFar},
		"it is to another exchange":            {signer: "ningbo", want: types.ErrWrongAdmitter},
		"it is to the authority":               {spoil: func(a *types.Application) { a.AdmittingMember = 0 }, want: types.ErrWrongAdmitter},
		"it is to an exchange, not authority":  {signer: "authority", want: types.ErrWrongAdmitter},
		"signer is a stranger":                 {signer: "stranger", want: types.ErrNotMember},
		"signer is the applicant":              {signer: "buyer", want: types.ErrNotMember},
		"signer is a merchant":                 {signer: "seller", spoil: func(a *types.Application) { a.AdmittingMember = seller }, want: types.ErrRoleMissing},
		"signer is a suspended exchange":       {signer: "closed", spoil: func(a *types.Application) { a.AdmittingMember = closed }, want: types.ErrSuspended},
		"an exchange admits an exchange":       {spoil: func(a *types.Application) { a.Roles = []types.Role{types.ROLE_EXCHANGE} }, want: types.ErrNotEntitled},
		"an exchange admits a bank":            {spoil: func(a *types.Application) { a.Roles = []types.Role{types.ROLE_BANK} }, want: types.ErrNotEntitled},
		"an exchange admits merchant and more": {spoil: func(a *types.Application) { a.Roles = append(a.Roles, types.ROLE_RELAYER) }, want: types.ErrNotEntitled},
		"somebody else signed it":              {applicant: "stranger", want: types.ErrBadSignature},
		"the admitter signed it":               {applicant: "hangzhou", want: types.ErrBadSignature},
		"applicant is a member already": {
			applicant: "seller", want: types.ErrOwnerInUse,
			spoil: func(a *types.Application) { a.PublicKey = keys.Account("seller").PubKey().Bytes() },
		},
		"applicant is the admitter": {
			applicant: "hangzhou", want: types.ErrOwnerInUse,
			spoil: func(a *types.Application) { a.PublicKey = keys.Account("hangzhou").PubKey().Bytes() },
		},
		"applicant is the authority": {
			applicant: "authority", want: types.ErrReservedAddress,
			spoil: func(a *types.Application) { a.PublicKey = keys.Account("authority").PubKey().Bytes() },
		},
		"credit code is a member's already":           {spoil: func(a *types.Application) { a.CreditCode = "91330100MA00000003" }, want: types.ErrCreditCodeInUse},
		"credit code is a suspended member's already": {spoil: func(a *types.Application) { a.CreditCode = "91330100MA00000004" }, want: types.ErrCreditCodeInUse},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			app := w.application()
			if c.spoil != nil {
				c.spoil(&app)
			}
			msg := w.admission(or(c.signer, "hangzhou"), or(c.applicant, "buyer"), app)
			w.refused(c.want, func() error { _, err := w.msg.Admit(w.Ctx, msg); return err })
		})
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func TestAdmitFailsIfSignerIsNoAddress(t *testing.T) {
	w := newWorld(t)
	for _, signer := range []string{"", "hangzhou", "cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsuw"} {
		msg := w.admission("hangzhou", "buyer", w.application())
		msg.Signer = signer
		w.refused(valid.ErrInvalid, func() error { _, err := w.msg.Admit(w.Ctx, msg); return err })
	}
}

// Fields are changed and bits flipped one by one in types; here one of each
// meets the handler.
func TestAdmitFailsIfApplicationWasChangedAfterSigning(t *testing.T) {
	w := newWorld(t)
	changes := map[string]func(m *types.MsgAdmit){
		"name":             func(m *types.MsgAdmit) { m.Application.Name = "another" },
		"credit code":      func(m *types.MsgAdmit) { m.Application.CreditCode = "91330100MA2B0000XZ" },
		"region":           func(m *types.MsgAdmit) { m.Application.Region = "3302" },
		"documents digest": func(m *types.MsgAdmit) { m.Application.DocumentsDigest[0] ^= 1 },
		"nonce":            func(m *types.MsgAdmit) { m.Application.Nonce[0] ^= 1 },
		"expiry":           func(m *types.MsgAdmit) { m.Application.ExpiresAt++ },
		"public key":       func(m *types.MsgAdmit) { m.Application.PublicKey = keys.Account("stranger").PubKey().Bytes() },
		"admitting member": func(m *types.MsgAdmit) { m.Application.AdmittingMember, m.Signer = ningbo, keys.Bech32("ningbo") },
		"signature":        func(m *types.MsgAdmit) { m.Signature[40] ^= 1 },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			msg := w.admission("hangzhou", "buyer", w.application())
			change(msg)
			w.refused(types.ErrBadSignature, func() error { _, err := w.msg.Admit(w.Ctx, msg); return err })
		})
	}
}

func TestAdmitFailsIfApplicationIsReplayed(t *testing.T) {
	w := newWorld(t)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	w.refused(types.ErrNonceUsed, func() error { _, err := w.admit("hangzhou", "buyer", w.application()); return err })

	again := w.application()
	again.Nonce, again.CreditCode = bytes.Repeat([]byte{8}, 16), "91330100MA2B0000XZ"
	w.refused(types.ErrOwnerInUse, func() error { _, err := w.admit("hangzhou", "buyer", again); return err })

	other := w.application()
	other.PublicKey, other.CreditCode = keys.Account("third").PubKey().Bytes(), "91330100MA2B0000XZ"
	res, err := w.admit("hangzhou", "third", other)
	require.NoError(t, err, "another applicant may choose the same nonce")
	require.Equal(t, next+1, res.Number)
}

func TestAdmitAcceptsUntilTheSecondOfExpiry(t *testing.T) {
	w := newWorld(t)
	app := w.application()
	w.Advance(time.Hour)
	require.Equal(t, app.ExpiresAt, w.Ctx.BlockTime().Unix())
	w.Advance(time.Second)
	w.refused(types.ErrExpired, func() error { _, err := w.admit("hangzhou", "buyer", app); return err })
	w.Advance(-time.Second)
	_, err := w.admit("hangzhou", "buyer", app)
	require.NoError(t, err)
}

func TestAdmitFailsIfNumbersAreExhausted(t *testing.T) {
	g := worldGenesis()
	g.NextMember = types.MaxMemberNumber
	w := startWorld(t, g)
	res, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	require.EqualValues(t, types.MaxMemberNumber, res.Number)
	app := w.application()
	app.PublicKey, app.CreditCode = keys.Account("third").PubKey().Bytes(), "91330100MA2B0000XZ"
	w.refused(types.ErrNumbersExhausted, func() error { _, err := w.admit("hangzhou", "third", app); return err })
}

// An account may be there before its owner is a member.
func TestAdmitKeepsAnOpenAccount(t *testing.T) {
	w := newWorld(t)
	account := w.accounts.NewAccountWithAddress(w.Ctx, keys.Address("buyer"))
	require.NoError(t, account.SetSequence(7))
	w.accounts.SetAccount(w.Ctx, account)
	_, err := w.admit("hangzhou", "buyer", w.application())
	require.NoError(t, err)
	require.EqualValues(t, 7, w.accounts[string(keys.Address("buyer"))].GetSequence())
}

func TestAdmitChargesForTheSignature(t *testing.T) {
	w := newWorld(t)
	msg := w.admission("hangzhou", "buyer", w.application())
	msg.Signature[40] ^= 1
	before := w.Ctx.GasMeter().GasConsumed()
	_, err := w.msg.Admit(w.Ctx, msg)
	require.ErrorIs(t, err, types.ErrBadSignature)
	require.GreaterOrEqual(t, w.Ctx.GasMeter().GasConsumed()-before, uint64(1000))
}
