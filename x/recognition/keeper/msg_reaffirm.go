package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// Reaffirm proves vouchers again that stand here, when what they rested on came into
// doubt, or refuses all of them. Unlike RecognizeByProof it adds none.
func (s msgServer) Reaffirm(goCtx context.Context, msg *types.MsgReaffirm) (*types.MsgReaffirmResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.requireMember(ctx, msg.Signer); err != nil {
		return nil, err
	}
	p, err := s.proofsOf(ctx, msg.ChainId, msg.ProofHeight)
	if err != nil {
		return nil, err
	}
	for i, v := range msg.Vouchers {
		stands, err := s.recognised.Has(ctx, keyOf(msg.ChainId, types.RECORD_KIND_VOUCHER, v.Status.Number))
		if err != nil {
			return nil, err
		}
		if !stands {
			return nil, errorsmod.Wrapf(types.ErrNotFound, "vouchers[%d]: %s of %s does not stand here: use RecognizeByProof", i, v.Status.Number, msg.ChainId)
		}
		if err := p.takeVoucher(ctx, v); err != nil {
			return nil, errorsmod.Wrapf(err, "vouchers[%d]", i)
		}
	}
	return &types.MsgReaffirmResponse{}, nil
}
