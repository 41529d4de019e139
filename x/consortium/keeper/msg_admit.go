package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// signatureGas is what checking the applicant's signature costs, as for the
// signature of a transaction (x/auth's default for secp256k1).
const signatureGas = 1000

// Admit makes an applicant a member and opens its account.
func (s msgServer) Admit(ctx context.Context, msg *types.MsgAdmit) (*types.MsgAdmitResponse, error) {
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
	applicant := app.Address()
	if err := s.checkApplication(ctx, &app, msg.Signature); err != nil {
		return nil, err
	}
	previous, err := s.checkFree(ctx, app, applicant)
	if err != nil {
		return nil, err
	}
	number, err := s.nextMember.Get(ctx)
	if err != nil {
		return nil, err
	}
	if number > types.MaxMemberNumber {
		return nil, errorsmod.Wrapf(types.ErrNumbersExhausted, "the last of %d was given away", types.MaxMemberNumber)
	}
	owner, err := s.address.BytesToString(applicant)
	if err != nil {
		return nil, err
	}
	member := types.Member{
		Number: number, Owner: owner, Name: app.Name, CreditCode: app.CreditCode, Region: app.Region,
		Roles: app.Roles, Status: types.MEMBER_STATUS_ACTIVE, AgeRecipient: app.AgeRecipient,
		DocumentsDigest: app.DocumentsDigest, AdmittedBy: app.AdmittingMember,
		AdmittedHeight: sdk.UnwrapSDKContext(ctx).BlockHeight(), Conditions: msg.Conditions, Previous: previous,
	}
	if err := s.enter(ctx, member, applicant, app); err != nil {
		return nil, err
	}
	return &types.MsgAdmitResponse{Number: number}, nil
}

// checkAdmitter wraps an error unless the application is to the signer, and the
// signer may admit to these roles.
func (k *Keeper) checkAdmitter(ctx context.Context, signer sdk.AccAddress, app types.Application) error {
	authority, err := k.isAuthority(ctx, signer)
	if err != nil {
		return err
	}
	if authority && app.AdmittingMember == 0 {
		return nil
	}
	member, err := k.RequireActive(ctx, signer, types.ROLE_EXCHANGE)
	if authority && errors.Is(err, types.ErrNotMember) {
		return errorsmod.Wrapf(types.ErrWrongAdmitter, "expected admitting_member 0 (the council), got %06d", app.AdmittingMember)
	}
	if err != nil {
		return err
	}
	if member.Number != app.AdmittingMember {
		return errorsmod.Wrapf(types.ErrWrongAdmitter, "expected admitting_member %06d (the signer), got %06d", member.Number, app.AdmittingMember)
	}
	if !types.OnlyMerchant(app.Roles) {
		return errorsmod.Wrapf(types.ErrNotEntitled, "an exchange admits to %s only, got %s; the council admits all others", types.ROLE_MERCHANT, app.Roles)
	}
	return nil
}

// application is what somebody signed off chain: to become a member, or an account of one.
type application interface {
	GetChainId() string
	GetExpiresAt() int64
	GetNonce() []byte
	Address() sdk.AccAddress
	Verify(signature []byte) error
}

// checkApplication checks that the applicant signed for this chain, that the
// application is in time, and that it was not used before.
func (k *Keeper) checkApplication(ctx context.Context, app application, signature []byte) error {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	if app.GetChainId() != sdkCtx.ChainID() {
		return errorsmod.Wrapf(types.ErrWrongChain, "expected chain_id %s, got %s", sdkCtx.ChainID(), app.GetChainId())
	}
	now, expiresAt := sdkCtx.BlockTime(), app.GetExpiresAt()
	if expiresAt < now.Unix() {
		return errorsmod.Wrapf(types.ErrExpired, "expires_at was %d, block time is %d; have the applicant sign again", expiresAt, now.Unix())
	}
	if last := now.Add(types.MaxApplicationLife).Unix(); expiresAt > last {
		return errorsmod.Wrapf(types.ErrExpiryTooFar, "expected expires_at of at most %d (90 days ahead), got %d", last, expiresAt)
	}
	sdkCtx.GasMeter().ConsumeGas(signatureGas, "consortium: signature of an application")
	if err := app.Verify(signature); err != nil {
		return err
	}
	return k.checkNonce(ctx, app.Address(), app.GetNonce())
}

// checkFree checks that neither the account nor the credit code is taken. It
// returns the number of the member that left with this code, or 0.
func (k *Keeper) checkFree(ctx context.Context, app types.Application, applicant sdk.AccAddress) (previous uint32, err error) {
	if err := k.checkAddressFree(ctx, applicant); err != nil {
		return 0, err
	}
	number, err := k.creditCodes.Get(ctx, app.CreditCode)
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	before, err := k.Member(ctx, number)
	if err != nil {
		return 0, err
	}
	if before.Status != types.MEMBER_STATUS_LEFT {
		return 0, errorsmod.Wrapf(types.ErrCreditCodeInUse, "credit code %s: an organisation is a member once, and it is %06d", app.CreditCode, number)
	}
	return number, nil
}

// enter writes what an admission changes. All checks are done.
func (k *Keeper) enter(ctx context.Context, member types.Member, applicant sdk.AccAddress, app types.Application) error {
	if err := k.insert(ctx, member); err != nil {
		return err
	}
	if err := k.nextMember.Set(ctx, member.Number+1); err != nil {
		return err
	}
	if err := k.useNonce(ctx, applicant, app.Nonce, app.ExpiresAt); err != nil {
		return err
	}
	err := k.record(ctx, types.MemberChange{
		Member: member.Number, Kind: types.CHANGE_KIND_ADMITTED, By: member.AdmittedBy, Reason: member.Conditions,
	})
	if err != nil {
		return err
	}
	k.openAccount(ctx, applicant)
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventMemberAdmitted{
		Number: member.Number, Owner: member.Owner, Roles: member.Roles, AdmittedBy: member.AdmittedBy,
	})
}
