package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	product "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/trade/types"
)

// Quote offers a listed product to one buyer.
func (s msgServer) Quote(ctx context.Context, m *types.MsgQuote) (*types.MsgQuoteResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.active(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c := types.Contract{Deal: m.Deal, Deadline: m.ValidUntil}
	var counter types.Counter
	if c.Id, counter, err = s.nextID(ctx, m.Deal.Seller); err != nil {
		return nil, err
	}
	c, err = s.transition(ctx, c, request{step: stepQuote, by: member, prepare: func(c *types.Contract) error {
		return s.prepareQuote(ctx, c)
	}})
	if err != nil {
		return nil, err
	}
	return &types.MsgQuoteResponse{Id: c.Id}, s.counters.Set(ctx, counter.Seller, counter)
}

// prepareQuote checks a quote against parameters, buyer and product, and copies
// into it what the voucher will need of the product.
func (k *Keeper) prepareQuote(ctx context.Context, c *types.Contract) error {
	if err := k.checkTimes(ctx, *c); err != nil {
		return err
	}
	if err := k.requireActiveParty(ctx, "buyer", c.Deal.Buyer); err != nil {
		return err
	}
	p, v, err := k.products.ListedVersion(ctx, c.Deal.Product, c.Deal.ProductVersion)
	if err != nil {
		return err
	}
	if p.Owner != c.Deal.Seller {
		return errorsmod.Wrapf(types.ErrNotOwner, "%s belongs to member %06d, got seller %06d", p.Id, p.Owner, c.Deal.Seller)
	}
	c.Exchange, c.Industry, c.ProductDigest = p.Exchange, v.Industry, v.ManifestDigest
	return checkTerms(c.Deal, v)
}

// checkTimes checks the offer's end and the deal's times against the parameters.
func (k *Keeper) checkTimes(ctx context.Context, c types.Contract) error {
	params, err := k.params.Get(ctx)
	if err != nil {
		return err
	}
	for _, w := range c.Deal.Withins() {
		if w.Seconds < params.MinWithin || w.Seconds > params.MaxWithin {
			return errorsmod.Wrapf(types.ErrOutOfLimits, "deal.%s: expected %d to %d seconds, got %d", w.Field, params.MinWithin, params.MaxWithin, w.Seconds)
		}
	}
	now := sdk.UnwrapSDKContext(ctx).BlockTime().Unix()
	if c.Deadline <= now || c.Deadline > now+params.MaxQuoteValidity {
		return errorsmod.Wrapf(types.ErrOutOfLimits, "valid_until: expected Unix seconds from %d to %d, got %d", now+1, now+params.MaxQuoteValidity, c.Deadline)
	}
	return nil
}

// requireActiveParty checks that the party of a deal exists and may start something.
func (k *Keeper) requireActiveParty(ctx context.Context, role string, number uint32) error {
	member, err := k.membership.Member(ctx, number)
	if err != nil {
		return errorsmod.Wrap(err, role)
	}
	if !member.Active() {
		return errorsmod.Wrapf(types.ErrPartySuspended, "%s %06d: expected an active member, got %s", role, number, member.Status)
	}
	return nil
}

// checkTerms checks a deal against the terms of the version that it sells.
func checkTerms(d types.Deal, v product.Version) error {
	if d.DeliveryMode != v.Terms.DeliveryMode {
		return errorsmod.Wrapf(types.ErrTermsDiffer, "deal.delivery_mode: expected %s, got %s", v.Terms.DeliveryMode, d.DeliveryMode)
	}
	if !sameSplit(d.Split, v.Split) {
		return errorsmod.Wrapf(types.ErrTermsDiffer, "deal.split: expected %s, got %s", &v.Split, &d.Split)
	}
	if v.Terms.Pricing == product.PRICING_METHOD_FIXED && !d.Total.Equal(v.Terms.Price) {
		return errorsmod.Wrapf(types.ErrTermsDiffer, "deal.total: expected the fixed price %s fen, got %s", v.Terms.Price, d.Total)
	}
	return nil
}

func sameSplit(a, b product.Split) bool {
	if a.RemainderOwner != b.RemainderOwner || len(a.Shares) != len(b.Shares) {
		return false
	}
	for i := range a.Shares {
		if a.Shares[i] != b.Shares[i] {
			return false
		}
	}
	return true
}
