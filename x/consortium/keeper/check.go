package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Check recounts the indexes: every member has its entries in all of them, and
// there are no others; every used nonce has its expiry; what CometBFT was told
// is the latest set; seats and nodes agree with their indexes and counters. It
// reads the whole state and wraps ErrBroken.
func (k *Keeper) Check(ctx context.Context) error {
	if err := k.checkMembers(ctx); err != nil {
		return err
	}
	if err := k.checkHistory(ctx); err != nil {
		return err
	}
	if err := k.checkNonces(ctx); err != nil {
		return err
	}
	if err := k.checkQuotas(ctx); err != nil {
		return err
	}
	if err := k.checkAccounts(ctx); err != nil {
		return err
	}
	if err := k.checkRefusals(ctx); err != nil {
		return err
	}
	if err := k.checkValidators(ctx); err != nil {
		return err
	}
	return k.checkNodes(ctx)
}

func (k *Keeper) checkMembers(ctx context.Context) error {
	next, err := k.nextMember.Get(ctx)
	if err != nil {
		return err
	}
	var members, roles, replaced int // replaced: how many codes lead to a later member than this one
	err = k.members.Walk(ctx, nil, func(number uint32, member types.Member) (stop bool, err error) {
		members, roles = members+1, roles+len(member.Roles)
		if member.Previous != 0 {
			replaced++
		}
		if number != member.Number || number >= next {
			return true, errorsmod.Wrapf(types.ErrBroken, "member %06d stands under %06d, next is %06d", member.Number, number, next)
		}
		return false, k.checkIndexes(ctx, member)
	})
	if err != nil {
		return err
	}
	if err := sameCount(ctx, "owners", k.owners, members); err != nil {
		return err
	}
	if err := sameCount(ctx, "credit codes", k.creditCodes, members-replaced); err != nil {
		return err
	}
	return sameCount(ctx, "roles", k.roles, roles)
}

func (k *Keeper) checkIndexes(ctx context.Context, member types.Member) error {
	owner, err := k.account("owner", member.Owner)
	if err != nil {
		return err
	}
	byOwner, errOwner := k.owners.Get(ctx, owner)
	byCode, errCode := k.creditCodes.Get(ctx, member.CreditCode)
	if err := errors.Join(errOwner, errCode); err != nil || byOwner != member.Number {
		return errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "member %06d: its owner leads to %06d, its credit code to %06d",
			member.Number, byOwner, byCode))
	}
	if err := k.checkCode(ctx, member, byCode); err != nil {
		return err
	}
	for _, role := range member.Roles {
		if found, err := k.roles.Has(ctx, roleEntry(member, role)); err != nil || !found {
			return errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "member %06d is not listed as %s", member.Number, role))
		}
	}
	return nil
}

// checkCode checks where a member's credit code leads: to itself, or, when it
// left, to itself or to the member that followed it under the same code.
func (k *Keeper) checkCode(ctx context.Context, member types.Member, leadsTo uint32) error {
	for member.Number != leadsTo {
		later, err := k.Member(ctx, leadsTo)
		if err != nil || member.Status != types.MEMBER_STATUS_LEFT || later.CreditCode != member.CreditCode || later.Previous < member.Number {
			return errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "member %06d: its credit code leads to %06d", member.Number, leadsTo))
		}
		leadsTo = later.Previous
	}
	return nil
}

func (k *Keeper) checkHistory(ctx context.Context) error {
	var entries, counted int
	err := k.history.Walk(ctx, nil, func(key changeKey, _ types.MemberChange) (stop bool, err error) {
		entries++
		count, err := k.changes.Get(ctx, key.K1())
		if err != nil || key.K3() > count {
			return true, errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "member %06d has entry %d in a history of %d", key.K1(), key.K3(), count))
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.changes.Walk(ctx, nil, func(_, count uint32) (stop bool, err error) {
		counted += int(count)
		return false, nil
	})
	if err == nil && entries != counted {
		err = errorsmod.Wrapf(types.ErrBroken, "histories have %d entries, %d were counted", entries, counted)
	}
	return err
}

func (k *Keeper) checkNonces(ctx context.Context) error {
	nonces := 0
	err := k.nonces.Walk(ctx, nil, func(key nonceKey, expiry uint64) (stop bool, err error) {
		nonces++
		found, err := k.nonceExpiries.Has(ctx, collections.Join3(expiry, key.K1(), key.K2()))
		if err == nil && !found {
			err = errorsmod.Wrapf(types.ErrBroken, "nonce %X of %s is never forgotten", key.K2(), k.text(key.K1()))
		}
		return false, err
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "nonce expiries", k.nonceExpiries, nonces)
}

// counted is a collection whose entries can be counted.
type counted[K, V any] interface {
	IterateRaw(ctx context.Context, start, end []byte, order collections.Order) (collections.Iterator[K, V], error)
}

// sameCount wraps ErrBroken unless the collection has want entries.
func sameCount[K, V any](ctx context.Context, name string, c counted[K, V], want int) error {
	iterator, err := c.IterateRaw(ctx, nil, nil, collections.OrderAscending)
	if err != nil && !errors.Is(err, collections.ErrInvalidIterator) {
		return err
	}
	got := 0
	if err == nil {
		defer func() { _ = iterator.Close() }()
		for ; iterator.Valid(); iterator.Next() {
			got++
		}
	}
	if got != want {
		return errorsmod.Wrapf(types.ErrBroken, "%s: expected %d entries, got %d", name, want, got)
	}
	return nil
}
