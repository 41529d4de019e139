package keeper

import (
	"bytes"
	"context"
	"encoding/binary"

	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// InitGenesis validates the state, writes it, and writes the two sentinels that bound
// the store "voucherstatus", which no exported state contains.
func (k *Keeper) InitGenesis(ctx context.Context, g types.GenesisState) error {
	if err := g.Validate(); err != nil {
		return err
	}
	statuses := k.statusStore.OpenKVStore(ctx)
	for _, key := range types.SentinelKeys() {
		if err := statuses.Set(key, []byte(types.SentinelValue)); err != nil {
			return err
		}
	}
	for _, s := range g.Statuses {
		encoded, err := types.EncodeStatus(s.Status)
		if err != nil {
			return err
		}
		if err := statuses.Set(types.StatusKey(s.Number), encoded); err != nil {
			return err
		}
	}
	for _, v := range g.Vouchers {
		encoded, err := types.EncodeVoucher(v)
		if err != nil {
			return err
		}
		if err := k.setVoucher(ctx, v.Number, encoded); err != nil {
			return err
		}
	}
	store := k.store.OpenKVStore(ctx)
	for _, d := range g.Details {
		encoded, err := types.EncodeStatusDetail(d)
		if err != nil {
			return err
		}
		if err := store.Set(types.DetailKey(d.Number, d.Version), encoded); err != nil {
			return err
		}
	}
	for _, c := range g.Counters {
		if err := k.setCounter(ctx, c); err != nil {
			return err
		}
	}
	return k.initRequests(ctx, g)
}

// ExportGenesis returns the whole state in the order of the store keys. It wraps
// ErrInconsistent when a record does not belong under its key, and decoding errors.
func (k *Keeper) ExportGenesis(ctx context.Context) (types.GenesisState, error) {
	var g types.GenesisState
	err := k.walk(ctx, types.VoucherPrefix, func(key, value []byte) error {
		v, err := types.DecodeVoucher(value)
		if err != nil {
			return err
		}
		g.Vouchers = append(g.Vouchers, v)
		return sameKey(key, types.VoucherKey(v.Number))
	})
	if err != nil {
		return types.GenesisState{}, err
	}
	err = k.walk(ctx, types.DetailPrefix, func(key, value []byte) error {
		d, err := types.DecodeStatusDetail(value)
		if err != nil {
			return err
		}
		g.Details = append(g.Details, d)
		return sameKey(key, types.DetailKey(d.Number, d.Version))
	})
	if err != nil {
		return types.GenesisState{}, err
	}
	err = k.walk(ctx, types.CounterPrefix, func(key, value []byte) error {
		if len(key) != 1+4 {
			return errorsmod.Wrapf(types.ErrInconsistent, "counter: expected a key of 5 bytes, got %x", key)
		}
		c, err := types.DecodeCounter(binary.BigEndian.Uint32(key[1:]), value)
		g.Counters = append(g.Counters, c)
		return err
	})
	if err != nil {
		return types.GenesisState{}, err
	}
	if g.Statuses, err = k.exportStatuses(ctx, g.Details); err != nil {
		return types.GenesisState{}, err
	}
	return g, k.exportRequests(ctx, &g)
}

// exportStatuses finds the statuses through the details, since their keys hide the numbers.
func (k *Keeper) exportStatuses(ctx context.Context, details []types.StatusDetail) ([]types.NumberedStatus, error) {
	store := k.statusStore.OpenKVStore(ctx)
	var statuses []types.NumberedStatus
	for i, d := range details {
		if i > 0 && details[i-1].Number == d.Number {
			continue
		}
		value, err := store.Get(types.StatusKey(d.Number))
		if err != nil {
			return nil, err
		}
		status, err := types.DecodeStatus(value)
		if err != nil {
			return nil, errorsmod.Wrapf(err, "status of %s", d.Number)
		}
		statuses = append(statuses, types.NumberedStatus{Number: d.Number, Status: status})
	}
	return statuses, nil
}

// walk visits all records of the store "voucher" under a prefix, ascending.
func (k *Keeper) walk(ctx context.Context, prefix byte, visit func(key, value []byte) error) error {
	return walk(k.store.OpenKVStore(ctx), []byte{prefix}, []byte{prefix + 1}, visit)
}

func walk(store corestore.KVStore, start, end []byte, visit func(key, value []byte) error) error {
	it, err := store.Iterator(start, end)
	if err != nil {
		return err
	}
	defer func() { _ = it.Close() }() // closing frees memory only
	for ; it.Valid(); it.Next() {
		if err := visit(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	// A cached store's iterator calls being at its end an error, so Error tells nothing here.
	return nil
}

func sameKey(got, expected []byte) error {
	if !bytes.Equal(got, expected) {
		return errorsmod.Wrapf(types.ErrInconsistent, "expected key %x for what lies under it, got %x", expected, got)
	}
	return nil
}
