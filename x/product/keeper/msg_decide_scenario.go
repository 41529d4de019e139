package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/product/types"
)

// DecideScenario approves a scenario or returns it.
func (s msgServer) DecideScenario(ctx context.Context, msg *types.MsgDecideScenario) (*types.MsgDecideScenarioResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	exchange, err := s.k.active(ctx, msg.Signer, consortium.ROLE_EXCHANGE)
	if err != nil {
		return nil, err
	}
	scenario, err := s.k.scenario(ctx, msg.Scenario)
	if err != nil {
		return nil, err
	}
	if scenario.Owner == exchange.Number {
		return nil, errorsmod.Wrapf(types.ErrSelfReview, "scenario %s belongs to the signer %06d", scenario.Id, exchange.Number)
	}
	if scenario.Exchange != exchange.Number {
		return nil, errorsmod.Wrapf(types.ErrNotDecider, "scenario %s is for exchange %06d to decide, the signer is %06d", scenario.Id, scenario.Exchange, exchange.Number)
	}
	to := types.SCENARIO_STATUS_RETURNED
	if msg.Approve {
		to = types.SCENARIO_STATUS_APPROVED
	}
	if err := moveScenario(&scenario, to); err != nil {
		return nil, err
	}
	scenario.Reasons = msg.Reasons
	if err := s.k.scenarios.Set(ctx, scenario.Id, scenario); err != nil {
		return nil, err
	}
	return &types.MsgDecideScenarioResponse{}, sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(
		&types.EventScenarioDecided{Id: scenario.Id, Status: scenario.Status})
}
