package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/fixture"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/ids"
	"github.com/shugu-network/shugu/x/internal/valid"
	producttypes "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/settlement/keeper"
	"github.com/shugu-network/shugu/x/settlement/types"
)

var (
	errHeld   = errors.New("held by a court")
	overLimit = valid.MaxAmount().AddRaw(1)
	huge      = math.NewIntFromBigInt(new(big.Int).Lsh(big.NewInt(1), 255))
)

func TestOpenDebitsAtOnce(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 700)
		w.requireHas(buyer, 300)
		require.Equal(t, "0", w.module(), "the shared account must not be written by a transaction")
		require.NoError(t, w.k.Check(w.Ctx))

		w.endBlock()
		require.Equal(t, "700", w.module())
		escrow, err := w.k.Escrow(w.Ctx, trade(1))
		require.NoError(t, err)
		require.Equal(t, types.Escrow{Id: trade(1), Payer: buyer, Amount: math.NewInt(700)}, escrow)
	})
}

func TestOpenFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world)
		id    string
		payer uint32
		sum   math.Int
		want  error
	}{
		"if the id is malformed":           {id: "261123-3-1", want: valid.ErrInvalid},
		"if the amount is missing":         {sum: math.Int{}, want: valid.ErrInvalid, id: "missing"},
		"if the amount is 0":               {sum: math.ZeroInt(), want: valid.ErrInvalid},
		"if the amount is negative":        {sum: math.NewInt(-1), want: valid.ErrInvalid},
		"if the amount is over 2^96":       {sum: overLimit, want: valid.ErrInvalid},
		"if the amount is huge":            {sum: huge, want: valid.ErrInvalid},
		"if the payer's number is too big": {payer: 1_000_000, want: valid.ErrInvalid},
		"if the payer is not a member":     {payer: stranger, want: consortium.ErrMemberNotFound},
		"if the payer has too little":      {sum: math.NewInt(1001), want: types.ErrInsufficientFunds},
		"if the payer has nothing":         {payer: partner, want: types.ErrInsufficientFunds},
		"if the payer's money is held":     {spoil: func(w *world) { w.holds.pay = errHeld }, want: errHeld},
		"if the trade has an escrow":       {id: trade(9), want: types.ErrEscrowExists},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(buyer, math.NewInt(2000))
			w.open(0, trade(9), 1000)
			w.endBlock()
			if c.spoil != nil {
				c.spoil(w)
			}
			if c.id == "" {
				c.id = trade(1)
			}
			if c.payer == 0 {
				c.payer = buyer
			}
			if c.sum.IsNil() && c.id != "missing" {
				c.sum = math.NewInt(100)
			}
			before := w.dump()
			require.ErrorIs(t, w.k.Open(w.Ctx.WithTxIndex(0), c.id, c.payer, c.sum), c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

// A block's debits count at once: nobody spends the same fen twice.
func TestOpenTwiceInABlockCannotSpendTheSameMoney(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 600)
		require.ErrorIs(t, w.k.Open(w.Ctx.WithTxIndex(1), trade(2), buyer, math.NewInt(600)), types.ErrInsufficientFunds)
		w.endBlock()
	})
}

func TestRefundGivesBack(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 1000)
		w.endBlock()
		require.NoError(t, w.k.Refund(w.Ctx, trade(1)))
		w.requireHas(buyer, 0)
		w.endBlock()
		w.requireHas(buyer, 1000)
		require.Equal(t, "0", w.module())

		_, err := w.k.Record(w.Ctx, trade(1))
		require.ErrorIs(t, err, types.ErrRecordNotFound)
		w.open(0, trade(1), 10) // the id is free again
		w.endBlock()
	})
}

