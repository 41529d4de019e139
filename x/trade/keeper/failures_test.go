package keeper_test

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/trade/types"
)

// failures asks the query.
func (w *world) failures() []types.Failure {
	w.t.Helper()
	r, err := w.queries.Failures(w.Ctx, &types.QueryFailuresRequest{})
	require.NoError(w.t, err)
	return r.Failures
}

func TestFailedExitIsSetAsideAndStopsNobody(t *testing.T) {
	for name, fault := range map[string]struct {
		err  error
		want types.Failure
	}{
		"error":        {errFault, types.Failure{Codespace: "fake", Code: 2, Error: "injected fault"}},
		"panic":        {errPanic, types.Failure{Codespace: "trade", Code: 16, Error: "panic"}},
		"unregistered": {errNotListed, types.Failure{Codespace: "undefined", Code: 1, Error: "internal error"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			before, failing, after := w.at(types.STATUS_DELIVERED, w.deal()), w.at(types.STATUS_DELIVERED, w.deal()), w.at(types.STATUS_DELIVERED, w.deal())
			w.money.faults[failing] = fault.err // after the voucher, so that there is something to undo
			was := w.contract(failing)
			w.in(within)
			requireSettled(t, w, before, true)
			requireSettled(t, w, after, true)
			require.Equal(t, was, w.contract(failing))
			require.True(t, w.money.escrowed(w.Ctx, failing))
			vouchers := 0
			for key := range w.stored() {
				if len(key) > 8 && key[:8] == "voucher/" {
					vouchers++
				}
			}
			require.Equal(t, 2+1, vouchers, "two vouchers and the seller's sequence: the third is undone")
			fault.want.Contract, fault.want.Height, fault.want.Attempts, fault.want.RetryAt = failing, w.Ctx.BlockHeight(), 1, w.now()+60
			require.Equal(t, []types.Failure{fault.want}, w.failures())

			delete(w.money.faults, failing)
			w.in(59)
			require.Equal(t, was, w.contract(failing))
			w.in(1)
			requireSettled(t, w, failing, true)
			require.Empty(t, w.failures())
		})
	}
}

func TestFailedExitBacksOff(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	w.money.faults[id] = errFault
	w.in(within)
	for attempt, wait := range []int64{60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 30720, 61440, day, day, day} {
		f := w.failures()
		require.Len(t, f, 1)
		require.EqualValues(t, attempt+1, f[0].Attempts)
		require.Equal(t, w.now()+wait, f[0].RetryAt)
		require.NoError(t, w.keeper.Check(w.Ctx))
		stored := w.stored()
		w.in(wait - 1)
		require.Equal(t, stored, w.stored(), "nothing is tried before its time")
		w.in(1)
	}
	delete(w.money.faults, id)
	w.in(day)
	require.Equal(t, types.STATUS_REFUNDED, w.contract(id).Status)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

// More failing contracts than a block may handle do not keep a later one waiting for ever.
func TestManyFailuresDoNotBlockTheQueue(t *testing.T) {
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Params.MaxDeadlinesPerBlock = 2
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	w.money.add(w.Ctx, buyerNo, wallet)
	for range 5 {
		w.money.faults[w.at(types.STATUS_FUNDED, w.deal())] = errFault
	}
	w.Advance(time.Second)
	good := w.at(types.STATUS_FUNDED, w.deal())
	w.in(within)
	w.in(1)
	w.in(1)
	require.Equal(t, types.STATUS_REFUNDED, w.contract(good).Status)
	require.Len(t, w.failures(), 5)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestHeldContractIsSetAsideUntilReleased(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	w.holds[id] = true
	w.in(within)
	require.Equal(t, "held", w.failures()[0].Error)
	require.Equal(t, types.STATUS_DELIVERED, w.contract(id).Status)
	w.holds[id] = false
	w.in(60)
	requireSettled(t, w, id, true)
}

// A contract that was set aside can still be finished by its parties, and is then tried no more.
func TestSetAsideContractCanBeFinishedByMessage(t *testing.T) {
	for _, tc := range []struct {
		from types.Status
		step string
		by   uint32
		to   types.Status
	}{
		{types.STATUS_DELIVERED, "accept", buyerNo, types.STATUS_SETTLED},
		{types.STATUS_FUNDED, "cancel", sellerNo, types.STATUS_REFUNDED},
	} {
		t.Run(tc.step, func(t *testing.T) {
			w := newWorld(t)
			id := w.at(tc.from, w.deal())
			w.money.faults[id] = errFault
			w.in(within)
			require.Len(t, w.failures(), 1)
			delete(w.money.faults, id)
			require.NoError(t, w.send(w.Ctx, tc.step, id, tc.by))
			require.Equal(t, tc.to, w.contract(id).Status)
			require.Empty(t, w.failures())
			require.Empty(t, w.queue())
			require.NoError(t, w.keeper.Check(w.Ctx))
		})
	}
}

func TestSetAsideIsTold(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	w.money.faults[id] = errFault
	w.in(within)
	events := w.Ctx.EventManager().Events()
	require.Len(t, events, 1)
	require.Equal(t, "shugu.trade.v1.EventSetAside", events[0].Type)
}

// Should the queue ever name a contract too early, its deadline still holds.
func TestEntryBeforeTheDeadlineMovesNothing(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	key := binary.BigEndian.AppendUint64([]byte{0x30}, uint64(w.now()))
	w.Ctx.KVStore(w.Key(types.StoreKey)).Set(append(key, id...), []byte{})
	w.in(1)
	require.Equal(t, types.STATUS_DELIVERED, w.contract(id).Status)
	require.Equal(t, types.ErrNotDue.ABCICode(), w.failures()[0].Code)
}

func TestBeginBlockWithoutGenesisFails(t *testing.T) {
	w := emptyWorld(t)
	require.Error(t, w.keeper.BeginBlock(w.Ctx))
}
