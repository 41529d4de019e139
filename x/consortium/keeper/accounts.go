package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// requireOwner returns the member whose owner signed, as stored. It wraps
// ErrNotMember, or ErrNotOwner for an added account.
func (k *Keeper) requireOwner(ctx context.Context, signer string) (types.Member, error) {
	addr, err := k.account("signer", signer)
	if err != nil {
		return types.Member{}, err
	}
	member, added, err := k.actingFor(ctx, addr)
	if err != nil {
		return types.Member{}, err
	}
	if added {
		return types.Member{}, errorsmod.Wrapf(types.ErrNotOwner, "member %06d: expected its owner %s as signer, got %s", member.Number, member.Owner, signer)
	}
	return member, nil
}

// requireActiveOwner is requireOwner that also refuses a member that may start nothing.
func (k *Keeper) requireActiveOwner(ctx context.Context, signer string) (types.Member, error) {
	member, err := k.requireOwner(ctx, signer)
	if err != nil {
		return types.Member{}, err
	}
	return member, member.CheckActive()
}

// checkAddressFree checks that an address is not the council's, acts for nobody
// and holds nobody's fen. It wraps ErrReservedAddress or ErrOwnerInUse.
func (k *Keeper) checkAddressFree(ctx context.Context, addr sdk.AccAddress) error {
	council, err := k.isAuthority(ctx, addr)
	if err != nil {
		return err
	}
	if council {
		return errorsmod.Wrapf(types.ErrReservedAddress, "account %s is the council's; apply with another key", k.text(addr))
	}
	for _, has := range []func(context.Context, []byte) (bool, error){k.owners.Has, k.added.Has, k.funds.Has} {
		taken, err := has(ctx, addr)
		if err != nil {
			return err
		}
		if taken {
			return errorsmod.Wrapf(types.ErrOwnerInUse, "account %s; apply with another key", k.text(addr))
		}
	}
	return nil
}

// openAccount lets an address sign at once.
func (k *Keeper) openAccount(ctx context.Context, addr sdk.AccAddress) {
	if !k.accounts.HasAccount(ctx, addr) {
		k.accounts.SetAccount(ctx, k.accounts.NewAccountWithAddress(ctx, addr))
	}
}

// putAccount writes an added account with its index.
func (k *Keeper) putAccount(ctx context.Context, account types.Account) error {
	addr, err := k.account("account", account.Address)
	if err != nil {
		return err
	}
	if err := k.added.Set(ctx, addr, account); err != nil {
		return err
	}
	return k.memberAdded.Set(ctx, collections.Join(account.Member, []byte(addr)))
}

// dropAccount removes an added account with its index.
func (k *Keeper) dropAccount(ctx context.Context, member uint32, addr sdk.AccAddress) error {
	if err := k.added.Remove(ctx, addr); err != nil {
		return err
	}
	return k.memberAdded.Remove(ctx, collections.Join(member, []byte(addr)))
}

// putFunds remembers the address that holds a member's fen, when it is not the owner's.
func (k *Keeper) putFunds(ctx context.Context, member types.Member) error {
	if member.Funds == "" {
		return nil
	}
	addr, err := k.account("funds", member.Funds)
	if err != nil {
		return err
	}
	return k.funds.Set(ctx, addr, member.Number)
}

// addedAccounts returns the added accounts of a member, ascending by address; there are below types.MaxAccounts.
func (k *Keeper) addedAccounts(ctx context.Context, member uint32) ([]types.Account, error) {
	var accounts []types.Account
	err := k.memberAdded.Walk(ctx, collections.NewPrefixedPairRange[uint32, []byte](member), func(key addedKey) (stop bool, err error) {
		account, err := k.added.Get(ctx, key.K2())
		accounts = append(accounts, account)
		return false, err
	})
	return accounts, err
}

// addedAccount returns an added account of a member. It wraps ErrAccountNotFound.
func (k *Keeper) addedAccount(ctx context.Context, member uint32, addr sdk.AccAddress) (types.Account, error) {
	account, err := k.added.Get(ctx, addr)
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return types.Account{}, err
	}
	if err != nil || account.Member != member {
		return types.Account{}, errorsmod.Wrapf(types.ErrAccountNotFound,
			"%s was not added to member %06d; `shugud query consortium accounts %d` lists its accounts", k.text(addr), member, member)
	}
	return account, nil
}
