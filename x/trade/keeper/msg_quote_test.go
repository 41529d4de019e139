package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	product "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const day = 24 * 60 * 60

func TestQuote(t *testing.T) {
	w := newWorld(t)
	id := w.quote(w.deal())
	require.Equal(t, "261123-000002-000001", id)
	require.Equal(t, types.Contract{
		Id: id, Deal: w.deal(), Status: types.STATUS_QUOTED, Deadline: w.now() + within, Height: 1,
		Exchange: exchangeNo, Industry: "transport", ProductDigest: digest("manifest"),
	}, w.contract(id))
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestQuoteNumbersRunBySellerAndDay(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, "261123-000002-000001", w.quote(w.deal()))
	require.Equal(t, "261123-000002-000002", w.quote(w.deal()))
	require.Equal(t, "261123-000005-000001", w.quote(w.dealTwo()))
	w.Advance(14*time.Hour - time.Second) // 23:59:59 in UTC+8
	require.Equal(t, "261123-000002-000003", w.quote(w.deal()))
	w.Advance(time.Second)
	require.Equal(t, "261124-000002-000001", w.quote(w.deal()))
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestQuoteWithdrawnOrLapsedNumberIsNotUsedAgain(t *testing.T) {
	w := newWorld(t)
	id := w.quote(w.deal())
	require.NoError(t, w.send(w.Ctx, "cancel", id, sellerNo))
	w.quote(w.deal())
	w.in(within)
	require.Equal(t, "261123-000002-000003", w.quote(w.deal()))
}

func TestQuoteFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgQuote)
		want  error
	}{
		"signer is no account":       {func(_ *world, m *types.MsgQuote) { m.Signer = "cosmos1xyz" }, valid.ErrInvalid},
		"signer is no member":        {func(_ *world, m *types.MsgQuote) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"signer is the buyer":        {func(_ *world, m *types.MsgQuote) { m.Signer = keys.Bech32("buyer") }, types.ErrWrongParty},
		"signer is another seller":   {func(_ *world, m *types.MsgQuote) { m.Signer = keys.Bech32("seller two") }, types.ErrWrongParty},
		"signer has another role":    {func(_ *world, m *types.MsgQuote) { m.Signer = keys.Bech32("stranger") }, types.ErrWrongParty},
		"seller is suspended":        {func(w *world, _ *types.MsgQuote) { w.members.Suspend(sellerNo) }, consortium.ErrSuspended},
		"buyer is suspended":         {func(w *world, _ *types.MsgQuote) { w.members.Suspend(buyerNo) }, types.ErrPartySuspended},
		"buyer is unknown":           {func(_ *world, m *types.MsgQuote) { m.Deal.Buyer = 77 }, consortium.ErrMemberNotFound},
		"buyer is the seller":        {func(_ *world, m *types.MsgQuote) { m.Deal.Buyer = sellerNo }, valid.ErrInvalid},
		"product is unknown":         {func(_ *world, m *types.MsgQuote) { m.Deal.Product = "000002-000002" }, errNotListed},
		"version is not listed":      {func(_ *world, m *types.MsgQuote) { m.Deal.ProductVersion = 2 }, errNotListed},
		"product is another's":       {func(_ *world, m *types.MsgQuote) { m.Deal.Product = "000005-000001" }, types.ErrNotOwner},
		"split differs":              {func(_ *world, m *types.MsgQuote) { m.Deal.Split = otherSplit(9_500) }, types.ErrTermsDiffer},
		"remainder owner differs":    {func(_ *world, m *types.MsgQuote) { m.Deal.Split.RemainderOwner = exchangeNo }, types.ErrTermsDiffer},
		"split has a share less":     {func(_ *world, m *types.MsgQuote) { m.Deal.Split = wholeSplit() }, types.ErrTermsDiffer},
		"split does not sum":         {func(_ *world, m *types.MsgQuote) { m.Deal.Split.RemainderOwner = 9 }, valid.ErrInvalid},
		"total is not the price":     {func(_ *world, m *types.MsgQuote) { reprice(&m.Deal, price+1) }, types.ErrTermsDiffer},
		"total is not the sum":       {func(_ *world, m *types.MsgQuote) { m.Deal.Total = math.NewInt(price + 1) }, valid.ErrInvalid},
		"delivery mode differs":      {func(w *world, _ *types.MsgQuote) { w.shelf["000002-000001"].version.Terms.DeliveryMode = 7 }, types.ErrTermsDiffer},
		"time to fund too short":     {func(_ *world, m *types.MsgQuote) { m.Deal.FundWithin = 9 }, types.ErrOutOfLimits},
		"time to deliver too long":   {func(_ *world, m *types.MsgQuote) { m.Deal.DeliverWithin = 90*day + 1 }, types.ErrOutOfLimits},
		"time to accept too short":   {func(_ *world, m *types.MsgQuote) { m.Deal.AcceptWithin = 9 }, types.ErrOutOfLimits},
		"offer ends at once":         {func(w *world, m *types.MsgQuote) { m.ValidUntil = w.now() }, types.ErrOutOfLimits},
		"offer stands too long":      {func(w *world, m *types.MsgQuote) { m.ValidUntil = w.now() + 90*day + 1 }, types.ErrOutOfLimits},
		"offer's end is missing":     {func(_ *world, m *types.MsgQuote) { m.ValidUntil = 0 }, valid.ErrInvalid},
		"terms root is too short":    {func(_ *world, m *types.MsgQuote) { m.Deal.TermsRoot = sealed[:31] }, valid.ErrInvalid},
		"next number is held":        {func(w *world, _ *types.MsgQuote) { w.holds["261123-000002-000001"] = true }, errHeld},
		"order reference has a bell": {func(_ *world, m *types.MsgQuote) { m.Deal.OrderReference = "a\ab" }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgQuote{Signer: keys.Bech32("seller"), Deal: w.deal(), ValidUntil: w.now() + within}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Quote(w.Ctx, m); return err })
		})
	}
}

