package keeper_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// rejection refuses an application that the named applicant signs.
func (w *world) rejection(signer, applicant string, app types.Application) *types.MsgReject {
	w.t.Helper()
	admission := w.admission(signer, applicant, app)
	return &types.MsgReject{Signer: admission.Signer, Application: app, Signature: admission.Signature, Reason: "documents incomplete"}
}

func TestRejectByExchange(t *testing.T) {
	w := newWorld(t)
	app := w.application()
	w.must(w.msg.Reject(w.Ctx, w.rejection("hangzhou", "buyer", app)))
	require.Equal(t, "shugu.consortium.v1.EventApplicationRejected", w.lastEvent())
	require.NoError(t, w.k.Check(w.Ctx))

	digest, err := types.ApplicationDigest(app)
	require.NoError(t, err)
	want := []types.Refusal{{
		By: hangzhou, Height: 1, ApplicationDigest: digest, Applicant: keys.Bech32("buyer"), CreditCode: app.CreditCode, Reason: "documents incomplete",
	}}
	by, err := w.query.Refusals(w.Ctx, &types.QueryRefusalsRequest{By: hangzhou})
	require.NoError(t, err)
	require.Equal(t, want, by.Refusals)
	of, err := w.query.RefusalsByCreditCode(w.Ctx, &types.QueryRefusalsByCreditCodeRequest{CreditCode: app.CreditCode})
	require.NoError(t, err)
	require.Equal(t, want, of.Refusals)
	require.Empty(t, w.accounts, "no account is opened for somebody refused")
	_, err = w.k.MemberOf(w.Ctx, keys.Address("buyer"))
	require.ErrorIs(t, err, types.ErrNotMember)
}

// A refused application is used up; the applicant may sign another.
func TestRejectUsesTheApplicationUp(t *testing.T) {
	w := newWorld(t)
	app := w.application()
	w.must(w.msg.Reject(w.Ctx, w.rejection("hangzhou", "buyer", app)))
	w.refused(types.ErrNonceUsed, func() error { _, err := w.admit("hangzhou", "buyer", app); return err })
	w.refused(types.ErrNonceUsed, func() error { _, err := w.msg.Reject(w.Ctx, w.rejection("hangzhou", "buyer", app)); return err })
	app.Nonce = bytes.Repeat([]byte{8}, 16)
	w.must(w.admit("hangzhou", "buyer", app))
	w.refused(types.ErrNonceUsed, func() error { _, err := w.msg.Reject(w.Ctx, w.rejection("hangzhou", "buyer", app)); return err })
}

// That account or credit code are taken is a reason to refuse, not a reason against it.
func TestRejectOfAMembersApplication(t *testing.T) {
	w := newWorld(t)
	app := w.application()
	app.PublicKey, app.CreditCode = keys.Account("seller").PubKey().Bytes(), "91330100MA00000003"
	w.must(w.msg.Reject(w.Ctx, w.rejection("hangzhou", "seller", app)))
	require.NoError(t, w.k.Check(w.Ctx))
	require.Equal(t, types.MEMBER_STATUS_ACTIVE, w.member(seller).Status)
}

func TestRejectByTheCouncil(t *testing.T) {
	w := newWorld(t)
	app := w.application()
	app.AdmittingMember, app.Roles = 0, []types.Role{types.ROLE_BANK}
	w.must(w.msg.Reject(w.Ctx, w.rejection("authority", "buyer", app)))
	res, err := w.query.Refusals(w.Ctx, &types.QueryRefusalsRequest{})
	require.NoError(t, err)
	require.Len(t, res.Refusals, 1)
	require.Zero(t, res.Refusals[0].By)
}

