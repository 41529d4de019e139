package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// EndAgreement ends an agreement early. What was recognised stays, and shows
// CAVEAT_NO_AGREEMENT when it is asked for; what parties presented waits for another
// agreement; the counterparty is told.
func (s msgServer) EndAgreement(goCtx context.Context, msg *types.MsgEndAgreement) (*types.MsgEndAgreementResponse, error) {
	ctx := sdk.UnwrapSDKContext(goCtx)
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	if err := s.checkAuthority(ctx, msg.Signer); err != nil {
		return nil, err
	}
	a, found, err := find(ctx, s.agreements, msg.ChainId)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNoAgreement, "with %s", msg.ChainId)
	}
	if a.Ended {
		return nil, errorsmod.Wrapf(types.ErrNoAgreement, "the one with %s has been ended already", msg.ChainId)
	}
	a.Ended = true
	a.Revision++
	if err := s.agreements.Set(ctx, a.ChainId, a); err != nil {
		return nil, err
	}
	if a.HasRoute() {
		if err := s.tellTerms(ctx, a); err != nil {
			return nil, err
		}
	}
	if err := emit(ctx, &types.EventAgreementEnded{ChainId: a.ChainId, Reason: msg.Reason}); err != nil {
		return nil, err
	}
	return &types.MsgEndAgreementResponse{}, nil
}
