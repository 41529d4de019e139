package keeper

import (
	"context"
	"errors"

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
	"an account is not listed": func(k *Keeper, ctx context.Context) error {
		return k.added.Set(ctx, make([]byte, 20), types.Account{Address: k.text(make([]byte, 20)), Member: 3, Roles: []types.Role{types.ROLE_MERCHANT}})
	},
	"an account is listed that is not there": func(k *Keeper, ctx context.Context) error {
		return k.memberAdded.Set(ctx, collections.Join(uint32(3), make([]byte, 20)))
	},
	"an account is nobody's": func(k *Keeper, ctx context.Context) error {
		return k.putAccount(ctx, types.Account{Address: k.text(make([]byte, 20)), Member: 99, Roles: []types.Role{types.ROLE_MERCHANT}})
	},
	"an account has more roles than its member": func(k *Keeper, ctx context.Context) error {
		return k.putAccount(ctx, types.Account{Address: k.text(make([]byte, 20)), Member: 3, Roles: []types.Role{types.ROLE_BANK}})
	},
	"an account is also an owner": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 1)
		if err != nil {
			return err
		}
		return k.putAccount(ctx, types.Account{Address: member.Owner, Member: 3, Roles: []types.Role{types.ROLE_MERCHANT}})
	},
	"a member has too many accounts": func(k *Keeper, ctx context.Context) error {
		for i := range byte(types.MaxAccounts) {
			address := k.text(append(make([]byte, 19), i))
			if err := k.putAccount(ctx, types.Account{Address: address, Member: 3, Roles: []types.Role{types.ROLE_MERCHANT}}); err != nil {
				return err
			}
		}
		return nil
	},
	"fen are held for nobody": func(k *Keeper, ctx context.Context) error { return k.funds.Set(ctx, make([]byte, 20), 3) },
	"an account of fen leads to another member": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 3)
		if err != nil {
			return err
		}
		member.Funds = k.text(make([]byte, 20))
		return errors.Join(k.members.Set(ctx, 3, member), k.funds.Set(ctx, make([]byte, 20), 2))
	},
	"an account of fen is an owner": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 3)
		if err != nil {
			return err
		}
		other, err := k.Member(ctx, 2)
		if err != nil {
			return err
		}
		member.Funds = other.Owner
		return errors.Join(k.members.Set(ctx, 3, member), k.putFunds(ctx, member))
	},
	"a credit code leads past a member that stays": func(k *Keeper, ctx context.Context) error {
		member, err := k.Member(ctx, 3)
		if err != nil {
			return err
		}
		member.Previous, member.CreditCode = 2, "91330100MA00000002"
		return errors.Join(k.creditCodes.Set(ctx, member.CreditCode, 3), k.creditCodes.Remove(ctx, "91330100MA00000003"), k.members.Set(ctx, 3, member))
	},
	"a refusal is not listed": func(k *Keeper, ctx context.Context) error {
		r := types.Refusal{By: 1, Height: 1, ApplicationDigest: make([]byte, 32), CreditCode: "91330100MA00000009"}
		return k.refusals.Set(ctx, collections.Join3(r.By, uint64(r.Height), r.ApplicationDigest), r)
	},
	"a refusal is listed that is not there": func(k *Keeper, ctx context.Context) error {
		return k.refusedCodes.Set(ctx, collections.Join3([]byte("91330100MA00000009"), uint64(1), make([]byte, 32)), 1)
	},
	"no set is remembered": func(k *Keeper, ctx context.Context) error { return k.validators.sets.Clear(ctx, nil) },
	"no seat is active": func(k *Keeper, ctx context.Context) error {
		return breakSeats(k, ctx, func(seat *types.Seat) { seat.Status = types.SEAT_STATUS_SUSPENDED_DOWNTIME })
	},
	"a seat's key is not remembered": func(k *Keeper, ctx context.Context) error { return k.validators.usedKeys.Clear(ctx, nil) },
	"a seat's key is another's": func(k *Keeper, ctx context.Context) error {
		seat, err := k.Seat(ctx, 1)
		if err != nil {
			return err
		}
		return k.useKey(ctx, types.UsedKey{ConsensusKey: seat.ConsensusKey, Member: 2})
	},
	"a suspension that waits is not listed": func(k *Keeper, ctx context.Context) error {
		return breakSeats(k, ctx, func(seat *types.Seat) { seat.Pending = types.SEAT_STATUS_SUSPENDED_DOWNTIME })
	},
	"a suspension is listed that does not wait": func(k *Keeper, ctx context.Context) error { return k.validators.pending.Set(ctx, 1) },
	"a suspension of nobody is listed":          func(k *Keeper, ctx context.Context) error { return k.validators.pending.Set(ctx, 5) },
	"a rotation has no seat": func(k *Keeper, ctx context.Context) error {
		return k.putRotation(ctx, types.Rotation{Member: 5, AtHeight: 9})
	},
	"a rotation is not queued": func(k *Keeper, ctx context.Context) error {
		return k.validators.rotations.Set(ctx, 1, types.Rotation{Member: 1, AtHeight: 9})
	},
	"a rotation is queued that nobody ordered": func(k *Keeper, ctx context.Context) error {
		return k.validators.rotationQueue.Set(ctx, collections.Join(uint64(9), uint32(1)))
	},
	"a miss is not counted": func(k *Keeper, ctx context.Context) error {
		return k.validators.misses.Set(ctx, collections.Join(uint64(9), uint32(1)))
	},
	"a miss is counted twice": func(k *Keeper, ctx context.Context) error {
		if err := k.validators.misses.Set(ctx, collections.Join(uint64(9), uint32(1))); err != nil {
			return err
		}
		return k.setMissed(ctx, 1, 2)
	},
	"a miss is counted that nobody missed": func(k *Keeper, ctx context.Context) error { return k.setMissed(ctx, 5, 1) },
	"a node is not listed": func(k *Keeper, ctx context.Context) error {
		return k.nodes.nodes.Set(ctx, make([]byte, 20), types.Node{Id: make([]byte, 20), Owner: 1})
	},
	"a node is listed that is not there": func(k *Keeper, ctx context.Context) error {
		return k.nodes.owners.Set(ctx, collections.Join(uint32(1), make([]byte, 20)))
	},
	"nodes are not counted": func(k *Keeper, ctx context.Context) error {
		if err := k.putNode(ctx, types.Node{Id: make([]byte, 20), Owner: 1}); err != nil {
			return err
		}
		return k.nodes.counts.Remove(ctx, 1)
	},
	"nodes are counted wrongly": func(k *Keeper, ctx context.Context) error {
		if err := k.putNode(ctx, types.Node{Id: make([]byte, 20), Owner: 1}); err != nil {
			return err
		}
		return k.nodes.counts.Set(ctx, 1, 2)
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

// breakSeats changes all seats.
func breakSeats(k *Keeper, ctx context.Context, change func(seat *types.Seat)) error {
	seats, err := k.allSeats(ctx)
	for i := range seats {
		change(&seats[i])
		if err := k.seats.Set(ctx, seats[i].Member, seats[i]); err != nil {
			return err
		}
	}
	return err
}

// MoveSeat changes a seat's status.
func (k *Keeper) MoveSeat(ctx context.Context, seat types.Seat, to types.SeatStatus) error {
	return k.seatTransition(ctx, seat, to)
}

// Recovered runs what may panic as the work for one seat is run.
func (k *Keeper) Recovered(ctx context.Context, run func()) error {
	return recovered(ctx, func(context.Context) error { run(); return nil })
}