func TestRefundFails(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	w.open(0, trade(1), 1000)
	w.endBlock()
	before := w.dump()

	t.Run("if there is no escrow", func(t *testing.T) {
		require.ErrorIs(t, w.k.Refund(w.Ctx, trade(2)), types.ErrEscrowNotFound)
		require.Equal(t, before, w.dump())
	})
	t.Run("if the escrow is held", func(t *testing.T) {
		w.holds.move = errHeld
		require.ErrorIs(t, w.k.Refund(w.Ctx, trade(1)), errHeld)
		require.Equal(t, before, w.dump())
		require.Equal(t, "move escrow "+trade(1), w.holds.asked[len(w.holds.asked)-1])
		w.holds.move = nil
	})
	t.Run("if it was refunded already", func(t *testing.T) {
		require.NoError(t, w.k.Refund(w.Ctx, trade(1)))
		require.ErrorIs(t, w.k.Refund(w.Ctx, trade(1)), types.ErrEscrowNotFound)
		w.endBlock()
		w.requireHas(buyer, 1000)
	})
}

func TestSettleWritesTheRecord(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 1000)
		w.endBlock()

		s := equalShares(trade(1), partner, seller, exchange)
		record, err := w.k.Settle(w.Ctx.WithTxIndex(0), s)
		require.NoError(t, err)
		require.Equal(t, types.Record{
			Id: trade(1), ChainId: fixture.ChainID, Seller: seller, Buyer: buyer, Amount: math.NewInt(1000),
			Payouts: []types.Payout{
				{Member: partner, Amount: math.NewInt(334)}, {Member: seller, Amount: math.NewInt(333)}, {Member: exchange, Amount: math.NewInt(333)},
			},
			Voucher: voucher, SettledAt: fixture.Start.Unix() + 1, Height: 2,
		}, record)
		w.endBlock()
		w.requireHas(partner, 334)
		w.requireHas(seller, 333)
		w.requireHas(exchange, 333)

		stored, err := w.k.Record(w.Ctx, trade(1))
		require.NoError(t, err)
		require.Equal(t, record, stored)
		b, err := w.k.RecordBytes(w.Ctx, trade(1))
		require.NoError(t, err)
		decoded, err := types.DecodeRecord(b)
		require.NoError(t, err)
		require.Equal(t, record, decoded)
		_, err = w.k.Escrow(w.Ctx, trade(1))
		require.ErrorIs(t, err, types.ErrEscrowNotFound)
	})
}

// What a trade leaves in the store is its record, and that is small.
func TestSettledTradeLeavesOneSmallRecord(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100_000_000))
	before := w.dump()
	w.open(0, trade(1), 100_000_000)
	w.endBlock()
	w.settle(0, trade(1), seller, partner, exchange)
	w.endBlock()

	var left []string
	for key, value := range w.dump() {
		if _, was := before[key]; !was && key[:4] == types.StoreKey[:4] {
			left = append(left, key)
			require.Less(t, len(value)/2, 180)
		}
	}
	require.Equal(t, []string{fmt.Sprintf("settlement %x", types.RecordKey(trade(1)))}, left)
}

// A payout of 0 stays in the record and moves nothing.
func TestSettleOneFen(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1))
		w.open(0, trade(1), 1)
		w.endBlock()
		w.settle(0, trade(1), seller, partner)
		w.endBlock()
		record, err := w.k.Record(w.Ctx, trade(1))
		require.NoError(t, err)
		require.Equal(t, "1", record.Payouts[0].Amount.String())
		require.Equal(t, "0", record.Payouts[1].Amount.String())
		w.requireHas(seller, 1)
		w.requireHas(partner, 0)
	})
}

func TestSettleTheLargestAmount(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, valid.MaxAmount())
		require.NoError(t, w.k.Open(w.Ctx.WithTxIndex(0), trade(1), buyer, valid.MaxAmount()))
		w.settle(1, trade(1), seller, partner, exchange)
		w.endBlock()
		require.Equal(t, valid.MaxAmount(), w.has(seller).Add(w.has(partner)).Add(w.has(exchange)))
	})
}

