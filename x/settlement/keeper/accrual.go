package keeper

import (
	"context"
	"encoding/binary"

	"cosmossdk.io/math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Keys of the object store. It lasts one block, holds math.Int, and no two
// transactions write the same key, so they can run in parallel.
const (
	// incomingPrefix | position (u64, big endian) → fen debited in favour of the module account
	incomingPrefix byte = 0x01
	// payoutPrefix | member (u32, big endian) | position (u64, big endian) → fen due to the member
	payoutPrefix byte = 0x02
)

// position is TxIndex + 1: 0 in begin and end blockers, where the index is −1,
// so that the unsigned key keeps the order in which the block runs.
func position(ctx context.Context) uint64 { return uint64(sdk.UnwrapSDKContext(ctx).TxIndex() + 1) }

// accrueIncoming notes what bank keeps for the module account under this TxIndex.
func (k *Keeper) accrueIncoming(ctx context.Context, amount math.Int) {
	k.accrue(ctx, binary.BigEndian.AppendUint64([]byte{incomingPrefix}, position(ctx)), amount)
}

// accruePayout notes what the end of the block is to pay to a member.
func (k *Keeper) accruePayout(ctx context.Context, member uint32, amount math.Int) {
	key := binary.BigEndian.AppendUint32([]byte{payoutPrefix}, member)
	k.accrue(ctx, binary.BigEndian.AppendUint64(key, position(ctx)), amount)
}

func (k *Keeper) accrue(ctx context.Context, key []byte, amount math.Int) {
	store := sdk.UnwrapSDKContext(ctx).ObjectStore(k.ObjectKey)
	if before, ok := store.Get(key).(math.Int); ok {
		amount = before.Add(amount)
	}
	store.Set(key, amount)
}

// source is what one transaction brought into the module account in this block.
type source struct {
	txIndex int
	amount  math.Int
}

// pool is what the block's transactions brought in and nobody was paid from
// yet. It is a value: who failed to pay goes on with the pool from before.
type pool struct {
	sources []source
	drawn   math.Int // from the first of sources
}

func (p pool) empty() bool { return len(p.sources) == 0 }

// draw takes at most the amount from the first source.
func (p *pool) draw(amount math.Int) (txIndex int, part math.Int) {
	first := p.sources[0]
	part = math.MinInt(amount, first.amount.Sub(p.drawn))
	p.drawn = p.drawn.Add(part)
	if p.drawn.Equal(first.amount) {
		p.sources, p.drawn = p.sources[1:], math.ZeroInt()
	}
	return first.txIndex, part
}

// payment is what a member is due for the whole block.
type payment struct {
	member uint32
	amount math.Int
}

// accrued reads what accrued in the block: sources in the order of the block,
// payments netted per member and in the order of their numbers.
func (k *Keeper) accrued(ctx context.Context) (pool, []payment) {
	store := sdk.UnwrapSDKContext(ctx).ObjectStore(k.ObjectKey)
	in := pool{drawn: math.ZeroInt()}
	each(store, incomingPrefix, func(key []byte, amount math.Int) {
		in.sources = append(in.sources, source{txIndex: int(binary.BigEndian.Uint64(key)) - 1, amount: amount})
	})
	var out []payment
	each(store, payoutPrefix, func(key []byte, amount math.Int) {
		member := binary.BigEndian.Uint32(key)
		if n := len(out); n > 0 && out[n-1].member == member {
			out[n-1].amount = out[n-1].amount.Add(amount)
			return
		}
		out = append(out, payment{member: member, amount: amount})
	})
	return in, out
}

// forget clears what accrued, so that nothing can be booked twice.
func (k *Keeper) forget(ctx context.Context) {
	store := sdk.UnwrapSDKContext(ctx).ObjectStore(k.ObjectKey)
	var keys [][]byte
	for _, prefix := range []byte{incomingPrefix, payoutPrefix} {
		each(store, prefix, func(key []byte, _ math.Int) {
			keys = append(keys, append([]byte{prefix}, key...))
		})
	}
	for _, key := range keys {
		store.Delete(key)
	}
}

// each calls f with every key below the prefix, without it, in ascending order.
func each(store storetypes.ObjKVStore, prefix byte, f func(key []byte, amount math.Int)) {
	it := store.Iterator([]byte{prefix}, []byte{prefix + 1})
	defer func() { _ = it.Close() }()
	for ; it.Valid(); it.Next() {
		f(it.Key()[1:], it.Value().(math.Int))
	}
}
