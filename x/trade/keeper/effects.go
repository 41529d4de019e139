package keeper

import (
	"context"

	settlement "github.com/shugu-network/shugu/x/settlement/types"
	"github.com/shugu-network/shugu/x/trade/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// escrow puts the price into escrow.
func (k *Keeper) escrow(ctx context.Context, c *types.Contract, _ step) error {
	return k.settlement.Open(ctx, c.Id, c.Deal.Buyer, c.Deal.Total)
}

// refund gives the price back to the buyer.
func (k *Keeper) refund(ctx context.Context, c *types.Contract, _ step) error {
	return k.settlement.Refund(ctx, c.Id)
}

// settle issues the voucher, pays out by the split and records the settlement.
// The voucher comes first because the record names it. When the second part
// fails the first is undone with the transaction, or with the deadline's cached
// context.
func (k *Keeper) settle(ctx context.Context, c *types.Contract, s step) error {
	d := c.Deal
	v, err := k.vouchers.Issue(ctx, voucher.Issue{
		Settlement: c.Id,
		Seller:     d.Seller, Buyer: d.Buyer, Exchange: c.Exchange,
		Product: d.Product, ProductVersion: d.ProductVersion, Industry: c.Industry,
		Lines: d.Lines, Total: d.Total,
		DeliveryMode:   uint32(d.DeliveryMode),
		DeliveryDigest: c.ContentDigest, TermsRoot: d.TermsRoot,
		ProductDigest: c.ProductDigest, OrderReference: d.OrderReference,
	})
	if err != nil {
		return err
	}
	if _, err := k.settlement.Settle(ctx, settlement.Settlement{
		ID: c.Id, Seller: d.Seller, Buyer: d.Buyer, Split: d.Split, Voucher: v.Number,
	}); err != nil {
		return err
	}
	c.Voucher, c.BySilence = v.Number, s == stepDeadline
	return nil
}
