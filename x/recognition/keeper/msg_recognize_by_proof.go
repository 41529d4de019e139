package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// RecognizeByProof recognises vouchers that their chain's state proves, with their
// settlements and statuses, or refuses all of them.
func (s msgServer) RecognizeByProof(goCtx context.Context, msg *types.MsgRecognizeByProof) (*types.MsgRecognizeByProofResponse, error) {
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
		if err := p.takeVoucher(ctx, v); err != nil {
			return nil, errorsmod.Wrapf(err, "vouchers[%d]", i)
		}
	}
	return &types.MsgRecognizeByProofResponse{}, nil
}
