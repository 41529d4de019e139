package keeper

import (
	"context"
	"crypto/sha256"

	"github.com/cosmos/gogoproto/proto"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// standing is what stands against a blue voucher now.
type standing struct {
	// status is zero when nothing ever stood against it.
	status types.Status
	// remaining are fen by line.
	remaining []math.Int
}

// transition is a change of a status, checked and encoded, not yet written.
type transition struct {
	version        uint64
	flags          uint32
	detail, status []byte
}

// mayMove asks whether anything holds the voucher.
func (k *Keeper) mayMove(ctx context.Context, number string) error {
	if k.holds == nil {
		return nil
	}
	return k.holds.MayMove(ctx, types.HoldsKind, number)
}

// standingOf reads what stands against a blue voucher.
func (k *Keeper) standingOf(ctx context.Context, blue types.Voucher) (standing, error) {
	value, encoded, err := k.StatusBytes(ctx, blue.Number)
	if err != nil {
		return standing{}, err
	}
	if value == nil {
		return standing{status: types.Status{DetailDigest: make([]byte, sha256.Size)}, remaining: types.Amounts(blue.Lines)}, nil
	}
	status, err := types.DecodeStatus(value)
	if err != nil {
		return standing{}, err
	}
	if sha256.Sum256(encoded) != [sha256.Size]byte(status.DetailDigest) {
		return standing{}, errorsmod.Wrapf(types.ErrInconsistent, "voucher %s: detail %d is not the one that the status commits to", blue.Number, status.Version)
	}
	detail, err := types.DecodeStatusDetail(encoded)
	if err != nil {
		return standing{}, err
	}
	return standing{status: status, remaining: detail.Remaining}, nil
}

// reversal makes the transition of a red voucher that leaves remaining: of the flags
// only the reversal's change.
func (s standing) reversal(ctx context.Context, blue types.Voucher, red string, remaining []math.Int, reason []byte) (transition, error) {
	flags := types.WithReversalFlags(s.status.Flags, types.ReversalFlags(blue.Lines, remaining))
	return s.next(ctx, blue, red, remaining, flags, reason)
}

// mark makes the transition that sets or clears the flag contested; nothing else changes.
func (s standing) mark(ctx context.Context, blue types.Voucher, contested bool, reason []byte) (transition, error) {
	flags := s.status.Flags &^ types.FlagContested
	if contested {
		flags |= types.FlagContested
	}
	return s.next(ctx, blue, "", s.remaining, flags, reason)
}

// next makes a transition: the version grows by one, and the first height stays.
func (s standing) next(ctx context.Context, blue types.Voucher, red string, remaining []math.Int, flags uint32, reason []byte) (transition, error) {
	height := sdk.UnwrapSDKContext(ctx).BlockHeight()
	next := types.Status{Version: s.status.Version + 1, FirstHeight: s.status.FirstHeight, Height: height, Flags: flags}
	if s.status.Version == 0 {
		next.FirstHeight = height
	}
	detail, err := types.EncodeStatusDetail(types.StatusDetail{
		Number:         blue.Number,
		Version:        next.Version,
		Remaining:      remaining,
		RedNumber:      red,
		Flags:          next.Flags,
		ReasonDigest:   reason,
		Height:         height,
		PreviousDigest: s.status.DetailDigest,
	})
	if err != nil {
		return transition{}, err
	}
	digest := sha256.Sum256(detail)
	next.DetailDigest = digest[:]
	status, err := types.EncodeStatus(next)
	if err != nil {
		return transition{}, err
	}
	return transition{version: next.Version, flags: next.Flags, detail: detail, status: status}, nil
}

// apply writes a transition, emits its event and tells the observer.
func (k *Keeper) apply(ctx context.Context, number string, t transition, event proto.Message) error {
	if err := k.setStatus(ctx, number, t.version, t.detail, t.status); err != nil {
		return err
	}
	if err := sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event); err != nil {
		return err
	}
	if k.observer == nil {
		return nil
	}
	return k.observer.StatusChanged(ctx, number)
}
