package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
)

func TestMemberByNumberAndByAccount(t *testing.T) {
	w := newWorld(t)
	member, err := w.k.Member(w.Ctx, seller)
	require.NoError(t, err)
	require.Equal(t, "seller", member.Name)
	same, err := w.k.MemberOf(w.Ctx, keys.Address("seller"))
	require.NoError(t, err)
	require.Equal(t, member, same)

	_, err = w.k.Member(w.Ctx, next)
	require.ErrorIs(t, err, types.ErrMemberNotFound)
	_, err = w.k.MemberOf(w.Ctx, keys.Address("stranger"))
	require.ErrorIs(t, err, types.ErrNotMember)
	_, err = w.k.MemberOf(w.Ctx, nil)
	require.ErrorIs(t, err, types.ErrNotMember)
	authority, err := w.k.Authority(w.Ctx)
	require.NoError(t, err)
	require.Equal(t, keys.Bech32("authority"), authority)
}

// The fake that other modules test with answers as the keeper does.
func TestRequireAsTheFakeDoes(t *testing.T) {
	w := newWorld(t)
	stand := fake.NewMembership(worldGenesis().Members...)
	w.mustAdd("ningbo", "ningbo-relayer", types.ROLE_RELAYER)
	stand.AddAccount(ningbo, "ningbo-relayer", types.ROLE_RELAYER)
	w.mustAdd("seller", "seller-clerk", types.ROLE_MERCHANT)
	stand.AddAccount(seller, "seller-clerk", types.ROLE_MERCHANT)
	w.mustAdd("lawyer", "lawyer-former", types.ROLE_COMMITTEE_MEMBER)
	w.must(w.msg.RevokeAccount(w.Ctx, &types.MsgRevokeAccount{Signer: keys.Bech32("lawyer"), Account: keys.Bech32("lawyer-former")}))
	stand.AddAccount(lawyer, "lawyer-former", types.ROLE_COMMITTEE_MEMBER)
	stand.RevokeAccount("lawyer-former")
	w.must(w.msg.Leave(w.Ctx, &types.MsgLeave{Signer: keys.Bech32("lawyer")}))
	stand.Leave(lawyer)
	cases := map[string]struct {
		account          string
		role             types.Role
		active, standing error
	}{
		"role held":                {"seller", types.ROLE_MERCHANT, nil, nil},
		"second role held":         {"ningbo", types.ROLE_RELAYER, nil, nil},
		"any role":                 {"hangzhou", types.ROLE_UNSPECIFIED, nil, nil},
		"left":                     {"lawyer", types.ROLE_COMMITTEE_MEMBER, types.ErrLeft, nil},
		"left, any role":           {"lawyer", types.ROLE_UNSPECIFIED, types.ErrLeft, nil},
		"left, role missing":       {"lawyer", types.ROLE_MERCHANT, types.ErrRoleMissing, types.ErrRoleMissing},
		"added, role held":         {"ningbo-relayer", types.ROLE_RELAYER, nil, nil},
		"added, the member's role": {"ningbo-relayer", types.ROLE_EXCHANGE, types.ErrRoleMissing, types.ErrRoleMissing},
		"added, business":          {"ningbo-relayer", types.ROLE_UNSPECIFIED, types.ErrRoleMissing, types.ErrRoleMissing},
		"added merchant, business": {"seller-clerk", types.ROLE_UNSPECIFIED, nil, nil},
		"added merchant":           {"seller-clerk", types.ROLE_MERCHANT, nil, nil},
		"revoked":                  {"lawyer-former", types.ROLE_COMMITTEE_MEMBER, types.ErrNotMember, types.ErrNotMember},
		"role missing":             {"seller", types.ROLE_EXCHANGE, types.ErrRoleMissing, types.ErrRoleMissing},
		"stranger":                 {"stranger", types.ROLE_UNSPECIFIED, types.ErrNotMember, types.ErrNotMember},
		"authority":                {"authority", types.ROLE_UNSPECIFIED, types.ErrNotMember, types.ErrNotMember},
		"suspended":                {"closed", types.ROLE_EXCHANGE, types.ErrSuspended, nil},
		"suspended, any role":      {"closed", types.ROLE_UNSPECIFIED, types.ErrSuspended, nil},
		"suspended, role missing":  {"closed", types.ROLE_MERCHANT, types.ErrRoleMissing, types.ErrRoleMissing},
		"role that does not exist": {"seller", types.Role(99), types.ErrRoleMissing, types.ErrRoleMissing},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			account := keys.Address(c.account)
			of, errOf := w.k.MemberOf(w.Ctx, account)
			other, errOther := stand.MemberOf(w.Ctx, account)
			require.Equal(t, errOf == nil, errOther == nil)
			require.Equal(t, other, of)

			member, err := w.k.RequireActive(w.Ctx, account, c.role)
			require.ErrorIs(t, err, c.active)
			other, err = stand.RequireActive(w.Ctx, account, c.role)
			require.ErrorIs(t, err, c.active)
			require.Equal(t, other, member)

			member, err = w.k.RequireStanding(w.Ctx, account, c.role)
			require.ErrorIs(t, err, c.standing)
			other, err = stand.RequireStanding(w.Ctx, account, c.role)
			require.ErrorIs(t, err, c.standing)
			require.Equal(t, other, member)
		})
	}
}

func TestWithRole(t *testing.T) {
	w := newWorld(t)
	stand := fake.NewMembership(worldGenesis().Members...)
	cases := map[string]struct {
		role  types.Role
		limit int
		want  []uint32
	}{
		"without the suspended": {types.ROLE_EXCHANGE, 10, []uint32{hangzhou, ningbo}},
		"bounded":               {types.ROLE_EXCHANGE, 1, []uint32{hangzhou}},
		"none":                  {types.ROLE_COURT, 10, nil},
		"limit zero":            {types.ROLE_EXCHANGE, 0, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := w.k.WithRole(w.Ctx, c.role, c.limit)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			other, err := stand.WithRole(w.Ctx, c.role, c.limit)
			require.NoError(t, err)
			require.ElementsMatch(t, other, got)
		})
	}
}
