package keeper

import (
	"context"
	"slices"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Issue issues the blue voucher of a settled trade and tells the observer last. The
// caller ensures that the trade is settled in the same step and asks once a trade. It
// wraps valid.ErrInvalid, ErrTotal, ErrSequenceExhausted, ErrNumberTaken, ErrTooLarge,
// or why a party's record cannot be read; then nothing is written.
func (k *Keeper) Issue(ctx context.Context, r types.Issue) (types.Voucher, error) {
	v, counter, err := k.draft(ctx, r)
	if err != nil {
		return types.Voucher{}, err
	}
	encoded, err := types.EncodeVoucher(v)
	if err != nil {
		return types.Voucher{}, err
	}

	if err := k.setVoucher(ctx, v.Number, encoded); err != nil {
		return types.Voucher{}, err
	}
	if err := k.setCounter(ctx, counter); err != nil {
		return types.Voucher{}, err
	}
	event := &types.EventIssued{
		Number: v.Number, Seller: v.Seller.Member, Buyer: v.Buyer.Member, Settlement: v.Settlement, Total: v.Total,
	}
	sdk.UnwrapSDKContext(ctx).EventManager().EmitEvent(event.SDKEvent())
	if k.observer != nil {
		if err := k.observer.Issued(ctx, v); err != nil {
			return types.Voucher{}, err
		}
	}
	return v, nil
}

// draft fills in a blue voucher: parties as the chain knows them now, region of the
// exchange, number, chain and time.
func (k *Keeper) draft(ctx context.Context, r types.Issue) (types.Voucher, types.Counter, error) {
	seller, _, err := k.party(ctx, "seller", r.Seller)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	buyer, _, err := k.party(ctx, "buyer", r.Buyer)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	exchange, region, err := k.party(ctx, "exchange", r.Exchange)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	number, counter, err := k.nextNumber(ctx, region, r.Seller)
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	nullifier, err := types.Nullifier(types.ToldTrade{
		Seller: seller.CreditCode, Buyer: buyer.CreditCode, ProductDigest: r.ProductDigest, Total: r.Total, OrderReference: r.OrderReference,
	})
	if err != nil {
		return types.Voucher{}, types.Counter{}, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	return types.Voucher{
		Kind:           types.KIND_BLUE,
		Number:         number,
		ChainId:        sdkCtx.ChainID(),
		Seller:         seller,
		Buyer:          buyer,
		Exchange:       exchange,
		Product:        r.Product,
		ProductVersion: r.ProductVersion,
		Industry:       r.Industry,
		Lines:          slices.Clone(r.Lines),
		Total:          r.Total,
		DeliveryMode:   r.DeliveryMode,
		DeliveryDigest: slices.Clone(r.DeliveryDigest),
		Settlement:     r.Settlement,
		TermsRoot:      slices.Clone(r.TermsRoot),
		IssuedAt:       sdkCtx.BlockTime().Unix(),
		Nullifier:      nullifier,
	}, counter, nil
}

// party is a member as vouchers name it, with its region.
func (k *Keeper) party(ctx context.Context, field string, number uint32) (types.Party, string, error) {
	m, err := k.members.Member(ctx, number)
	if err != nil {
		return types.Party{}, "", errorsmod.Wrap(err, field)
	}
	return types.Party{Member: m.Number, Name: m.Name, CreditCode: m.CreditCode}, m.Region, nil
}
