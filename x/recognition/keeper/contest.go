package keeper

import (
	"bytes"
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// tell notes that a blue voucher bears a nullifier. If another one bears it already, both
// are marked, and neither is refused. What goes wrong here is told in an event and undone:
// it stops neither the trade nor the packet. The work is that of two marks, however many
// vouchers tell the trade.
func (k *Keeper) tell(ctx sdk.Context, nullifier []byte, ref types.VoucherRef) error {
	err := k.tryTell(ctx, nullifier, ref)
	if err == nil {
		return nil
	}
	ctx.Logger().Error("voucher not compared with others", "module", types.ModuleName, "chain", ref.ChainId, "number", ref.Number, "error", err)
	return emit(ctx, &types.EventContestSetAside{Nullifier: nullifier, ChainId: ref.ChainId, Number: ref.Number, Error: errorCode(err)})
}

func (k *Keeper) tryTell(ctx sdk.Context, nullifier []byte, ref types.VoucherRef) error {
	telling, found, err := find(ctx, k.tellings, nullifier)
	if err != nil {
		return err
	}
	if !found {
		return k.tellings.Set(ctx, nullifier, tellingOf(ctx, ref))
	}
	if !telling.Contested && refOf(ctx, telling) == ref {
		return nil
	}
	cached, write := ctx.CacheContext()
	if err := k.contend(cached, nullifier, telling, ref); err != nil {
		return err
	}
	write()
	return nil
}

// contend adds a voucher to those that tell a trade, and begins the contest if it is the second.
func (k *Keeper) contend(ctx sdk.Context, nullifier []byte, telling types.Telling, ref types.VoucherRef) error {
	c := types.Contest{Nullifier: nullifier, Height: ctx.BlockHeight()}
	newcomers := []types.VoucherRef{ref}
	if telling.Contested {
		var err error
		if c, err = k.contests.Get(ctx, nullifier); err != nil {
			return err
		}
		if has, err := k.contested.Has(ctx, contestedKeyOf(nullifier, ref)); has || err != nil {
			return err
		}
	} else {
		newcomers = []types.VoucherRef{refOf(ctx, telling), ref}
		if err := k.tellings.Set(ctx, nullifier, types.Telling{Contested: true}); err != nil {
			return err
		}
	}
	for _, n := range newcomers {
		v := types.ContestedVoucher{
			Nullifier: nullifier, ChainId: n.ChainId, Number: n.Number, Height: ctx.BlockHeight(), Decisions: c.Decisions,
		}
		if err := k.contested.Set(ctx, contestedKeyOf(nullifier, n), v); err != nil {
			return err
		}
		c.Vouchers++
		if err := k.mark(ctx, nullifier, n); err != nil {
			return err
		}
	}
	return k.contests.Set(ctx, nullifier, c)
}

// mark marks a voucher that tells a trade a second time. One of this chain gets a new
// status, which travels; one of another chain is marked here by being in the contest.
func (k *Keeper) mark(ctx sdk.Context, nullifier []byte, ref types.VoucherRef) error {
	if ref.ChainId == ctx.ChainID() {
		if err := k.Vouchers.Contest(ctx, ref.Number, nullifier); err != nil {
			return err
		}
	}
	return emit(ctx, &types.EventContested{Nullifier: nullifier, ChainId: ref.ChainId, Number: ref.Number})
}

// unmark lifts the mark of a voucher; reason is a digest.
func (k *Keeper) unmark(ctx sdk.Context, ref types.VoucherRef, reason []byte) error {
	if ref.ChainId != ctx.ChainID() {
		return nil
	}
	return k.Vouchers.Uncontest(ctx, ref.Number, reason)
}

// untell forgets that a voucher of another chain bears a nullifier: what was told of it on
// evidence in doubt gave way to something else. A contest that nobody decided ends when
// only one voucher is left. What goes wrong here is told in an event and undone.
func (k *Keeper) untell(ctx sdk.Context, nullifier []byte, ref types.VoucherRef) error {
	cached, write := ctx.CacheContext()
	if err := k.tryUntell(cached, nullifier, ref); err != nil {
		ctx.Logger().Error("voucher not taken out of a contest", "module", types.ModuleName, "chain", ref.ChainId, "number", ref.Number, "error", err)
		return emit(ctx, &types.EventContestSetAside{Nullifier: nullifier, ChainId: ref.ChainId, Number: ref.Number, Error: errorCode(err)})
	}
	write()
	return nil
}

func (k *Keeper) tryUntell(ctx sdk.Context, nullifier []byte, ref types.VoucherRef) error {
	telling, found, err := find(ctx, k.tellings, nullifier)
	if err != nil || !found {
		return err
	}
	if !telling.Contested {
		if refOf(ctx, telling) != ref {
			return nil
		}
		return k.tellings.Remove(ctx, nullifier)
	}
	key := contestedKeyOf(nullifier, ref)
	if has, err := k.contested.Has(ctx, key); !has || err != nil {
		return err
	}
	if err := k.contested.Remove(ctx, key); err != nil {
		return err
	}
	c, err := k.contests.Get(ctx, nullifier)
	if err != nil {
		return err
	}
	c.Vouchers--
	switch {
	case c.Vouchers == 0:
		if err := k.contests.Remove(ctx, nullifier); err != nil {
			return err
		}
		return k.tellings.Remove(ctx, nullifier)
	case c.Vouchers == 1 && c.Decisions == 0:
		return k.endContest(ctx, nullifier)
	default:
		return k.contests.Set(ctx, nullifier, c)
	}
}

// endContest lifts the mark of the last voucher of a contest.
func (k *Keeper) endContest(ctx sdk.Context, nullifier []byte) error {
	last, err := k.contestedOf(ctx, nullifier, 1, nil)
	if err != nil {
		return err
	}
	if len(last) != 1 {
		return errorsmod.Wrapf(types.ErrInconsistent, "contest of %x: expected a voucher, got none", nullifier)
	}
	ref := last[0].Ref()
	if err := k.contested.Remove(ctx, contestedKeyOf(nullifier, ref)); err != nil {
		return err
	}
	if err := k.contests.Remove(ctx, nullifier); err != nil {
		return err
	}
	if err := k.tellings.Set(ctx, nullifier, tellingOf(ctx, ref)); err != nil {
		return err
	}
	if err := k.unmark(ctx, ref, nullifier); err != nil {
		return err
	}
	return emit(ctx, &types.EventContestEnded{Nullifier: nullifier, ChainId: ref.ChainId, Number: ref.Number})
}

// contestedOf lists at most so many vouchers of a contest, without one of them.
func (k *Keeper) contestedOf(ctx context.Context, nullifier []byte, most int, without *types.VoucherRef) ([]types.ContestedVoucher, error) {
	var out []types.ContestedVoucher
	err := k.contested.Walk(ctx, collections.NewPrefixedTripleRange[[]byte, string, string](nullifier),
		func(_ contestedKey, v types.ContestedVoucher) (bool, error) {
			if without == nil || v.Ref() != *without {
				out = append(out, v)
			}
			return len(out) == most, nil
		})
	return out, err
}

// findContest says how a voucher of another chain stands in a contest, if it is in one,
// and names the others.
func (k *Keeper) findContest(ctx context.Context, s *types.Standing) error {
	if s.Voucher == nil || len(s.Voucher.Nullifier) == 0 {
		return nil
	}
	ref := types.VoucherRef{ChainId: s.Voucher.ChainId, Number: s.Voucher.Id}
	own, found, err := find(ctx, k.contested, contestedKeyOf(s.Voucher.Nullifier, ref))
	if err != nil || !found {
		return err
	}
	s.Contest = &own
	s.ToldAgain, err = k.contestedOf(ctx, s.Voucher.Nullifier, types.MaxToldAgain, &ref)
	return err
}

// retell moves a voucher of another chain in the index, from what it was told to bear
// before, if anything, to what it bears.
func (k *Keeper) retell(ctx sdk.Context, before, now []byte, ref types.VoucherRef) error {
	if bytes.Equal(before, now) {
		return nil
	}
	if len(before) > 0 {
		if err := k.untell(ctx, before, ref); err != nil {
			return err
		}
	}
	if len(now) == 0 {
		return nil
	}
	return k.tell(ctx, now, ref)
}

func contestedKeyOf(nullifier []byte, ref types.VoucherRef) contestedKey {
	return collections.Join3(nullifier, ref.ChainId, ref.Number)
}

// tellingOf leaves our own chain id out: there is one for every voucher of this chain.
func tellingOf(ctx sdk.Context, ref types.VoucherRef) types.Telling {
	t := types.Telling{ChainId: ref.ChainId, Number: ref.Number}
	if t.ChainId == ctx.ChainID() {
		t.ChainId = ""
	}
	return t
}

func refOf(ctx sdk.Context, t types.Telling) types.VoucherRef {
	if t.ChainId == "" {
		t.ChainId = ctx.ChainID()
	}
	return types.VoucherRef{ChainId: t.ChainId, Number: t.Number}
}
