package keeper

import (
	"context"
	"time"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// ConfirmReversal issues the red voucher of the other party's request and claws the
// split back. When one of the two fails, the transaction undoes the other.
func (s msgServer) ConfirmReversal(ctx context.Context, m *types.MsgConfirmReversal) (*types.MsgConfirmReversalResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	r, member, err := s.answering(ctx, m.Signer, m.Number)
	if err != nil {
		return nil, err
	}
	if now := sdk.UnwrapSDKContext(ctx).BlockTime().Unix(); now >= r.ExpiresAt {
		return nil, errorsmod.Wrapf(types.ErrRequestExpired, "voucher %s: expected a block before %s, got %s; ask for it anew",
			types.FormatNumber(r.Number), utc(r.ExpiresAt), utc(now))
	}
	if err := r.CheckRestated(m.Lines, m.ReasonDigest); err != nil {
		return nil, err
	}
	red, owed, err := s.TakeBack(ctx, r.Reversal())
	if err != nil {
		return nil, err
	}
	err = s.closeRequest(ctx, r, types.EventReversalClosed{Outcome: types.REVERSAL_OUTCOME_CONFIRMED, By: member, RedNumber: red.Number})
	return &types.MsgConfirmReversalResponse{RedNumber: red.Number, Owed: owed}, err
}

func utc(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) }
