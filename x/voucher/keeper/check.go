package keeper

import (
	"bytes"
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Check recomputes everything from the vouchers: what remains by line is what was issued
// less what was reversed, sequences have no gaps by seller and day and counters follow
// them, every status is that of the latest detail of an unbroken chain, the store
// "voucherstatus" holds these, the two sentinels and nothing else, open requests fit
// their vouchers, and the queue holds exactly these. It reads the whole
// state: for tests, simulation and a full node beside consensus. It wraps ErrInconsistent
// or what is wrong with one record.
func (k *Keeper) Check(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := g.Validate(); err != nil {
		return err
	}
	if err := k.checkQueue(ctx, g); err != nil {
		return err
	}
	return k.checkStatusStore(ctx, len(g.Statuses))
}

// checkStatusStore counts the store "voucherstatus" and looks at the sentinels.
func (k *Keeper) checkStatusStore(ctx context.Context, statuses int) error {
	store := k.statusStore.OpenKVStore(ctx)
	sentinels := types.SentinelKeys()
	for _, key := range sentinels {
		value, err := store.Get(key)
		if err != nil {
			return err
		}
		if !bytes.Equal(value, []byte(types.SentinelValue)) {
			return errorsmod.Wrapf(types.ErrInconsistent, "sentinel %x: expected %q, got %q", key, types.SentinelValue, value)
		}
	}
	count := 0
	err := walk(store, nil, nil, func(_, _ []byte) error {
		count++
		return nil
	})
	if err != nil {
		return err
	}
	if expected := statuses + len(sentinels); count != expected {
		return errorsmod.Wrapf(types.ErrInconsistent, "store %s: expected %d statuses and sentinels, got %d", types.StatusStoreKey, expected, count)
	}
	return nil
}