func TestSettleFails(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, s *types.Settlement)
		want  error
	}{
		"if the id is malformed":      {func(_ *world, s *types.Settlement) { s.ID = "1" }, valid.ErrInvalid},
		"if there is no escrow":       {func(_ *world, s *types.Settlement) { s.ID = trade(2) }, types.ErrEscrowNotFound},
		"if the seller is another":    {func(_ *world, s *types.Settlement) { s.Seller = partner }, valid.ErrInvalid},
		"if the seller is 0":          {func(_ *world, s *types.Settlement) { s.ID, s.Seller = ids.Contract("261123", 0, 1), 0 }, valid.ErrInvalid},
		"if the buyer did not pay":    {func(_ *world, s *types.Settlement) { s.Buyer = partner }, types.ErrBuyer},
		"if the buyer is 0":           {func(_ *world, s *types.Settlement) { s.Buyer = 0 }, valid.ErrInvalid},
		"if the voucher is short":     {func(_ *world, s *types.Settlement) { s.Voucher = s.Voucher[1:] }, valid.ErrInvalid},
		"if the voucher is no number": {func(_ *world, s *types.Settlement) { s.Voucher = "x" + s.Voucher[1:] }, valid.ErrInvalid},
		"if the split is empty":       {func(_ *world, s *types.Settlement) { s.Split.Shares = nil }, valid.ErrInvalid},
		"if the split sums to 9999":   {func(_ *world, s *types.Settlement) { s.Split.Shares[0].BasisPoints-- }, valid.ErrInvalid},
		"if the split has 33 parties": {func(_ *world, s *types.Settlement) {
			s.Split.Shares = s.Split.Shares[:0]
			for i := range uint32(33) {
				s.Split.Shares = append(s.Split.Shares, producttypes.Share{Member: i + 1, BasisPoints: 300})
			}
			s.Split.Shares[32].BasisPoints = 400
		}, valid.ErrInvalid},
		"if a payee is not a member": {func(_ *world, s *types.Settlement) { s.Split.Shares[1].Member = stranger }, consortium.ErrMemberNotFound},
		"if the escrow is held":      {func(w *world, _ *types.Settlement) { w.holds.move = errHeld }, errHeld},
		"if the trade is settled": {func(w *world, s *types.Settlement) {
			w.settle(0, s.ID, seller)
			w.open(1, s.ID, 100)
			w.endBlock()
		}, types.ErrRecordExists},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(buyer, math.NewInt(2000))
			w.open(0, trade(1), 1000)
			w.endBlock()
			s := equalShares(trade(1), seller, partner)
			c.spoil(w, &s)
			before := w.dump()
			_, err := w.k.Settle(w.Ctx.WithTxIndex(0), s)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
		})
	}
}

// A transaction that fails after its settlement leaves no accrual behind.
func TestFailedTransactionPaysNothing(t *testing.T) {
	bothBanks(t, func(t *testing.T, w *world) {
		w.deposit(buyer, math.NewInt(1000))
		w.open(0, trade(1), 500)
		w.endBlock()
		require.ErrorIs(t, w.tx(0, func(ctx context.Context) error {
			if err := w.k.Open(ctx, trade(2), buyer, math.NewInt(500)); err != nil {
				return err
			}
			if _, err := w.k.Settle(ctx, equalShares(trade(1), seller)); err != nil {
				return err
			}
			return errHeld
		}), errHeld)
		w.endBlock()
		w.requireHas(seller, 0)
		w.requireHas(buyer, 500)
		require.Equal(t, "500", w.module())
	})
}

func TestHoldsAreSetOnce(t *testing.T) {
	w := newWorld(t)
	require.Panics(t, func() { w.k.SetHolds(&holds{}) })

	free := keeper.New(w.deps()) // nothing is held by default
	w.deposit(buyer, math.NewInt(10))
	require.NoError(t, free.Open(w.Ctx, trade(1), buyer, math.NewInt(10)))
	require.NoError(t, free.Refund(w.Ctx, trade(1)))
}
