package keeper

import (
	"bytes"
	"crypto/sha256"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// take judges one record, however it came, and writes what it says if that is new. What
// stands here on evidence that is in doubt gives way to it, whatever it says.
func (k *Keeper) take(ctx sdk.Context, in arrival, r types.PacketRecord) (types.ResultCode, error) {
	content, code := in.agreement.Judge(r)
	if code != types.RESULT_CODE_OK {
		return code, nil
	}
	switch r.Kind {
	case types.RECORD_KIND_TERMS:
		return k.takeTerms(ctx, in, content.Terms)
	case types.RECORD_KIND_STATUS:
		return k.takeStatus(ctx, in, r, content)
	default:
		return k.takeRecord(ctx, in, r, content)
	}
}

// takeRecord recognises a voucher or a settlement. What stands here already keeps its
// evidence, unless a proof shows a later block.
func (k *Keeper) takeRecord(ctx sdk.Context, in arrival, r types.PacketRecord, content types.Content) (types.ResultCode, error) {
	key, digest := keyOf(in.agreement.ChainId, r.Kind, r.Id), sha256.Sum256(r.Value)
	held, found, err := find(ctx, k.recognised, key)
	if err != nil {
		return 0, err
	}
	again := false
	// An older proof takes nothing from what was shown of the voucher's status since.
	later := held.StatusEvidence
	if later != nil && !later.Newer(in.evidence) {
		later = nil
	}
	if found {
		suspect, err := k.suspect(ctx, held.Evidence)
		if err != nil {
			return 0, err
		}
		if !suspect {
			if !bytes.Equal(held.Digest, digest[:]) {
				return types.RESULT_CODE_CONFLICT, nil
			}
			if !in.evidence.ByProof() || !in.evidence.Newer(held.Evidence) {
				return types.RESULT_CODE_OK, nil
			}
		}
		again = bytes.Equal(held.Digest, digest[:])
	}
	err = k.recognised.Set(ctx, key, types.Recognised{
		ChainId: in.agreement.ChainId, Kind: r.Kind, Id: r.Id, Digest: digest[:], Counterpart: content.Counterpart, Evidence: in.evidence,
		StatusEvidence: later, Nullifier: content.Nullifier,
	})
	if err != nil {
		return 0, err
	}
	if err := k.retell(ctx, held.Nullifier, content.Nullifier, types.VoucherRef{ChainId: in.agreement.ChainId, Number: r.Id}); err != nil {
		return 0, err
	}
	return types.RESULT_CODE_OK, emitTaken(ctx, in, r, again)
}

// takeStatus keeps the highest version, whatever the order of arrival, even for a
// voucher that was not recognised.
func (k *Keeper) takeStatus(ctx sdk.Context, in arrival, r types.PacketRecord, content types.Content) (types.ResultCode, error) {
	key := collections.Join(in.agreement.ChainId, r.Id)
	held, found, err := find(ctx, k.statuses, key)
	if err != nil {
		return 0, err
	}
	again := false
	if found {
		suspect, err := k.suspect(ctx, held.Evidence)
		if err != nil {
			return 0, err
		}
		before, err := held.Content()
		if err != nil {
			return 0, err
		}
		// The value holds the detail's digest, so that it stands for both.
		again = bytes.Equal(held.Value, r.Value)
		if !suspect {
			switch {
			case content.Status.Version < before.Status.Version && in.evidence.ByProof() && in.evidence.Newer(held.Evidence):
				// A version only grows: one of the two was never true.
				return types.RESULT_CODE_CONFLICT, nil
			case content.Status.Version < before.Status.Version:
				return types.RESULT_CODE_OK, nil
			case content.Status.Version == before.Status.Version && !again:
				return types.RESULT_CODE_CONFLICT, nil
			case again && (!in.evidence.ByProof() || !in.evidence.Newer(held.Evidence)):
				return types.RESULT_CODE_OK, nil
			}
		}
	}
	err = k.statuses.Set(ctx, key, types.ForeignStatus{
		ChainId: in.agreement.ChainId, Number: r.Id, Value: r.Value, Detail: r.Detail, Evidence: in.evidence,
	})
	if err != nil {
		return 0, err
	}
	return types.RESULT_CODE_OK, emitTaken(ctx, in, r, again)
}

// forgetStatus takes a proof that nothing stands against a voucher. A status that was
// heard on evidence in doubt is forgotten; one that should have been there by the proven
// block contradicts the proof. It wraps ErrRefused.
func (p proofs) forgetStatus(ctx sdk.Context, number string) error {
	key := collections.Join(p.agreement.ChainId, number)
	held, found, err := find(ctx, p.statuses, key)
	if err != nil || !found {
		return err
	}
	suspect, err := p.suspect(ctx, held.Evidence)
	if err != nil {
		return err
	}
	if suspect {
		return p.statuses.Remove(ctx, key)
	}
	before, err := held.Content()
	if err != nil {
		return err
	}
	if before.Status.FirstHeight <= p.evidence.AsOfHeight {
		return errorsmod.Wrapf(types.ErrRefused, "voucher %s: a status stands here that began at block %d, and the proof shows none after block %d: one of them was never true; tell the council",
			number, before.Status.FirstHeight, p.evidence.AsOfHeight)
	}
	return nil
}

// emitTaken tells of a record that stands here now, or stands on newer evidence.
func emitTaken(ctx sdk.Context, in arrival, r types.PacketRecord, again bool) error {
	if again {
		return emit(ctx, &types.EventReaffirmed{ChainId: in.agreement.ChainId, Kind: r.Kind, Id: r.Id, AsOfTime: in.evidence.AsOfTime})
	}
	e := &types.EventRecognised{
		ChainId: in.agreement.ChainId, Kind: r.Kind, Id: r.Id, Value: r.Value, Detail: r.Detail,
		ChannelId: in.evidence.ChannelId, Sequence: in.evidence.Sequence,
	}
	ctx.EventManager().EmitEvent(e.SDKEvent())
	return nil
}
