package keeper

import (
	"context"
	"errors"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/product/types"
)

// SubmitScenario asks an exchange to approve a scenario.
func (s msgServer) SubmitScenario(ctx context.Context, msg *types.MsgSubmitScenario) (*types.MsgSubmitScenarioResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	owner, err := s.k.offerer(ctx, msg.Signer)
	if err != nil {
		return nil, err
	}
	if err := s.k.mayDecide(ctx, msg.Exchange, owner); err != nil {
		return nil, err
	}
	seq, err := next(ctx, s.k.scenarioSequence, owner)
	if err != nil {
		return nil, err
	}
	scenario := types.Scenario{
		Id: types.ScenarioID(owner, seq), Owner: owner, Exchange: msg.Exchange,
		Title: msg.Title, Description: msg.Description, DocumentDigest: msg.DocumentDigest,
	}
	if err := moveScenario(&scenario, types.SCENARIO_STATUS_SUBMITTED); err != nil {
		return nil, err
	}
	if err := s.k.putScenario(ctx, scenario, seq); err != nil {
		return nil, err
	}
	err = sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(&types.EventScenarioSubmitted{
		Id: scenario.Id, Owner: owner, Exchange: msg.Exchange,
	})
	return &types.MsgSubmitScenarioResponse{Id: scenario.Id}, err
}

// mayDecide checks that an active exchange other than the owner is to decide.
func (k *Keeper) mayDecide(ctx context.Context, exchange, owner uint32) error {
	if exchange == owner {
		return errorsmod.Wrapf(types.ErrSelfReview, "expected another exchange than the owner %06d to decide", owner)
	}
	member, err := k.members.Member(ctx, exchange)
	if errors.Is(err, consortium.ErrMemberNotFound) {
		return errorsmod.Wrapf(types.ErrNotExchange, "member %06d does not exist", exchange)
	}
	if err != nil {
		return err
	}
	if !member.Active() || !member.Has(consortium.ROLE_EXCHANGE) {
		return errorsmod.Wrapf(types.ErrNotExchange, "member %06d is %s with roles %v; name an active exchange", exchange, member.Status, member.Roles)
	}
	return nil
}
