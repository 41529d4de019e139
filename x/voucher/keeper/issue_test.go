package keeper_test

import (
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/fixture"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestIssue(t *testing.T) {
	w := newWorld(t)
	o := w.wire()
	r := trade()
	v, err := w.k.Issue(w.Ctx, r)
	require.NoError(t, err)
	want := types.Voucher{
		Kind: types.KIND_BLUE, Number: types.Number("3301", "261123", seller, 1), ChainId: fixture.ChainID,
		Seller:   types.Party{Member: seller, Name: "Seller", CreditCode: "91330100MA0000001A"},
		Buyer:    types.Party{Member: buyer, Name: "Buyer", CreditCode: "91330100MA0000002B"},
		Exchange: types.Party{Member: hangzhou, Name: "杭州数据交易所", CreditCode: "91330100MA0000000X"},
		Product:  r.Product, ProductVersion: r.ProductVersion, Industry: r.Industry,
		Lines: r.Lines, Total: r.Total, DeliveryMode: r.DeliveryMode, DeliveryDigest: r.DeliveryDigest,
		Settlement: r.Settlement, TermsRoot: r.TermsRoot, IssuedAt: fixture.Start.Unix(),
	}
	want.Nullifier, err = types.Nullifier(types.ToldTrade{
		Seller: want.Seller.CreditCode, Buyer: want.Buyer.CreditCode, ProductDigest: r.ProductDigest, Total: r.Total, OrderReference: r.OrderReference,
	})
	require.NoError(t, err)
	require.Equal(t, want, v)
	require.Equal(t, []types.Voucher{want}, o.issued)
	require.Empty(t, o.asked, "a voucher that is not there yet cannot be held")

	stored, err := w.k.Voucher(w.Ctx, v.Number)
	require.NoError(t, err)
	require.Equal(t, want, stored)
	require.Equal(t, &types.EventIssued{
		Number: v.Number, Seller: seller, Buyer: buyer, Settlement: r.Settlement, Total: r.Total,
	}, w.event())
	value, detail, err := w.k.StatusBytes(w.Ctx, v.Number)
	require.NoError(t, err)
	require.Nil(t, value)
	require.Nil(t, detail)
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestIssueWritesTwoKeysOnly(t *testing.T) {
	w := newWorld(t)
	before := w.dump()
	v := w.issue()
	after := w.dump()
	require.Len(t, after, len(before)+2)
	require.Contains(t, after, "voucher/10"+hexOf(v.Number))
	require.Equal(t, hexOf("261123")+"00000002", after["voucher/3000000002"])
}

func hexOf(s string) string { return hex.EncodeToString([]byte(s)) }

func TestSequenceIsBySellerAndDay(t *testing.T) {
	w := newWorld(t)
	number := func(spoil func(r *types.Issue)) string {
		r := trade()
		spoil(&r)
		v, err := w.k.Issue(w.Ctx, r)
		require.NoError(t, err)
		return v.Number
	}
	same := func(*types.Issue) {}
	require.Equal(t, types.Number("3301", "261123", seller, 1), number(same))
	require.Equal(t, types.Number("3301", "261123", seller, 2), number(same))
	require.Equal(t, types.Number("3301", "261123", other, 1), number(func(r *types.Issue) { r.Seller = other }))
	require.Equal(t, types.Number("3302", "261123", seller, 3), number(func(r *types.Issue) { r.Exchange = ningbo }))

	w.Advance(14*time.Hour - time.Second) // 23:59:59 in UTC+8
	require.Equal(t, types.Number("3301", "261123", seller, 4), number(same))
	w.Advance(time.Second) // midnight in UTC+8
	require.Equal(t, types.Number("3301", "261124", seller, 1), number(same))
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestIssueFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(w *world, r *types.Issue)
		want  error
	}{
		"the seller is no member":        {func(_ *world, r *types.Issue) { r.Seller = 77 }, consortium.ErrMemberNotFound},
		"the buyer is no member":         {func(_ *world, r *types.Issue) { r.Buyer = 77 }, consortium.ErrMemberNotFound},
		"the exchange is no member":      {func(_ *world, r *types.Issue) { r.Exchange = 0 }, consortium.ErrMemberNotFound},
		"the lines do not add up":        {func(_ *world, r *types.Issue) { r.Total = r.Total.AddRaw(1) }, types.ErrTotal},
		"there are no lines":             {func(_ *world, r *types.Issue) { r.Lines = nil }, valid.ErrInvalid},
		"there are 33 lines":             {func(_ *world, r *types.Issue) { r.Lines = make([]types.Line, 33) }, valid.ErrInvalid},
		"a line is of 0 fen":             {func(_ *world, r *types.Issue) { r.Lines[0].Amount = math.ZeroInt() }, valid.ErrInvalid},
		"a line is negative":             {func(_ *world, r *types.Issue) { r.Lines[0].Amount = math.NewInt(-1) }, valid.ErrInvalid},
		"a line is over 2^96":            {func(_ *world, r *types.Issue) { r.Lines[0].Amount = valid.MaxAmount().AddRaw(1) }, valid.ErrInvalid},
		"a line has a control character": {func(_ *world, r *types.Issue) { r.Lines[0].What = "a\x00b" }, valid.ErrInvalid},
		"a line is too long":             {func(_ *world, r *types.Issue) { r.Lines[0].What = strings.Repeat("w", 129) }, valid.ErrInvalid},
		"a line is not UTF-8":            {func(_ *world, r *types.Issue) { r.Lines[0].What = "a\xff" }, valid.ErrInvalid},
		"there is no total":              {func(_ *world, r *types.Issue) { r.Total = math.Int{} }, valid.ErrInvalid},
		"the delivery digest is short":   {func(_ *world, r *types.Issue) { r.DeliveryDigest = r.DeliveryDigest[1:] }, valid.ErrInvalid},
		"the terms root is long":         {func(_ *world, r *types.Issue) { r.TermsRoot = append(r.TermsRoot, 0) }, valid.ErrInvalid},
		"the product digest is missing":  {func(_ *world, r *types.Issue) { r.ProductDigest = nil }, valid.ErrInvalid},
		"the order reference is missing": {func(_ *world, r *types.Issue) { r.OrderReference = "" }, valid.ErrInvalid},
		"the delivery mode is missing":   {func(_ *world, r *types.Issue) { r.DeliveryMode = 0 }, valid.ErrInvalid},
		"the settlement id is no id":     {func(_ *world, r *types.Issue) { r.Settlement = "42" }, valid.ErrInvalid},
		"the industry is unknown":        {func(_ *world, r *types.Issue) { r.Industry = "" }, valid.ErrInvalid},
		"the product id is no id":        {func(_ *world, r *types.Issue) { r.Product = "" }, valid.ErrInvalid},
		"the exchange has no region code": {func(w *world, r *types.Issue) {
			w.members.Add(consortium.Member{Number: 9, Name: "x", Region: "33"})
			r.Exchange = 9
		}, types.ErrNumber},
		"the sequence is exhausted": {func(w *world, _ *types.Issue) {
			w.set(types.StoreKey, types.CounterKey(seller), types.EncodeCounter(types.Counter{Day: "261123", Next: 1_000_000}))
		}, types.ErrSequenceExhausted},
		"the number is taken": {func(w *world, _ *types.Issue) {
			w.set(types.StoreKey, types.VoucherKey(types.Number("3301", "261123", seller, 1)), []byte{1})
		}, types.ErrNumberTaken},
		"the counter is broken": {func(w *world, _ *types.Issue) {
			w.set(types.StoreKey, types.CounterKey(seller), []byte("261123"))
		}, types.ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			o := w.wire()
			r := trade()
			c.spoil(w, &r)
			before := w.dump()
			_, err := w.k.Issue(w.Ctx, r)
			require.ErrorIs(t, err, c.want)
			require.Equal(t, before, w.dump())
			require.Empty(t, o.issued)
			require.Empty(t, w.Ctx.EventManager().Events())
		})
	}
}

func TestLastSequenceOfTheDay(t *testing.T) {
	w := newWorld(t)
	w.set(types.StoreKey, types.CounterKey(seller), types.EncodeCounter(types.Counter{Day: "261123", Next: 999_999}))
	require.Equal(t, types.Number("3301", "261123", seller, 999_999), w.issue().Number)
	_, err := w.k.Issue(w.Ctx, trade())
	require.ErrorIs(t, err, types.ErrSequenceExhausted)
	w.Advance(24 * time.Hour)
	require.Equal(t, types.Number("3301", "261124", seller, 1), w.issue().Number)
}

func TestIssueTellsTheObserverLast(t *testing.T) {
	w := newWorld(t)
	o := w.wire()
	refusal := errors.New("the outbox is full")
	o.onIssued = func(ctx context.Context) error {
		stored, err := w.k.Voucher(ctx, o.issued[0].Number)
		require.NoError(t, err)
		require.Equal(t, o.issued[0], stored)
		require.NoError(t, w.k.Check(ctx))
		return refusal
	}
	_, err := w.k.Issue(w.Ctx, trade())
	require.ErrorIs(t, err, refusal)
	require.Len(t, o.issued, 1)
}