func otherSplit(first uint32) product.Split {
	return product.Split{
		Shares:         []product.Share{{Member: sellerNo, BasisPoints: first}, {Member: exchangeNo, BasisPoints: 10_000 - first}},
		RemainderOwner: sellerNo,
	}
}

func wholeSplit() product.Split {
	return product.Split{Shares: []product.Share{{Member: sellerNo, BasisPoints: 10_000}}, RemainderOwner: sellerNo}
}

// reprice gives a deal one line of some fen.
func reprice(d *types.Deal, fen int64) {
	d.Lines = []voucher.Line{{What: "data", Units: 1, Amount: math.NewInt(fen)}}
	d.Total = math.NewInt(fen)
}

func TestQuoteAtTheLimits(t *testing.T) {
	w := newWorld(t)
	d := w.deal()
	d.FundWithin, d.DeliverWithin, d.AcceptWithin = 10, 90*day, 10
	_, err := w.msgs.Quote(w.Ctx, &types.MsgQuote{Signer: keys.Bech32("seller"), Deal: d, ValidUntil: w.now() + 1})
	require.NoError(t, err)
	_, err = w.msgs.Quote(w.Ctx, &types.MsgQuote{Signer: keys.Bech32("seller"), Deal: d, ValidUntil: w.now() + 90*day})
	require.NoError(t, err)
}

func TestQuoteNegotiatedPriceIsFree(t *testing.T) {
	w := newWorld(t)
	terms := &w.shelf["000002-000001"].version.Terms
	terms.Pricing, terms.Price = product.PRICING_METHOD_NEGOTIATED, math.ZeroInt()
	d := w.deal()
	reprice(&d, 1)
	w.quote(d)
}

func TestQuoteSequenceIsExhausted(t *testing.T) {
	w := emptyWorld(t)
	g := types.DefaultGenesis()
	g.Counters = []types.Counter{{Seller: sellerNo, Day: "261123", Next: 999_999}}
	require.NoError(t, w.keeper.InitGenesis(w.Ctx, g))
	require.Equal(t, "261123-000002-999999", w.quote(w.deal()))
	m := &types.MsgQuote{Signer: keys.Bech32("seller"), Deal: w.deal(), ValidUntil: w.now() + within}
	w.refused(types.ErrSequenceExhausted, func() error { _, err := w.msgs.Quote(w.Ctx, m); return err })
	require.NoError(t, w.keeper.Check(w.Ctx))
	w.Advance(24 * time.Hour)
	require.Equal(t, "261124-000002-000001", w.quote(w.deal()))
}

func TestQuoteOverwritesNothingWhenTimeGoesBack(t *testing.T) {
	w := newWorld(t)
	w.quote(w.deal())
	w.Advance(24 * time.Hour)
	w.quote(w.deal())
	w.Advance(-24 * time.Hour)
	m := &types.MsgQuote{Signer: keys.Bech32("seller"), Deal: w.deal(), ValidUntil: w.now() + within}
	w.refused(types.ErrIDTaken, func() error { _, err := w.msgs.Quote(w.Ctx, m); return err })
}
