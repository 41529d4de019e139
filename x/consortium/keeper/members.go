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

// MemberOf returns the member that the account acts for, with the roles in
// which it may: all for the owner. Without one it wraps ErrNotMember. What it
// returns must not be written back.
func (k *Keeper) MemberOf(ctx context.Context, addr sdk.AccAddress) (types.Member, error) {
	member, _, err := k.actingFor(ctx, addr)
	return member, err
}

// actingFor is MemberOf that says whether the account is an added one.
func (k *Keeper) actingFor(ctx context.Context, addr sdk.AccAddress) (member types.Member, added bool, err error) {
	number, err := k.owners.Get(ctx, addr)
	if err == nil {
		member, err = k.Member(ctx, number)
		return member, false, err
	}
	if !errors.Is(err, collections.ErrNotFound) {
		return types.Member{}, false, err
	}
	account, err := k.added.Get(ctx, addr)
	if errors.Is(err, collections.ErrNotFound) {
		return types.Member{}, false, errorsmod.Wrapf(types.ErrNotMember,
			"account %s acts for no member; an exchange has to admit it first, or a member's owner to add it", k.text(addr))
	}
	if err != nil {
		return types.Member{}, false, err
	}
	member, err = k.Member(ctx, account.Member)
	return member.Narrowed(account), true, err
}

// RequireStanding returns the member that the account acts for if it has the
// role, suspended or not. ROLE_UNSPECIFIED asks for no role of an owner, and
// for types.RoleOfAdded of an added account. It wraps ErrNotMember or ErrRoleMissing.
func (k *Keeper) RequireStanding(ctx context.Context, addr sdk.AccAddress, role types.Role) (types.Member, error) {
	member, added, err := k.actingFor(ctx, addr)
	if err != nil {
		return types.Member{}, err
	}
	if added {
		role = types.RoleOfAdded(role)
	}
	if err := member.CheckRole(role); err != nil {
		return types.Member{}, err
	}
	return member, nil
}

// RequireActive is RequireStanding that also refuses a member that is suspended
// or has left, with ErrSuspended or ErrLeft.
func (k *Keeper) RequireActive(ctx context.Context, addr sdk.AccAddress, role types.Role) (types.Member, error) {
	member, err := k.RequireStanding(ctx, addr, role)
	if err != nil {
		return types.Member{}, err
	}
	if err := member.CheckActive(); err != nil {
		return types.Member{}, err
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
// number, owner and credit code are free; a code leads to the last member with it.
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
	if err := k.putFunds(ctx, member); err != nil {
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
