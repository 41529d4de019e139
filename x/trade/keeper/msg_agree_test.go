package keeper_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

func TestAgree(t *testing.T) {
	w := newWorld(t)
	id := w.quote(w.deal())
	r, err := w.msgs.Agree(w.Ctx, &types.MsgAgree{Signer: keys.Bech32("buyer"), Contract: id, Deal: w.deal()})
	require.NoError(t, err)
	require.Equal(t, w.now()+within, r.FundBy)
	require.Equal(t, types.STATUS_AGREED, w.contract(id).Status)
}

// A deal changed between Quote and Agree is refused, whichever field it is, and the field is named.
func TestAgreeDealChanged(t *testing.T) {
	for field, change := range map[string]func(d *types.Deal){
		"seller":                      func(d *types.Deal) { d.Seller = sellerTwoNo },
		"buyer":                       func(d *types.Deal) { d.Buyer = buyerTwoNo },
		"product":                     func(d *types.Deal) { d.Product = "000002-000002" },
		"product_version":             func(d *types.Deal) { d.ProductVersion = 4 },
		"lines: expected 2 lines":     func(d *types.Deal) { d.Lines = d.Lines[:1] },
		"lines[1].what":               func(d *types.Deal) { d.Lines[1].What = "Support" },
		"lines[0].units":              func(d *types.Deal) { d.Lines[0].Units = 2 },
		"lines[0].amount":             func(d *types.Deal) { d.Lines[0].Amount = math.NewInt(1) },
		"total":                       func(d *types.Deal) { d.Total = math.NewInt(price - 1) },
		"delivery_mode":               func(d *types.Deal) { d.DeliveryMode = 2 },
		"split":                       func(d *types.Deal) { d.Split = otherSplit(8_999) },
		"fund_within":                 func(d *types.Deal) { d.FundWithin++ },
		"deliver_within":              func(d *types.Deal) { d.DeliverWithin++ },
		"accept_within":               func(d *types.Deal) { d.AcceptWithin++ },
		"terms_root":                  func(d *types.Deal) { d.TermsRoot = digest("other terms") },
		"order_reference":             func(d *types.Deal) { d.OrderReference = "" },
		"seller: expected 000002":     func(d *types.Deal) { *d = types.Deal{} },
		"lines: expected 2 lines, go": func(d *types.Deal) { d.Lines = append(d.Lines, voucher.Line{}) },
	} {
		t.Run(field, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgAgree{Signer: keys.Bech32("buyer"), Contract: w.quote(w.deal()), Deal: w.deal()}
			change(&m.Deal)
			w.refused(types.ErrDealChanged, func() error {
				_, err := w.msgs.Agree(w.Ctx, m)
				require.ErrorContains(t, err, ": "+field)
				return err
			})
		})
	}
}

func TestAgreeFails(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(w *world, m *types.MsgAgree)
		want  error
	}{
		"contract's id is malformed": {func(_ *world, m *types.MsgAgree) { m.Contract = "261123" }, valid.ErrInvalid},
		"signer is no member":        {func(_ *world, m *types.MsgAgree) { m.Signer = keys.Bech32("nobody") }, consortium.ErrNotMember},
		"buyer is suspended":         {func(w *world, _ *types.MsgAgree) { w.members.Suspend(buyerNo) }, consortium.ErrSuspended},
		"seller is suspended":        {func(w *world, _ *types.MsgAgree) { w.members.Suspend(sellerNo) }, types.ErrPartySuspended},
		"version is delisted":        {func(w *world, _ *types.MsgAgree) { w.shelf["000002-000001"].product.ListedVersion = 0 }, errNotListed},
		"another version is listed":  {func(w *world, _ *types.MsgAgree) { w.shelf["000002-000001"].product.ListedVersion = 4 }, errNotListed},
		"offer ended in this second": {func(w *world, _ *types.MsgAgree) { w.Advance(within * time.Second) }, types.ErrDeadlinePassed},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			m := &types.MsgAgree{Signer: keys.Bech32("buyer"), Contract: w.quote(w.deal()), Deal: w.deal()}
			tc.spoil(w, m)
			w.refused(tc.want, func() error { _, err := w.msgs.Agree(w.Ctx, m); return err })
		})
	}
}
