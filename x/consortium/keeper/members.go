package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Member returns the member with the number. Without one it wraps ErrMemberNotFound.
func (k *Keeper) Member(ctx context.Context, number uint32) (types.Member, error) {
	member, err := k.members.Get(ctx, number)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Member{}, errorsmod.Wrapf(types.ErrMemberNotFound, "there is no member %06d", number)
	}
	return member, err
}

// MemberOf returns the member that the account acts for. Without one it wraps ErrNotMember.
func (k *Keeper) MemberOf(ctx context.Context, addr sdk.AccAddress) (types.Member, error) {
	number, err := k.owners.Get(ctx, addr)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Member{}, errorsmod.Wrapf(types.ErrNotMember, "account %s acts for no member; an exchange has to admit it first", k.text(addr))
	}
	if err != nil {
		return types.Member{}, err
	}
	return k.Member(ctx, number)
}

// RequireStanding returns the member that the account acts for if it has the
// role, suspended or not. ROLE_UNSPECIFIED asks for no role. It wraps
// ErrNotMember or ErrRoleMissing.
func (k *Keeper) RequireStanding(ctx context.Context, addr sdk.AccAddress, role types.Role) (types.Member, error) {
	member, err := k.MemberOf(ctx, addr)
	if err != nil {
		return types.Member{}, err
	}
	if !member.Has(role) {
		return types.Member{}, errorsmod.Wrapf(types.ErrRoleMissing, "member %06d: expected %s, got %s", member.Number, role, member.Roles)
	}
	return member, nil
}

// RequireActive is RequireStanding that also refuses a suspended member, with ErrSuspended.
func (k *Keeper) RequireActive(ctx context.Context, addr sdk.AccAddress, role types.Role) (types.Member, error) {
	member, err := k.RequireStanding(ctx, addr, role)
	if err != nil {
		return types.Member{}, err
	}
	if !member.Active() {
		return types.Member{}, errorsmod.Wrapf(types.ErrSuspended, "member %06d can only finish or refund what is open; the reason given: %s",
			member.Number, member.SuspensionReason)
	}
	return member, nil
}

// WithRole returns the numbers of the active members with the role, ascending, at most limit.
func (k *Keeper) WithRole(ctx context.Context, role types.Role, limit int) ([]uint32, error) {
	active := collections.NewSuperPrefixedTripleRange[uint32, uint32, uint32](uint32(role), uint32(types.MEMBER_STATUS_ACTIVE))
	var numbers []uint32
	if limit <= 0 {
		return nil, nil
	}
	err := k.roles.Walk(ctx, active, func(key roleKey) (stop bool, err error) {
		numbers = append(numbers, key.K3())
		return len(numbers) == limit, nil
	})
	return numbers, err
}

// insert writes a new member and all its indexes. The caller has checked that
// number, owner and credit code are free.
func (k *Keeper) insert(ctx context.Context, member types.Member) error {
	owner, err := k.account("owner", member.Owner)
	if err != nil {
		return err
	}
	if err := k.members.Set(ctx, member.Number, member); err != nil {
		return err
	}
	if err := k.owners.Set(ctx, owner, member.Number); err != nil {
		return err
	}
	if err := k.creditCodes.Set(ctx, member.CreditCode, member.Number); err != nil {
		return err
	}
	for _, role := range member.Roles {
		if err := k.roles.Set(ctx, roleEntry(member, role)); err != nil {
			return err
		}
	}
	return nil
}

// record adds an entry to a member's history. It fills in height and sequence.
func (k *Keeper) record(ctx context.Context, change types.MemberChange) error {
	count, err := k.changes.Get(ctx, change.Member)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	change.Height = sdk.UnwrapSDKContext(ctx).BlockHeight()
	change.Sequence = count + 1
	return k.putChange(ctx, change)
}

// putChange writes an entry of a member's history, which must be its latest.
func (k *Keeper) putChange(ctx context.Context, change types.MemberChange) error {
	if err := k.changes.Set(ctx, change.Member, change.Sequence); err != nil {
		return err
	}
	return k.history.Set(ctx, collections.Join3(change.Member, uint64(change.Height), change.Sequence), change)
}

// text is an account's Bech32 address for error messages.
func (k *Keeper) text(addr sdk.AccAddress) string {
	s, err := k.address.BytesToString(addr)
	if err != nil {
		return err.Error()
	}
	return s
}

func roleEntry(member types.Member, role types.Role) roleKey {
	return collections.Join3(uint32(role), uint32(member.Status), member.Number)
}