func TestRejectFailsIf(t *testing.T) {
	cases := map[string]struct {
		signer, applicant string
		spoil             func(m *types.MsgReject)
		want              error
	}{
		"application is malformed":          {spoil: func(m *types.MsgReject) { m.Application.Nonce = nil }, want: valid.ErrInvalid},
		"reason is missing":                 {spoil: func(m *types.MsgReject) { m.Reason = "" }, want: valid.ErrInvalid},
		"reason is too long":                {spoil: func(m *types.MsgReject) { m.Reason = string(bytes.Repeat([]byte{'r'}, 513)) }, want: valid.ErrInvalid},
		"signature is short":                {spoil: func(m *types.MsgReject) { m.Signature = m.Signature[1:] }, want: types.ErrBadSignature},
		"signer is no address":              {spoil: func(m *types.MsgReject) { m.Signer = "hangzhou" }, want: valid.ErrInvalid},
		"somebody else signed it":           {applicant: "stranger", want: types.ErrBadSignature},
		"application was changed":           {spoil: func(m *types.MsgReject) { m.Application.Name = "another" }, want: types.ErrBadSignature},
		"it is to another exchange":         {signer: "ningbo", want: types.ErrWrongAdmitter},
		"it is to an exchange, not council": {signer: "authority", want: types.ErrWrongAdmitter},
		"signer is a stranger":              {signer: "stranger", want: types.ErrNotMember},
		"signer is a merchant":              {signer: "seller", want: types.ErrRoleMissing},
		"signer is a suspended exchange":    {signer: "closed", want: types.ErrSuspended},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := w.rejection(or(c.signer, "hangzhou"), or(c.applicant, "buyer"), w.application())
			if c.spoil != nil {
				c.spoil(msg)
			}
			w.refused(c.want, func() error { _, err := w.msg.Reject(w.Ctx, msg); return err })
		})
	}
}

func TestRejectFailsIfTheApplicationIs(t *testing.T) {
	cases := map[string]struct {
		spoil func(app *types.Application)
		want  error
	}{
		"for another chain": {func(a *types.Application) { a.ChainId = "shugu-test-2" }, types.ErrWrongChain},
		"expired":           {func(a *types.Application) { a.ExpiresAt = fixture.Start.Unix() - 1 }, types.ErrExpired},
		"too long-lived":    {func(a *types.Application) { a.ExpiresAt = fixture.Start.Add(types.MaxApplicationLife).Unix() + 1 }, types.ErrExpiryTooFar},
		"for a bank":        {func(a *types.Application) { a.Roles = []types.Role{types.ROLE_BANK} }, types.ErrNotEntitled},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			app := w.application()
			c.spoil(&app)
			msg := w.rejection("hangzhou", "buyer", app)
			w.refused(c.want, func() error { _, err := w.msg.Reject(w.Ctx, msg); return err })
		})
	}
}

// An organisation's refusals by several exchanges are found by its credit code, oldest first, page by page.
func TestRefusalsAreFoundByCreditCode(t *testing.T) {
	w := newWorld(t)
	for i, exchange := range []string{"ningbo", "hangzhou", "ningbo"} {
		app := w.application()
		app.AdmittingMember, app.Nonce = map[string]uint32{"hangzhou": hangzhou, "ningbo": ningbo}[exchange], bytes.Repeat([]byte{byte(i + 1)}, 16)
		w.must(w.msg.Reject(w.Ctx, w.rejection(exchange, "buyer", app)))
		w.Advance(time.Second)
	}
	res, err := w.query.RefusalsByCreditCode(w.Ctx, &types.QueryRefusalsByCreditCodeRequest{
		CreditCode: w.application().CreditCode, Pagination: &query.PageRequest{Limit: 2},
	})
	require.NoError(t, err)
	require.Equal(t, []uint32{ningbo, hangzhou}, []uint32{res.Refusals[0].By, res.Refusals[1].By})
	res, err = w.query.RefusalsByCreditCode(w.Ctx, &types.QueryRefusalsByCreditCodeRequest{
		CreditCode: w.application().CreditCode, Pagination: &query.PageRequest{Key: res.Pagination.NextKey},
	})
	require.NoError(t, err)
	require.Len(t, res.Refusals, 1)
	require.EqualValues(t, 3, res.Refusals[0].Height)
	by, err := w.query.Refusals(w.Ctx, &types.QueryRefusalsRequest{By: ningbo})
	require.NoError(t, err)
	require.Len(t, by.Refusals, 2)
	none, err := w.query.RefusalsByCreditCode(w.Ctx, &types.QueryRefusalsByCreditCodeRequest{CreditCode: "91330100MA00000003"})
	require.NoError(t, err)
	require.Empty(t, none.Refusals)
	require.NoError(t, w.k.Check(w.Ctx))
}
