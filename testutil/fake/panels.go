package fake

import (
	"context"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// ActiveMember returns the number of the active member whose owner account addr is.
func (m *Membership) ActiveMember(ctx context.Context, addr sdk.AccAddress) (uint32, error) {
	member, err := m.RequireActive(ctx, addr, consortium.ROLE_UNSPECIFIED)
	return member.Number, err
}

// IsActive says whether there is an active member with the number.
func (m *Membership) IsActive(_ context.Context, number uint32) (bool, error) {
	member, ok := m.byNumber[number]
	return ok && member.Active(), nil
}

// SeatHolders returns the exchanges, ascending: each holds a validator seat, suspended or not.
func (m *Membership) SeatHolders(context.Context) ([]uint32, error) {
	var out []uint32
	for number, member := range m.byNumber {
		if slices.Contains(member.Roles, consortium.ROLE_EXCHANGE) {
			out = append(out, number)
		}
	}
	slices.Sort(out)
	return out, nil
}

// Revoke takes an exchange's seat, and its role with it.
func (m *Membership) Revoke(number uint32) {
	member := m.byNumber[number]
	member.Roles = slices.DeleteFunc(member.Roles, func(r consortium.Role) bool { return r == consortium.ROLE_EXCHANGE })
}
