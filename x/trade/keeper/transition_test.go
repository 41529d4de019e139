package keeper_test

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/trade/types"
)

// legal are the moves by message as the design tells them: status, step, party, and where it leads.
var legal = []struct {
	from types.Status
	step string
	by   uint32
	to   types.Status
}{
	{types.STATUS_QUOTED, "agree", buyerNo, types.STATUS_AGREED},
	{types.STATUS_QUOTED, "cancel", sellerNo, types.STATUS_CANCELLED},
	{types.STATUS_AGREED, "fund", buyerNo, types.STATUS_FUNDED},
	{types.STATUS_AGREED, "cancel", sellerNo, types.STATUS_CANCELLED},
	{types.STATUS_AGREED, "cancel", buyerNo, types.STATUS_CANCELLED},
	{types.STATUS_FUNDED, "deliver", sellerNo, types.STATUS_DELIVERED},
	{types.STATUS_FUNDED, "cancel", sellerNo, types.STATUS_REFUNDED},
	{types.STATUS_DELIVERED, "accept", buyerNo, types.STATUS_SETTLED},
}

var everyStep = []string{"agree", "fund", "deliver", "accept", "cancel"}

func everyStatus() []types.Status { return slices.Sorted(maps.Keys(steps)) }

func TestEveryLegalMove(t *testing.T) {
	for _, tc := range legal {
		t.Run(tc.from.String()+" "+tc.step, func(t *testing.T) {
			w := newWorld(t)
			id := w.at(tc.from, w.deal())
			w.Advance(0)
			require.NoError(t, w.send(w.Ctx, tc.step, id, tc.by))
			c := w.contract(id)
			require.Equal(t, tc.to, c.Status)
			require.Equal(t, w.Ctx.BlockHeight(), c.Height)
			if tc.to.Open() {
				require.Equal(t, w.now()+within, c.Deadline)
			} else {
				require.Zero(t, c.Deadline)
			}
			require.Equal(t, tc.to.Escrowed(), w.money.escrowed(w.Ctx, id))
			require.NoError(t, w.keeper.Check(w.Ctx))
		})
	}
}

// Every pair of status and message that the design does not name is refused,
// whoever sends it, and so is every named one by anybody else.
func TestEveryIllegalMove(t *testing.T) {
	for _, status := range everyStatus() {
		for _, step := range everyStep {
			allowed := map[uint32]bool{}
			for _, l := range legal {
				if l.from == status && l.step == step {
					allowed[l.by] = true
				}
			}
			want := types.ErrWrongParty
			if len(allowed) == 0 {
				want = types.ErrIllegalMove
			}
			t.Run(status.String()+" "+step, func(t *testing.T) {
				w := newWorld(t)
				id := w.at(status, w.deal())
				for _, by := range []uint32{sellerNo, buyerNo, exchangeNo, strangerNo} {
					if !allowed[by] {
						w.refused(want, func() error { return w.send(w.Ctx, step, id, by) })
					}
				}
			})
		}
	}
}

func TestIllegalMoveSaysWhatIsPossible(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_FUNDED, w.deal())
	require.ErrorContains(t, w.send(w.Ctx, "agree", id, buyerNo), "possible now: deliver, cancel")
	id = w.at(types.STATUS_SETTLED, w.deal())
	require.ErrorContains(t, w.send(w.Ctx, "cancel", id, sellerNo), "nothing more can happen")
}

func TestUnknownContractIsRefused(t *testing.T) {
	w := newWorld(t)
	for _, step := range everyStep {
		w.refused(types.ErrContractNotFound, func() error { return w.send(w.Ctx, step, "261123-000002-000009", buyerNo) })
	}
}

func TestHeldContractDoesNotMove(t *testing.T) {
	for _, tc := range legal {
		t.Run(tc.from.String()+" "+tc.step, func(t *testing.T) {
			w := newWorld(t)
			id := w.at(tc.from, w.deal())
			w.holds[id] = true
			w.refused(errHeld, func() error { return w.send(w.Ctx, tc.step, id, tc.by) })
			w.holds[id] = false
			require.NoError(t, w.send(w.Ctx, tc.step, id, tc.by))
		})
	}
}

func TestHoldsAreSetOnce(t *testing.T) {
	w := newWorld(t)
	require.Panics(t, func() { w.keeper.SetHolds(holds{}) })
}

func TestMovesAreTold(t *testing.T) {
	w := newWorld(t)
	id := w.at(types.STATUS_DELIVERED, w.deal())
	w.Advance(0)
	require.NoError(t, w.send(w.Ctx, "accept", id, buyerNo))
	var kinds []string
	for _, e := range w.Ctx.EventManager().Events() {
		kinds = append(kinds, e.Type)
	}
	require.Equal(t, []string{"shugu.trade.v1.EventMoved", "shugu.trade.v1.EventSettled"}, kinds)
	settled := w.Ctx.EventManager().Events()[1]
	number, found := settled.GetAttribute("voucher")
	require.True(t, found)
	require.Equal(t, `"`+w.contract(id).Voucher+`"`, number.Value)
}

// Two trades of four merchants touch no common key (DESIGN §8.3).
func TestTradesOfFourMerchantsShareNoKey(t *testing.T) {
	w := newWorld(t)
	touched := func(do func()) map[string]bool {
		before, keys := w.stored(), map[string]bool{}
		do()
		after := w.stored()
		for key, value := range before {
			keys[key] = after[key] != value
		}
		for key, value := range after {
			keys[key] = keys[key] || before[key] != value
		}
		// The fake books at once what the settlement module accrues until the block's end: leave its accounts out.
		accounts := "settlement/" + hex.EncodeToString([]byte("account/"))
		maps.DeleteFunc(keys, func(key string, changed bool) bool { return !changed || strings.HasPrefix(key, accounts) })
		return keys
	}
	for _, status := range everyStatus() {
		one := touched(func() { w.at(status, w.deal()) })
		two := touched(func() { w.at(status, w.dealTwo()) })
		require.NotEmpty(t, one)
		for key := range one {
			require.NotContains(t, two, key)
		}
	}
}

func TestSettledTradeTakesLittleState(t *testing.T) {
	w := newWorld(t)
	w.at(types.STATUS_SETTLED, w.deal())
	size := func() (n int) {
		for key, value := range w.stored() {
			if key[:6] == "trade/" {
				n += len(key[6:])/2 + len(value)
			}
		}
		return n
	}
	before := size()
	w.at(types.STATUS_SETTLED, w.deal())
	require.Less(t, size()-before, 600, "bytes of keys and values for one settled trade")
}
