package keeper

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// PutSeat writes a seat, for tests of the changes of the validator set.
func (k *Keeper) PutSeat(ctx context.Context, seat types.Seat) error {
	return k.seats.Set(ctx, seat.Member, seat)
}

// DropSeat removes a member's seat.
func (k *Keeper) DropSeat(ctx context.Context, member uint32) error {
	return k.seats.Remove(ctx, member)
}

// Breakage breaks one thing in the state, by name.
var Breakage = map[string]func(k *Keeper, ctx context.Context) error{
	"an owner leads to nobody": func(k *Keeper, ctx context.Context) error { return k.owners.Set(ctx, make([]byte, 20), 1) },
	"a credit code leads to another member": func(k *Keeper, ctx context.Context) error {
		return k.creditCodes.Set(ctx, "91330100MA00000001", 2)
	},
	"a credit code leads to nobody": func(k *Keeper, ctx context.Context) error { return k.creditCodes.Set(ctx, "x", 1) },
	"an owner leads to no member": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 1)
		if err != nil {
			return err
		}
		owner, err := k.account("owner", member.Owner)
		if err != nil {
			return err
		}
		return k.owners.Remove(ctx, owner)
	},
	"history is not counted at all": func(k *Keeper, ctx context.Context) error {
		if err := k.putChange(ctx, types.MemberChange{Member: 1, Height: 1, Sequence: 1}); err != nil {
			return err
		}
		return k.changes.Remove(ctx, 1)
	},
	"a role is not listed": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 1)
		if err != nil {
			return err
		}
		return k.roles.Remove(ctx, roleEntry(member, types.ROLE_EXCHANGE))
	},
	"a role is listed that nobody has": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 1)
		if err != nil {
			return err
		}
		return k.roles.Set(ctx, roleEntry(member, types.ROLE_COURT))
	},
	"the next number is given away": func(k *Keeper, ctx context.Context) error { return k.nextMember.Set(ctx, 1) },
	"history is not counted": func(k *Keeper, ctx context.Context) error {
		return k.changes.Set(ctx, 1, 5)
	},
	"history runs past its count": func(k *Keeper, ctx context.Context) error {
		if err := k.putChange(ctx, types.MemberChange{Member: 1, Height: 1, Sequence: 2}); err != nil {
			return err
		}
		return k.changes.Set(ctx, 1, 1)
	},
	"a stranger has used a quota": func(k *Keeper, ctx context.Context) error {
		return k.quotaUses.Set(ctx, 99, types.QuotaUse{Member: 99})
	},
	"a quota's use is another member's": func(k *Keeper, ctx context.Context) error {
		return k.quotaUses.Set(ctx, 1, types.QuotaUse{Member: 2})
	},
	"a nonce is never forgotten": func(k *Keeper, ctx context.Context) error {
		if err := k.useNonce(ctx, make([]byte, 20), make([]byte, 16), 1); err != nil {
			return err
		}
		return k.nonces.Set(ctx, collections.Join(make([]byte, 20), make([]byte, 16)), 2)
	},
	"a nonce is forgotten twice": func(k *Keeper, ctx context.Context) error {
		if err := k.useNonce(ctx, make([]byte, 20), make([]byte, 16), 1); err != nil {
			return err
		}
		return k.useNonce(ctx, make([]byte, 20), make([]byte, 16), 2)
	},
	"CometBFT was told a key without a seat": func(k *Keeper, ctx context.Context) error { return k.told.Set(ctx, make([]byte, 32), 10) },
	"CometBFT was told another power": func(k *Keeper, ctx context.Context) error {
		seat, err := k.seats.Get(ctx, 1)
		if err != nil {
			return err
		}
		return k.told.Set(ctx, seat.ConsensusKey, 11)
	},
}

// SetParams writes parameters, for tests of what a change of them does.
func (k *Keeper) SetParams(ctx context.Context, params types.Params) error {
	return k.params.Set(ctx, params)
}
