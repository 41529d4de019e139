package keeper

import (
	"context"
	"slices"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Usable checks that a voucher of another chain can be used here as a valid one. What was
// partly taken back can, for what remains. It wraps ErrNotUsable, with the caveats.
func (k *Keeper) Usable(ctx sdk.Context, chain, number string) error {
	a, found, err := find(ctx, k.agreements, chain)
	if err != nil {
		return err
	}
	if !found {
		return errorsmod.Wrapf(types.ErrNotUsable, "%s of %s: no agreement", number, chain)
	}
	s, _, err := k.standing(ctx, a, number)
	if err != nil {
		return err
	}
	if !s.Usable {
		return errorsmod.Wrapf(types.ErrNotUsable, "%s of %s: %v", number, chain, s.Caveats)
	}
	return nil
}

// standing is what we know of a voucher of an agreement's chain, and whether anything.
func (k *Keeper) standing(ctx sdk.Context, a types.Agreement, number string) (types.Standing, bool, error) {
	s := types.Standing{ChainId: a.ChainId, AgreementLive: a.Live(ctx.BlockTime())}
	if err := k.findRecords(ctx, &s, number); err != nil {
		return s, false, err
	}
	if err := k.findContest(ctx, &s); err != nil {
		return s, false, err
	}
	suspect, err := k.weigh(ctx, &s)
	if err != nil {
		return s, false, err
	}
	if s.StatusTravels, err = k.statusTravels(ctx, a, s.AsOfHeight); err != nil {
		return s, false, err
	}
	stale := s.Voucher != nil && !s.StatusTravels && s.AsOfTime+a.Freshness < ctx.BlockTime().Unix()
	s.Caveats = caveats(s, suspect, stale)
	s.Usable = !slices.ContainsFunc(s.Caveats, func(c types.Caveat) bool { return c != types.CAVEAT_PARTLY_REVERSED })
	return s, s.Voucher != nil || s.Status != nil, nil
}

// statusTravels says whether an open route brings here by itself every change of a
// status after a block of an agreement's chain. That chain sends none before it has made an
// agreement with us, of which it then tells, nor those that it had made until then.
func (k *Keeper) statusTravels(ctx sdk.Context, a types.Agreement, asOf int64) (bool, error) {
	if !a.Live(ctx.BlockTime()) || !slices.Contains(a.Kinds, types.RECORD_KIND_STATUS) || !k.routeOpen(ctx, a) {
		return false, nil
	}
	told, found, err := find(ctx, k.terms, a.ChainId)
	if err != nil || !found || asOf < told.SinceHeight {
		return false, err
	}
	suspect, err := k.suspect(ctx, told.Evidence)
	return !suspect, err
}

// findRecords reads the voucher, its settlement and its status.
func (k *Keeper) findRecords(ctx context.Context, s *types.Standing, number string) error {
	voucher, found, err := find(ctx, k.recognised, keyOf(s.ChainId, types.RECORD_KIND_VOUCHER, number))
	if err != nil {
		return err
	}
	if found {
		s.Voucher = &voucher
		settlement, found, err := find(ctx, k.recognised, keyOf(s.ChainId, types.RECORD_KIND_SETTLEMENT, voucher.Counterpart))
		if err != nil {
			return err
		}
		if found {
			s.Settlement = &settlement
		}
	}
	status, found, err := find(ctx, k.statuses, collections.Join(s.ChainId, number))
	if err != nil || !found {
		return err
	}
	content, err := status.Content()
	s.Status, s.Detail = &status, &content.Detail
	return err
}

// weigh sets until when the voucher is known to have stood as it is shown, and says
// whether any of what shows it rests on a client in doubt. A proof of the status that is
// itself in doubt counts for nothing.
func (k *Keeper) weigh(ctx context.Context, s *types.Standing) (bool, error) {
	inDoubt := false
	for _, record := range []*types.Recognised{s.Voucher, s.Settlement} {
		if record == nil {
			continue
		}
		suspect, err := k.suspect(ctx, record.Evidence)
		if err != nil {
			return false, err
		}
		inDoubt = inDoubt || suspect
	}
	if s.Status != nil {
		suspect, err := k.suspect(ctx, s.Status.Evidence)
		if err != nil {
			return false, err
		}
		inDoubt = inDoubt || suspect
		s.AsOfHeight, s.AsOfTime = s.Status.Evidence.AsOfHeight, s.Status.Evidence.AsOfTime
	}
	if s.Voucher == nil {
		return inDoubt, nil
	}
	seen := []types.Evidence{s.Voucher.Evidence}
	if e := s.Voucher.StatusEvidence; e != nil {
		suspect, err := k.suspect(ctx, *e)
		if err != nil {
			return false, err
		}
		if !suspect {
			seen = append(seen, *e)
		}
	}
	for _, e := range seen {
		if e.AsOfHeight > s.AsOfHeight {
			s.AsOfHeight, s.AsOfTime = e.AsOfHeight, e.AsOfTime
		}
	}
	return inDoubt, nil
}

// caveats lists what speaks against using a voucher, ascending.
func caveats(s types.Standing, suspect, stale bool) []types.Caveat {
	flags := uint32(0)
	if s.Detail != nil {
		flags = s.Detail.Flags
	}
	var out []types.Caveat
	for _, c := range []struct {
		caveat types.Caveat
		holds  bool
	}{
		{types.CAVEAT_NOT_RECOGNISED, s.Voucher == nil},
		{types.CAVEAT_NO_AGREEMENT, !s.AgreementLive},
		{types.CAVEAT_SUSPECT, suspect},
		{types.CAVEAT_STALE, stale},
		{types.CAVEAT_CONTESTED, flags&vouchertypes.FlagContested != 0 || s.Contest != nil && !s.Contest.Upheld},
		{types.CAVEAT_PRESERVED, flags&vouchertypes.FlagPreserved != 0},
		{types.CAVEAT_REVERSED, flags&vouchertypes.FlagReversed != 0},
		{types.CAVEAT_PARTLY_REVERSED, flags&vouchertypes.FlagPartlyReversed != 0},
	} {
		if c.holds {
			out = append(out, c.caveat)
		}
	}
	return out
}
