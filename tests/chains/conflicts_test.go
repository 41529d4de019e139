package chains_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/store/v2/cachekv"
	"github.com/cosmos/cosmos-sdk/store/v2/cachemulti"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/chains"
	trade "github.com/shugu-network/shugu/x/trade/types"
)

// touched is which keys of which stores a trade's transactions read and wrote.
type touched struct {
	reads, writes map[string]bool
	ranges        []span
}

// span is a range of keys that was walked.
type span struct {
	store      string
	start, end []byte
}

func newTouched() *touched { return &touched{reads: map[string]bool{}, writes: map[string]bool{}} }

func place(store string, key []byte) string { return store + " " + hex.EncodeToString(key) }

// recording is a store that notes what is read from it and written to it.
type recording[V any] struct {
	storetypes.GKVStore[V]
	name string
	log  *touched
	wrap func(storetypes.GKVStore[V]) storetypes.CacheWrap
}

func (r recording[V]) Get(key []byte) V {
	r.log.reads[place(r.name, key)] = true
	return r.GKVStore.Get(key)
}

func (r recording[V]) Has(key []byte) bool {
	r.log.reads[place(r.name, key)] = true
	return r.GKVStore.Has(key)
}

func (r recording[V]) Set(key []byte, value V) {
	r.log.writes[place(r.name, key)] = true
	r.GKVStore.Set(key, value)
}

func (r recording[V]) Delete(key []byte) {
	r.log.writes[place(r.name, key)] = true
	r.GKVStore.Delete(key)
}

func (r recording[V]) Iterator(start, end []byte) storetypes.GIterator[V] {
	r.log.ranges = append(r.log.ranges, span{r.name, bytes.Clone(start), bytes.Clone(end)})
	return r.GKVStore.Iterator(start, end)
}

func (r recording[V]) ReverseIterator(start, end []byte) storetypes.GIterator[V] {
	r.log.ranges = append(r.log.ranges, span{r.name, bytes.Clone(start), bytes.Clone(end)})
	return r.GKVStore.ReverseIterator(start, end)
}

func (r recording[V]) CacheWrap() storetypes.CacheWrap { return r.wrap(r) }

// recorder runs a block's transactions one after the other, as a parallel executor
// sees them, and notes what each touches by the trade that it belongs to.
type recorder struct {
	trades []*touched
	decode sdk.TxDecoder
}

// Run implements sdk.TxRunner. The transactions of the trades take turns.
func (r *recorder) Run(_ context.Context, ms storetypes.MultiStore, txs [][]byte, deliver sdk.DeliverTxFunc) ([]*abci.ExecTxResult, error) {
	var results []*abci.ExecTxResult
	for i, raw := range txs {
		log := r.trades[i%len(r.trades)]
		view := cachemulti.NewFromParent(func(key storetypes.StoreKey) storetypes.CacheWrapper { return record(ms, key, log) })
		tx, err := r.decode(raw)
		if err != nil {
			return nil, err
		}
		results = append(results, deliver(raw, tx, view, i, nil))
		view.Write()
	}
	return results, nil
}

func record(ms storetypes.MultiStore, key storetypes.StoreKey, log *touched) storetypes.CacheWrapper {
	if _, ok := key.(*storetypes.ObjectStoreKey); ok {
		return recording[any]{ms.GetObjKVStore(key), "object " + key.Name(), log, func(s storetypes.ObjKVStore) storetypes.CacheWrap {
			return cachekv.NewGStore(s, storetypes.AnyIsZero, storetypes.AnyValueLen)
		}}
	}
	return recording[[]byte]{ms.GetKVStore(key), key.Name(), log, func(s storetypes.KVStore) storetypes.CacheWrap { return cachekv.NewStore(s) }}
}

// trace runs two whole trades in one block, the nth of each pair's seller, and notes
// what each touches.
func trace(c *chains.Chain, pairs [2]pair, nth [2]int) (one, two *touched) {
	one, two = newTouched(), newTouched()
	c.Shugu.SetBlockSTMTxRunner(&recorder{trades: []*touched{one, two}, decode: c.TxConfig.TxDecoder()})
	b, day := newBatch(c), c.Coordinator.CurrentTime
	for _, p := range pairs {
		b.add(p.seller, p.quote(c))
	}
	for _, name := range ways[trade.STATUS_SETTLED] {
		for i, p := range pairs {
			party, msg := p.step(c, name, contractID(day, p.seller, nth[i]))
			b.add(party, msg)
		}
	}
	b.mustRun()
	for i, p := range pairs {
		require.Equal(c.TB, trade.STATUS_SETTLED, contract(c, contractID(day, p.seller, nth[i])).Status)
	}
	return one, two
}

// What the transactions of one trade write, those of another trade by other merchants
// neither write nor read, in any store, the block's object stores included, so that the
// two can run in parallel (DESIGN §8.3). They have the exchange in common, which both
// pay; that is booked at the end of the block.
func TestTradesOfFourMerchantsTouchNoCommonKey(t *testing.T) {
	c := chains.New(t, hangzhou).Chain(hangzhou)
	ours, theirs := newPair(c, "seller", "buyer"), newPair(c, "seller-2", "buyer-2")
	deposit(c, "buyer", 4*price)
	deposit(c, "buyer-2", price)

	one, two := trace(c, [2]pair{ours, theirs}, [2]int{1, 1})
	require.Empty(t, common(one, two))
	require.Empty(t, common(two, one))
	for _, store := range []string{"acc", "consortium", "bank", "settlement", "voucher", "trade", "object object:bank", "object object:settlement"} {
		require.True(t, one.wrote(store), "a trade writes to %s", store)
	}
	require.Empty(t, one.ranges, "handlers read points, never ranges")

	// Two trades of the same merchants do touch common keys: the way of looking sees them.
	one, two = trace(c, [2]pair{ours, ours}, [2]int{2, 3})
	require.NotEmpty(t, common(one, two))
}

// wrote says whether anything was written to a store.
func (l *touched) wrote(store string) bool {
	for key := range l.writes {
		if len(key) > len(store) && key[:len(store)+1] == store+" " {
			return true
		}
	}
	return false
}

// common is what the other touches of what one writes.
func common(one, other *touched) (keys []string) {
	for key := range one.writes {
		if other.writes[key] {
			keys = append(keys, "both write "+key)
		}
		if other.reads[key] {
			keys = append(keys, "one writes, the other reads "+key)
		}
		for _, s := range other.ranges {
			if s.contains(key) {
				keys = append(keys, fmt.Sprintf("one writes %s in a range that the other walks", key))
			}
		}
	}
	return keys
}

func (s span) contains(key string) bool {
	return key >= place(s.store, s.start) && (s.end == nil && key < s.store+"!" || s.end != nil && key < place(s.store, s.end))
}
