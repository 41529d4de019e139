// Package fake holds stand-ins of keepers that really keep the books.
package fake

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Membership answers as x/consortium's keeper does.
type Membership struct {
	byNumber map[uint32]*consortium.Member
	added    map[string]consortium.Account // by address
}

// NewMembership makes active members, numbered from 1 in order, whose owner accounts are keys.Address(name).
func NewMembership(members ...consortium.Member) *Membership {
	m := &Membership{byNumber: map[uint32]*consortium.Member{}, added: map[string]consortium.Account{}}
	for _, member := range members {
		m.Add(member)
	}
	return m
}

// Add adds a member. Missing fields are filled in: number, owner (from the name), credit code, region, status.
func (m *Membership) Add(member consortium.Member) consortium.Member {
	if member.Number == 0 {
		member.Number = uint32(len(m.byNumber) + 1)
	}
	if member.Owner == "" {
		member.Owner = keys.Bech32(member.Name)
	}
	if member.CreditCode == "" {
		member.CreditCode = "91330100MA0000000X"
	}
	if member.Region == "" {
		member.Region = "3301"
	}
	if member.Status == 0 {
		member.Status = consortium.MEMBER_STATUS_ACTIVE
	}
	m.byNumber[member.Number] = &member
	return member
}

// Suspend suspends a member.
func (m *Membership) Suspend(number uint32) {
	m.byNumber[number].Status = consortium.MEMBER_STATUS_SUSPENDED
}

// Leave makes a member one that left.
func (m *Membership) Leave(number uint32) {
	m.byNumber[number].Status = consortium.MEMBER_STATUS_LEFT
}

// AddAccount lets keys.Address(name) act for a member in some of its roles.
func (m *Membership) AddAccount(number uint32, name string, roles ...consortium.Role) {
	m.added[string(keys.Address(name))] = consortium.Account{Address: keys.Bech32(name), Member: number, Roles: roles}
}

// RevokeAccount takes that from keys.Address(name).
func (m *Membership) RevokeAccount(name string) { delete(m.added, string(keys.Address(name))) }

// Member returns the member with the number.
func (m *Membership) Member(_ context.Context, number uint32) (consortium.Member, error) {
	member, ok := m.byNumber[number]
	if !ok {
		return consortium.Member{}, errorsmod.Wrapf(consortium.ErrMemberNotFound, "member %06d", number)
	}
	return *member, nil
}

// MemberOf returns the member that addr acts for, with the roles in which it may.
func (m *Membership) MemberOf(_ context.Context, addr sdk.AccAddress) (consortium.Member, error) {
	if account, ok := m.added[string(addr)]; ok {
		return m.byNumber[account.Member].Narrowed(account), nil
	}
	for _, member := range m.byNumber {
		if owner, err := sdk.GetFromBech32(member.Owner, keys.Prefix); err == nil && slices.Equal(owner, addr) {
			return *member, nil
		}
	}
	return consortium.Member{}, errorsmod.Wrapf(consortium.ErrNotMember, "account %X", []byte(addr))
}

// RequireActive returns the active member of addr that has the role; ROLE_UNSPECIFIED asks for none.
func (m *Membership) RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error) {
	member, err := m.RequireStanding(ctx, addr, role)
	if err != nil {
		return consortium.Member{}, err
	}
	if err := member.CheckActive(); err != nil {
		return consortium.Member{}, err
	}
	return member, nil
}

// RequireStanding is RequireActive that lets a member pass that is suspended or has left.
func (m *Membership) RequireStanding(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error) {
	member, err := m.MemberOf(ctx, addr)
	if err != nil {
		return consortium.Member{}, err
	}
	if _, added := m.added[string(addr)]; added {
		role = consortium.RoleOfAdded(role)
	}
	if err := member.CheckRole(role); err != nil {
		return consortium.Member{}, err
	}
	return member, nil
}

// WithRole returns the numbers of the active members with a role, ascending, at most limit.
func (m *Membership) WithRole(_ context.Context, role consortium.Role, limit int) ([]uint32, error) {
	var out []uint32
	for number, member := range m.byNumber {
		if member.Status == consortium.MEMBER_STATUS_ACTIVE && slices.Contains(member.Roles, role) {
			out = append(out, number)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), limit)], nil
}
