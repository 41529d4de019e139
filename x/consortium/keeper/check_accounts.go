package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// checkAccounts checks that each added account stands under its address and in
// its member's list, within the member's roles and their number, and that no
// address is two members'.
func (k *Keeper) checkAccounts(ctx context.Context) error {
	count := 0
	err := k.added.Walk(ctx, nil, func(addr []byte, account types.Account) (stop bool, err error) {
		count++
		member, err := k.Member(ctx, account.Member)
		if err != nil {
			return true, errors.Join(err, types.ErrBroken)
		}
		for _, role := range account.Roles {
			if !member.Has(role) {
				return true, errorsmod.Wrapf(types.ErrBroken, "account %s has %s, member %06d does not", account.Address, role, member.Number)
			}
		}
		listed, err := k.memberAdded.Has(ctx, collections.Join(account.Member, addr))
		if err != nil || !listed || account.Address != k.text(addr) {
			return true, errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "account %s stands under %s, listed: %t", account.Address, k.text(addr), listed))
		}
		own, err := k.addedAccounts(ctx, account.Member)
		if err == nil && len(own) >= types.MaxAccounts {
			err = errorsmod.Wrapf(types.ErrBroken, "member %06d has %d accounts besides its owner's", account.Member, len(own))
		}
		return false, errors.Join(err, k.checkOnlyHere(ctx, addr, k.owners, k.funds))
	})
	if err != nil {
		return err
	}
	if err := sameCount(ctx, "members' accounts", k.memberAdded, count); err != nil {
		return err
	}
	return k.checkFunds(ctx)
}

// checkFunds checks that each address that holds fen without being an owner's is its member's.
func (k *Keeper) checkFunds(ctx context.Context) error {
	count := 0
	err := k.members.Walk(ctx, nil, func(number uint32, member types.Member) (stop bool, err error) {
		if member.Funds == "" {
			return false, nil
		}
		count++
		addr, err := k.account("funds", member.Funds)
		if err != nil {
			return true, err
		}
		holder, err := k.funds.Get(ctx, addr)
		if err != nil || holder != number {
			return true, errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "member %06d: the account of its fen leads to %06d", number, holder))
		}
		return false, k.checkOnlyHere(ctx, addr, k.owners)
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "accounts of fen", k.funds, count)
}

// checkOnlyHere wraps ErrBroken when an address stands in another index of addresses too.
func (k *Keeper) checkOnlyHere(ctx context.Context, addr []byte, others ...collections.Map[[]byte, uint32]) error {
	for _, other := range others {
		if twice, err := other.Has(ctx, addr); err != nil || twice {
			return errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "account %s is there twice, also in %s", k.text(addr), other.GetName()))
		}
	}
	return nil
}

// checkRefusals checks that each refusal stands in the index of credit codes, and nothing else does.
func (k *Keeper) checkRefusals(ctx context.Context) error {
	count := 0
	err := k.refusals.Walk(ctx, nil, func(key refusalKey, refusal types.Refusal) (stop bool, err error) {
		count++
		by, err := k.refusedCodes.Get(ctx, collections.Join3([]byte(refusal.CreditCode), key.K2(), key.K3()))
		if err != nil || by != key.K1() {
			return true, errors.Join(err, errorsmod.Wrapf(types.ErrBroken, "refusal %X by %06d is listed as %06d's", key.K3(), key.K1(), by))
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return sameCount(ctx, "refused credit codes", k.refusedCodes, count)
}
