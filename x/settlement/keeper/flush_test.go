package keeper_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestTwoSettlementsInABlockOneFundedInIt(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 300)
		w.endBlock()

		w.open(0, trade(2), 500)
		w.settle(1, trade(1), seller)
		w.settle(2, trade(2), partner, exchange)
		w.requireHas(seller, 0)
		w.endBlock()
		w.requireHas(seller, 300)
		w.requireHas(partner, 250)
		w.requireHas(exchange, 250)
		require.Equal(t, "0", w.module())
	})
}

// All money of the block came in within it, from several transactions, and
// payments draw across their borders.
func TestFlushDrawsOnManyTransactions(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		for i := range 5 {
			w.open(i, trade(uint32(i)), 100+int64(i))
		}
		for i := range 5 {
			w.settle(5+i, trade(uint32(i)), seller, partner, exchange)
		}
		w.endBlock()
		require.Equal(t, "510", w.has(seller).Add(w.has(partner)).Add(w.has(exchange)).String())
		require.Equal(t, "0", w.module())
	})
}

// Silence settles in BeginBlock, where the index is −1, before the block's transactions.
func TestSettleInBeginBlock(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 300)
		w.open(1, trade(2), 200)
		w.endBlock()

		w.settle(-1, trade(1), seller)
		w.settle(-1, trade(2), seller)
		w.open(0, trade(3), 400)
		w.settle(0, trade(3), seller)
		w.endBlock()
		w.requireHas(seller, 900)
		require.Equal(t, "0", w.module())
	})
}

// What comes in without a transaction is drawn on as well.
func TestOpenAndSettleInBeginBlock(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(-1, trade(1), 300)
		w.settle(-1, trade(1), seller)
		w.open(0, trade(2), 100)
		w.endBlock()
		w.requireHas(seller, 300)
		require.Equal(t, "100", w.module())
	})
}

func TestFlushBooksOncePerMember(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	for i := range 4 {
		w.open(i, trade(uint32(i)), 100)
	}
	w.endBlock()

	var credited []string
	w.fault = func(to sdk.AccAddress) error {
		credited = append(credited, to.String())
		return nil
	}
	for i := range 4 {
		w.settle(i, trade(uint32(i)), seller, partner)
	}
	w.endBlock()
	require.Equal(t, []string{keys.Address("seller").String(), keys.Address("partner").String()}, credited)
	w.requireHas(seller, 200)
	w.requireHas(partner, 200)
}

// Two flushes of one block must not pay twice.
func TestFlushForgetsWhatItBooked(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	w.open(0, trade(1), 100)
	w.open(1, trade(2), 900)
	w.endBlock()
	w.settle(0, trade(1), seller)
	require.NoError(t, w.k.Flush(w.Ctx))
	w.endBlock()
	w.requireHas(seller, 100)
	require.Equal(t, "900", w.module())
}

func TestFailedPaymentIsSetAsideAndTriedAgain(t *testing.T) {
	for name, fault := range map[string]struct {
		fail func() error
		want string
	}{
		"refused":  {func() error { return sdkerrors.ErrUnauthorized.Wrap("a text that may differ") }, "sdk/4: unauthorized"},
		"panicked": {func() error { panic("at 0xc000012345") }, "settlement/19: panic while paying"},
		"unknown":  {func() error { return errors.New("no registered error") }, "undefined/1: internal error"},
	} {
		t.Run(name, func(t *testing.T) {
			bothBanks(t, func(t *testing.T, w *world) {
				w.deposit(buyer, math.NewInt(1000))
				w.open(0, trade(1), 600)
				w.endBlock() // height 2
				w.refuse(keys.Address("partner"), fault.fail)
				w.open(0, trade(2), 400)
				w.settle(1, trade(1), seller, partner)
				w.settle(2, trade(2), partner)
				w.endBlock() // height 3: the others are paid
				w.requireHas(seller, 300)
				w.requireHas(partner, 0)
				require.Equal(t, "700", w.module())
				require.Equal(t, []types.Unpaid{
					{Member: partner, Amount: math.NewInt(700), Error: fault.want, Since: 2, Attempts: 1, Due: 3},
				}, w.unpaid())

				w.endBlock() // fails again
				require.Equal(t, []types.Unpaid{
					{Member: partner, Amount: math.NewInt(700), Error: fault.want, Since: 2, Attempts: 2, Due: 5},
				}, w.unpaid())

				w.fault = nil
				w.endBlock() // not due yet
				w.requireHas(partner, 0)
				w.endBlock()
				w.requireHas(partner, 700)
				require.Empty(t, w.unpaid())
				require.Equal(t, "0", w.module())
			})
		})
	}
}

// The draw of a payment that fails half way goes back to the pool.
func TestFailedPaymentLeavesThePoolToOthers(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 100)
		w.open(1, trade(2), 100)
		second := 0
		w.refuse(keys.Address("seller"), func() error { // pays before the others do
			if second++; second == 2 {
				return sdkerrors.ErrUnauthorized
			}
			return nil
		})
		w.settle(2, trade(2), seller, partner)
		w.settle(3, trade(1), seller)
		w.endBlock() // seller is due 150 from two sources, the second fails
		require.Equal(t, 2, second)
		w.requireHas(seller, 0)
		w.requireHas(partner, 50)
		require.Equal(t, "150", w.module())
		w.endBlock()
		w.requireHas(seller, 150)
	})
}

