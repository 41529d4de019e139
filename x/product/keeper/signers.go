package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

// offering are the roles that may offer products.
var offering = []consortium.Role{consortium.ROLE_MERCHANT, consortium.ROLE_EXCHANGE, consortium.ROLE_OPERATOR}

// active returns the active member that signs, with the role if one is asked for.
func (k *Keeper) active(ctx context.Context, signer string, role consortium.Role) (consortium.Member, error) {
	addr, err := k.address.StringToBytes(signer)
	if err != nil {
		return consortium.Member{}, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected a bech32 address: %s", err)
	}
	return k.members.RequireActive(ctx, addr, role)
}

// offerer returns the number of the active member that signs and may offer products.
func (k *Keeper) offerer(ctx context.Context, signer string) (uint32, error) {
	member, err := k.active(ctx, signer, consortium.ROLE_UNSPECIFIED)
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(offering, member.Has) {
		return 0, errorsmod.Wrapf(consortium.ErrRoleMissing, "expected one of %v, member %06d has %v", offering, member.Number, member.Roles)
	}
	return member.Number, nil
}

// ownProduct returns a product that the signer owns and may offer.
func (k *Keeper) ownProduct(ctx context.Context, signer, id string) (types.Product, error) {
	owner, err := k.offerer(ctx, signer)
	if err != nil {
		return types.Product{}, err
	}
	p, err := k.product(ctx, id)
	if err != nil {
		return types.Product{}, err
	}
	if p.Owner != owner {
		return types.Product{}, errorsmod.Wrapf(types.ErrNotOwner, "product %s belongs to member %06d, the signer is %06d", p.Id, p.Owner, owner)
	}
	return p, nil
}
