package keeper

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/comet"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// takeEvidence handles the misbehaviour that a block proves. CometBFT has
// checked it and bounds how much a block holds.
func (k *Keeper) takeEvidence(ctx context.Context, list comet.EvidenceList) {
	for i := 0; i < list.Len(); i++ {
		k.isolated(ctx, "evidence", func(ctx context.Context) error { return k.takeOne(ctx, list.Get(i)) })
	}
}

// takeOne records evidence and suspends the seat of the key's member, whether
// the key is its present one or one that it had. What came before the key or
// the seat is recorded only.
func (k *Keeper) takeOne(ctx context.Context, proved comet.Evidence) error {
	e := types.Evidence{
		Height: proved.Height(), Address: proved.Validator().Address(), Kind: types.EvidenceKind(proved.Type()), Time: proved.Time().Unix(),
		Power: proved.Validator().Power(), TotalPower: proved.TotalVotingPower(),
		RecordedHeight: sdk.UnwrapSDKContext(ctx).BlockHeight(), Outcome: types.EVIDENCE_OUTCOME_IGNORED,
	}
	if known, err := k.validators.evidence.Has(ctx, evidenceEntry(e)); err != nil || known {
		return err
	}
	used, err := k.usedKey(ctx, e.Address)
	if err != nil {
		return err
	}
	if used != nil {
		e.ConsensusKey, e.Member = used.ConsensusKey, used.Member
		if e.Outcome, err = k.charge(ctx, used, e); err != nil {
			return err
		}
	}
	if err := k.validators.evidence.Set(ctx, evidenceEntry(e), e); err != nil {
		return err
	}
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventEvidenceRecorded{Evidence: e})
}

// charge holds evidence against the seat of a key's member.
func (k *Keeper) charge(ctx context.Context, used *types.UsedKey, e types.Evidence) (types.EvidenceOutcome, error) {
	found, err := k.seats.Has(ctx, used.Member)
	if err != nil || !found {
		return types.EVIDENCE_OUTCOME_IGNORED, err
	}
	seat, err := k.Seat(ctx, used.Member)
	if err != nil {
		return 0, err
	}
	if e.Height < seat.GrantedHeight || e.Height < used.Height {
		return types.EVIDENCE_OUTCOME_IGNORED, nil
	}
	return k.accuse(ctx, seat, types.SEAT_STATUS_SUSPENDED_EQUIVOCATION, fmt.Sprintf("%s at height %d", e.Kind, e.Height))
}

func evidenceEntry(e types.Evidence) evidenceKey {
	return collections.Join3(uint64(e.Height), e.Address, uint32(e.Kind))
}
