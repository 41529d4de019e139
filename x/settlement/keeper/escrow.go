package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// Open debits the payer at once and records the liability under the contract's
// id. It returns valid.ErrInvalid, ErrEscrowExists, ErrInsufficientFunds, what
// the membership says of the payer, or what holds the payer's money.
func (k *Keeper) Open(ctx context.Context, id string, payer uint32, amount math.Int) error {
	escrow := types.Escrow{Id: id, Payer: payer, Amount: amount}
	if err := escrow.Validate(); err != nil {
		return err
	}
	exists, err := k.escrows.Has(ctx, id)
	if err != nil {
		return err
	}
	if exists {
		return errorsmod.Wrapf(types.ErrEscrowExists, "%s: it was funded already", id)
	}
	if err := k.take(ctx, payer, amount); err != nil {
		return err
	}
	if err := k.escrows.Set(ctx, id, escrow); err != nil {
		return err
	}
	opened := types.EventEscrowOpened{Id: id}
	sdk.UnwrapSDKContext(ctx).EventManager().EmitEvent(opened.SDKEvent())
	return nil
}

// Refund gives the escrow back to its payer at the end of the block. It returns
// ErrEscrowNotFound, or what holds the escrow.
func (k *Keeper) Refund(ctx context.Context, id string) error {
	escrow, err := k.Escrow(ctx, id)
	if err != nil {
		return err
	}
	if err := k.payOut(ctx, types.KindEscrow, id, types.Payout{Member: escrow.Payer, Amount: escrow.Amount}); err != nil {
		return err
	}
	if err := k.escrows.Remove(ctx, id); err != nil {
		return err
	}
	return emit(ctx, &types.EventRefunded{Id: id})
}

// Settle pays the escrow out by the split at the end of the block and writes
// the record; Σ payouts = amount. It returns valid.ErrInvalid,
// ErrEscrowNotFound, ErrBuyer, ErrRecordExists, what the membership says of a
// payee, or what holds the escrow.
func (k *Keeper) Settle(ctx context.Context, s types.Settlement) (types.Record, error) {
	if err := s.Validate(); err != nil {
		return types.Record{}, err
	}
	escrow, err := k.Escrow(ctx, s.ID)
	if err != nil {
		return types.Record{}, err
	}
	if escrow.Payer != s.Buyer {
		return types.Record{}, errorsmod.Wrapf(types.ErrBuyer, "%s: expected %06d, who paid, got %06d", s.ID, escrow.Payer, s.Buyer)
	}
	settled, err := k.records.Has(ctx, s.ID)
	if err != nil {
		return types.Record{}, err
	}
	if settled {
		return types.Record{}, errorsmod.Wrapf(types.ErrRecordExists, "%s: refund the escrow instead", s.ID)
	}
	record, err := k.record(ctx, s, escrow.Amount)
	if err != nil {
		return types.Record{}, err
	}
	if err := k.payOut(ctx, types.KindEscrow, s.ID, record.Payouts...); err != nil {
		return types.Record{}, err
	}
	if err := k.escrows.Remove(ctx, s.ID); err != nil {
		return types.Record{}, err
	}
	if err := k.records.Set(ctx, s.ID, record); err != nil {
		return types.Record{}, err
	}
	event := types.EventSettled{Id: s.ID}
	sdk.UnwrapSDKContext(ctx).EventManager().EmitEvent(event.SDKEvent())
	return record, nil
}

// record makes the record of a settlement and checks that its payees exist.
func (k *Keeper) record(ctx context.Context, s types.Settlement, amount math.Int) (types.Record, error) {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	record := types.Record{
		Id: s.ID, ChainId: sdkCtx.ChainID(), Seller: s.Seller, Buyer: s.Buyer, Amount: amount, Voucher: s.Voucher,
		SettledAt: sdkCtx.BlockTime().Unix(), Height: sdkCtx.BlockHeight(),
		Payouts: make([]types.Payout, len(s.Split.Shares)),
	}
	for i, part := range s.Split.Apply(amount) {
		member := s.Split.Shares[i].Member
		if _, err := k.Membership.Member(ctx, member); err != nil {
			return types.Record{}, errorsmod.Wrap(err, "payee of the split")
		}
		record.Payouts[i] = types.Payout{Member: member, Amount: part}
	}
	return record, record.Validate()
}

// Escrow returns the open escrow of a trade, or ErrEscrowNotFound.
func (k *Keeper) Escrow(ctx context.Context, id string) (types.Escrow, error) {
	return get(ctx, k.escrows, id, errorsmod.Wrapf(types.ErrEscrowNotFound, "%q: not funded, or settled or refunded already", id))
}

// Record returns the settlement record of a trade, or ErrRecordNotFound.
func (k *Keeper) Record(ctx context.Context, id string) (types.Record, error) {
	return get(ctx, k.records, id, noRecord(id))
}

// RecordBytes returns the store value of a settlement record, or ErrRecordNotFound.
func (k *Keeper) RecordBytes(ctx context.Context, id string) ([]byte, error) {
	b, err := k.Store.OpenKVStore(ctx).Get(types.RecordKey(id))
	if err == nil && b == nil {
		err = noRecord(id)
	}
	return b, err
}

func noRecord(id string) error {
	return errorsmod.Wrapf(types.ErrRecordNotFound, "%q: the trade is not settled on this chain", id)
}
