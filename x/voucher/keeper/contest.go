package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// Contest marks a blue voucher as contested, with a new version of its status: another
// voucher tells the same trade. Nothing else changes, and it is marked even while
// something holds it. reason is a digest of 32 bytes. One that is marked already stays as
// it is. It wraps ErrNumber, valid.ErrInvalid, ErrVoucherNotFound, ErrRedVoucher or
// ErrInconsistent; then nothing is written.
func (k *Keeper) Contest(ctx context.Context, number string, reason []byte) error {
	return k.setContested(ctx, number, true, reason)
}

// Uncontest lifts what Contest marked, with a new version of the status. One that is not
// marked stays as it is. Errors are Contest's.
func (k *Keeper) Uncontest(ctx context.Context, number string, reason []byte) error {
	return k.setContested(ctx, number, false, reason)
}

func (k *Keeper) setContested(ctx context.Context, number string, contested bool, reason []byte) error {
	if err := valid.Digest("reason", reason); err != nil {
		return err
	}
	blue, err := k.Voucher(ctx, number)
	if err != nil {
		return err
	}
	if blue.Kind != types.KIND_BLUE {
		return errorsmod.Wrapf(types.ErrRedVoucher, "%s takes back %s and has no status of its own", blue.Number, blue.Reverses)
	}
	now, err := k.standingOf(ctx, blue)
	if err != nil {
		return err
	}
	if was := now.status.Flags&types.FlagContested != 0; was == contested {
		return nil
	}
	change, err := now.mark(ctx, blue, contested, reason)
	if err != nil {
		return err
	}
	return k.apply(ctx, number, change, &types.EventContested{
		Number: number, Contested: contested, Version: change.version, Flags: change.flags,
	})
}
