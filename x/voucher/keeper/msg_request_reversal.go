package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// RequestReversal asks the other party to take back part or all of a blue voucher.
func (s msgServer) RequestReversal(ctx context.Context, m *types.MsgRequestReversal) (*types.MsgRequestReversalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	addr, err := s.signer(m.Signer)
	if err != nil {
		return nil, err
	}
	member, err := s.members.RequireActive(ctx, addr, consortium.ROLE_UNSPECIFIED)
	if err != nil {
		return nil, err
	}
	blue, err := s.Voucher(ctx, m.Number)
	if err != nil {
		return nil, err
	}
	other, err := types.OtherParty(blue, member.Number)
	if err != nil {
		return nil, err
	}
	if err := s.mayRequest(ctx, blue, m.Lines); err != nil {
		return nil, err
	}
	params, err := s.requests.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	r := types.ReversalRequest{
		Number: m.Number, Requester: member.Number, Lines: m.Lines, ReasonDigest: m.ReasonDigest,
		Height: sdkCtx.BlockHeight(), ExpiresAt: sdkCtx.BlockTime().Unix() + params.ReversalWindow,
	}
	if err := s.openRequest(ctx, r); err != nil {
		return nil, err
	}
	return &types.MsgRequestReversalResponse{ExpiresAt: r.ExpiresAt}, sdkCtx.EventManager().EmitTypedEvent(&types.EventReversalRequested{
		Number: r.Number, Requester: r.Requester, Other: other, Lines: r.Lines, ReasonDigest: r.ReasonDigest, ExpiresAt: r.ExpiresAt,
	})
}

// mayRequest checks that nothing is open or holds the voucher, and that so much of its
// lines remains. Confirming asks again for the holds and what remains then.
func (k *Keeper) mayRequest(ctx context.Context, blue types.Voucher, lines []types.ReversedLine) error {
	open, err := k.requests.open.Has(ctx, blue.Number)
	if err != nil {
		return err
	}
	if open {
		return errorsmod.Wrapf(types.ErrRequestOpen, "voucher %s: answer or withdraw the open request first, or wait for its end", types.FormatNumber(blue.Number))
	}
	if err := k.mayMove(ctx, blue.Number); err != nil {
		return err
	}
	now, err := k.standingOf(ctx, blue)
	if err != nil {
		return err
	}
	if _, err := types.Subtract(now.remaining, lines); err != nil {
		return errorsmod.Wrapf(err, "voucher %s", types.FormatNumber(blue.Number))
	}
	return nil
}
