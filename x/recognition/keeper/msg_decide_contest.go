package keeper

import (
	"context"
	"crypto/sha256"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// DecideContest lifts the mark of the vouchers that the council upholds. The others keep
// it, decided on; one that comes later is marked, and those upheld stay so.
func (s msgServer) DecideContest(goCtx context.Context, msg *types.MsgDecideContest) (*types.MsgDecideContestResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	c, found, err := find(ctx, s.contests, msg.Nullifier)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotContested, "nullifier %x: no two vouchers tell that trade", msg.Nullifier)
	}
	upheld := make([]types.ContestedVoucher, len(msg.Upheld))
	for i, ref := range msg.Upheld {
		if upheld[i], found, err = find(ctx, s.contested, contestedKeyOf(msg.Nullifier, ref)); err != nil {
			return nil, err
		}
		if !found {
			return nil, errorsmod.Wrapf(types.ErrNotContested, "upheld[%d]: voucher %s of %s does not tell the trade %x", i, ref.Number, ref.ChainId, msg.Nullifier)
		}
	}

	c.Decisions++
	c.DecidedHeight, c.DecidedTime, c.Reason = ctx.BlockHeight(), ctx.BlockTime().Unix(), msg.Reason
	if err := s.contests.Set(ctx, msg.Nullifier, c); err != nil {
		return nil, err
	}
	reason := sha256.Sum256([]byte(msg.Reason))
	for _, v := range upheld {
		v.Upheld = true
		if err := s.contested.Set(ctx, contestedKeyOf(msg.Nullifier, v.Ref()), v); err != nil {
			return nil, err
		}
		if err := s.unmark(ctx, v.Ref(), reason[:]); err != nil {
			return nil, err
		}
	}
	event := &types.EventContestDecided{Nullifier: msg.Nullifier, Upheld: msg.Upheld, Reason: msg.Reason}
	return &types.MsgDecideContestResponse{}, emit(ctx, event)
}