// Claims of one member that fall due together become one.
func TestClaimsMerge(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	w.open(0, trade(1), 100)
	w.open(1, trade(2), 200)
	w.endBlock() // height 2
	w.refuse(keys.Address("seller"), func() error { return sdkerrors.ErrUnauthorized })
	w.settle(0, trade(1), seller)
	w.endBlock() // due at 3
	w.endBlock() // fails at 3, due at 5
	w.settle(0, trade(2), seller)
	w.endBlock() // height 4: due at 5 as well
	require.Equal(t, []types.Unpaid{
		{Member: seller, Amount: math.NewInt(300), Error: "sdk/4: unauthorized", Since: 2, Attempts: 2, Due: 5},
	}, w.unpaid())
	w.fault = nil
	w.endBlock()
	w.requireHas(seller, 300)
}

// A member whose account changed is paid to the new one.
func TestClaimIsPaidToTheOwnerOfTheDay(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.open(0, trade(1), 100)
	w.endBlock()
	w.refuse(keys.Address("seller"), func() error { return sdkerrors.ErrUnauthorized })
	w.settle(0, trade(1), seller)
	w.endBlock()
	w.members.Add(consortium.Member{Number: seller, Name: "seller", Owner: keys.Bech32("new account"), Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
	w.endBlock()
	require.Empty(t, w.unpaid())
	require.Equal(t, "100", w.bank.GetBalance(w.Ctx, keys.Address("new account"), types.Denom).Amount.String())
}

// The retries of one block are bounded, and claims that keep failing do not starve the others.
func TestRetriesAreBoundedAndFair(t *testing.T) {
	const claims = 3 * types.RetriesPerBlock
	w := newWorld(t)
	g := &types.GenesisState{Ledgers: []types.BankLedger{{Bank: bankA, Outstanding: math.NewInt(claims)}}}
	for i := range uint32(claims) {
		w.members.Add(consortium.Member{Number: 1000 + i, Name: "payee", Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
		g.Unpaid = append(g.Unpaid, types.Unpaid{Member: 1000 + i, Amount: math.OneInt(), Error: "sdk/4: unauthorized", Since: 1, Attempts: 1, Due: 2})
	}
	require.NoError(t, w.bank.MintCoins(w.Ctx, types.ModuleName, sdk.NewCoins(sdk.NewCoin(types.Denom, math.NewInt(claims)))))
	require.NoError(t, w.k.InitGenesis(w.Ctx, g))

	tried := 0
	w.fault = func(sdk.AccAddress) error { tried++; return sdkerrors.ErrUnauthorized }
	w.endBlock() // height 1: nothing is due
	require.Zero(t, tried)
	for i := range 3 {
		w.endBlock()
		require.Equal(t, (i+1)*types.RetriesPerBlock, tried)
	}
	for _, u := range w.unpaid() {
		require.EqualValues(t, 2, u.Attempts, "every claim was tried once")
	}
}

// The wait grows to 1024 blocks and no further.
func TestWaitIsBounded(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.open(0, trade(1), 100)
	w.endBlock()
	w.refuse(keys.Address("seller"), func() error { return sdkerrors.ErrUnauthorized })
	w.settle(0, trade(1), seller)
	var waits []int64
	for range 13 {
		height := w.Ctx.BlockHeight()
		w.endBlock()
		due := w.unpaid()[0].Due
		waits = append(waits, due-height)
		w.Ctx = w.Ctx.WithBlockHeight(due)
	}
	require.Equal(t, []int64{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024}, waits)
}

// Two trades of four merchants write no common key, so they can run in parallel (DESIGN §8.3).
func TestTradesOfFourMerchantsWriteNoCommonKey(t *testing.T) {
	w := newWorld(t)
	w.members.Add(consortium.Member{Number: 7, Name: "buyer 2", Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
	w.members.Add(consortium.Member{Number: 8, Name: "seller 2", Roles: []consortium.Role{consortium.ROLE_MERCHANT}})
	w.deposit(buyer, math.NewInt(100))
	w.deposit(7, math.NewInt(100))
	written := func(f func()) (keys []string) {
		before := w.dump()
		f()
		after := w.dump()
		for key := range before {
			if before[key] != after[key] {
				keys = append(keys, key)
			}
		}
		for key := range after {
			if _, was := before[key]; !was {
				keys = append(keys, key)
			}
		}
		return keys
	}
	run := func(i int, id string, from, to uint32) {
		require.NoError(t, w.tx(i, func(ctx context.Context) error { return w.k.Open(ctx, id, from, math.NewInt(50)) }))
		require.NoError(t, w.tx(i+1, func(ctx context.Context) error {
			s := equalShares(id, to)
			s.Seller, s.Buyer = to, from
			_, err := w.k.Settle(ctx, s)
			return err
		}))
	}
	first := written(func() { run(0, trade(1), buyer, seller) })
	second := written(func() { run(2, "261123-000008-000001", 7, 8) })
	require.Len(t, first, 5) // buyer's balance, record, bank's and our incoming, payout
	require.Len(t, second, 5)
	for _, key := range first {
		require.False(t, slices.Contains(second, key), key)
	}
}

// refuse makes credits to an account fail.
func (w *world) refuse(addr sdk.AccAddress, fail func() error) {
	w.fault = func(to sdk.AccAddress) error {
		if to.Equals(addr) {
			return fail()
		}
		return nil
	}
}

func (w *world) unpaid() []types.Unpaid {
	w.Helper()
	answer, err := w.query.Unpaid(w.Ctx, &types.QueryUnpaidRequest{})
	require.NoError(w, err)
	return answer.Unpaid
}
