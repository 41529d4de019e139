package keeper

import (
	"bytes"
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// initTold writes the index by nullifier and the contests.
func (k *Keeper) initTold(ctx context.Context, g *types.GenesisState) error {
	for _, t := range g.Told {
		if err := k.tellings.Set(ctx, t.Nullifier, t.Telling); err != nil {
			return err
		}
	}
	for _, c := range g.Contests {
		if err := k.contests.Set(ctx, c.Nullifier, c); err != nil {
			return err
		}
	}
	for _, v := range g.Contested {
		if err := k.contested.Set(ctx, contestedKeyOf(v.Nullifier, v.Ref()), v); err != nil {
			return err
		}
	}
	return nil
}

// exportTold reads them.
func (k *Keeper) exportTold(ctx context.Context, g *types.GenesisState) (err error) {
	err = k.tellings.Walk(ctx, nil, func(nullifier []byte, t types.Telling) (bool, error) {
		g.Told = append(g.Told, types.ToldTrade{Nullifier: bytes.Clone(nullifier), Telling: t})
		return false, nil
	})
	if err != nil {
		return err
	}
	if g.Contests, err = values(ctx, k.contests); err != nil {
		return err
	}
	g.Contested, err = values(ctx, k.contested)
	return err
}

// checkTold compares the index with the vouchers of this chain: each bears the nullifier
// under which it stands, and is marked exactly if it is contested and not upheld.
func (k *Keeper) checkTold(goCtx context.Context, g *types.GenesisState) error {
	ctx := sdk.UnwrapSDKContext(goCtx)
	for _, t := range g.Told {
		if t.Telling.Contested || t.Telling.ChainId != "" {
			continue
		}
		if err := k.checkOwn(ctx, t.Telling.Number, t.Nullifier, false); err != nil {
			return err
		}
	}
	for _, v := range g.Contested {
		if v.ChainId != ctx.ChainID() {
			continue
		}
		if err := k.checkOwn(ctx, v.Number, v.Nullifier, !v.Upheld); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) checkOwn(ctx context.Context, number string, nullifier []byte, marked bool) error {
	v, err := k.Vouchers.Voucher(ctx, number)
	if err != nil {
		return err
	}
	if !bytes.Equal(v.Nullifier, nullifier) {
		return errorsmod.Wrapf(types.ErrInconsistent, "voucher %s: expected nullifier %x in the index, got %x", number, v.Nullifier, nullifier)
	}
	value, _, err := k.Vouchers.StatusBytes(ctx, number)
	if err != nil {
		return err
	}
	var status vouchertypes.Status
	if value != nil {
		if status, err = vouchertypes.DecodeStatus(value); err != nil {
			return err
		}
	}
	if got := status.Flags&vouchertypes.FlagContested != 0; got != marked {
		return errorsmod.Wrapf(types.ErrInconsistent, "voucher %s: expected to be marked as contested: %t, got %t", number, marked, got)
	}
	return nil
}
