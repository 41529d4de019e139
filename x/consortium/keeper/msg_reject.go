package keeper

import (
	"context"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Reject uses an application up and records why it was refused. It is checked as
// for an admission, but for whether account and credit code are free: that they
// are not can be the reason.
func (s msgServer) Reject(ctx context.Context, msg *types.MsgReject) (*types.MsgRejectResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, err := s.account("signer", msg.Signer)
	if err != nil {
		return nil, err
	}
	app := msg.Application
	if err := s.checkAdmitter(ctx, signer, app); err != nil {
		return nil, err
	}
	if err := s.checkApplication(ctx, &app, msg.Signature); err != nil {
		return nil, err
	}
	digest, err := types.ApplicationDigest(app)
	if err != nil {
		return nil, err
	}
	applicant, err := s.address.BytesToString(app.Address())
	if err != nil {
		return nil, err
	}
	refusal := types.Refusal{
		By: app.AdmittingMember, Height: sdk.UnwrapSDKContext(ctx).BlockHeight(), ApplicationDigest: digest,
		Applicant: applicant, CreditCode: app.CreditCode, Reason: msg.Reason,
	}
	if err := s.putRefusal(ctx, refusal); err != nil {
		return nil, err
	}
	if err := s.useNonce(ctx, app.Address(), app.Nonce, app.ExpiresAt); err != nil {
		return nil, err
	}
	event := &types.EventApplicationRejected{By: refusal.By, Applicant: applicant, CreditCode: app.CreditCode, ApplicationDigest: digest}
	return &types.MsgRejectResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}

// putRefusal writes a refusal with its index.
func (k *Keeper) putRefusal(ctx context.Context, r types.Refusal) error {
	if err := k.refusals.Set(ctx, collections.Join3(r.By, uint64(r.Height), r.ApplicationDigest), r); err != nil {
		return err
	}
	return k.refusedCodes.Set(ctx, collections.Join3([]byte(r.CreditCode), uint64(r.Height), r.ApplicationDigest), r.By)
}
