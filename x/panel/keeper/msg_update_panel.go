package keeper

import (
	"context"

	errorsmod "cosmossdk.io/errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/panel/types"
)

// UpdatePanel makes, changes or dissolves a panel. Resolutions that are open keep
// the seats and the threshold of their submission.
func (s msgServer) UpdatePanel(ctx context.Context, msg *types.MsgUpdatePanel) (*types.MsgUpdatePanelResponse, error) {
	if err := msg.Validate(); err != nil {
		return nil, err
	}
	signer, err := s.account(msg.Signer)
	if err != nil {
		return nil, err
	}
	council := types.Account(types.Council).Equals(signer)
	own := msg.Action == types.PANEL_ACTION_CHANGE && types.Account(msg.Name).Equals(signer)
	if !council && !own {
		return nil, errorsmod.Wrapf(types.ErrUnauthorized, "%s of %s: expected a resolution of %s, or of the panel itself to change it, got signer %s",
			msg.Action, msg.Name, types.Council, msg.Signer)
	}
	panel, err := s.updated(ctx, msg)
	if err != nil {
		return nil, err
	}
	if err := s.checkSeats(ctx, msg.Members); err != nil {
		return nil, err
	}
	if err := s.panels.Set(ctx, panel.Name, panel); err != nil {
		return nil, err
	}
	account, err := s.address.BytesToString(types.Account(panel.Name))
	if err != nil {
		return nil, err
	}
	return &types.MsgUpdatePanelResponse{Account: account}, sdk.UnwrapSDKContext(ctx).EventManager().
		EmitTypedEvent(&types.EventPanelUpdated{Name: panel.Name, Action: msg.Action})
}

// updated is the panel as it is to be.
func (k *Keeper) updated(ctx context.Context, msg *types.MsgUpdatePanel) (types.Panel, error) {
	if msg.Action == types.PANEL_ACTION_CREATE {
		return k.created(ctx, msg)
	}
	panel, err := k.living(ctx, msg.Name)
	if err != nil {
		return panel, err
	}
	if msg.Action == types.PANEL_ACTION_CHANGE {
		panel.Title, panel.Members, panel.Threshold = msg.Title, msg.Members, msg.Threshold
		return panel, nil
	}
	if panel.CreatedHeight == 0 {
		return panel, errorsmod.Wrapf(types.ErrGenesisPanel, "panel %s; its seats can be changed", panel.Name)
	}
	panel.Dissolved = true
	return panel, nil
}

func (k *Keeper) created(ctx context.Context, msg *types.MsgUpdatePanel) (types.Panel, error) {
	exists, err := k.panels.Has(ctx, msg.Name)
	if err != nil {
		return types.Panel{}, err
	}
	if exists {
		return types.Panel{}, errorsmod.Wrapf(types.ErrPanelExists, "%s; a name is never used again, choose another", msg.Name)
	}
	panels, err := k.allPanels(ctx)
	if err != nil {
		return types.Panel{}, err
	}
	if len(panels) >= types.MaxPanels {
		return types.Panel{}, errorsmod.Wrapf(types.ErrTooManyPanels, "there are %d", len(panels))
	}
	return types.Panel{
		Name: msg.Name, Title: msg.Title, Members: msg.Members, Threshold: msg.Threshold,
		CreatedHeight: sdk.UnwrapSDKContext(ctx).BlockHeight(),
	}, nil
}

// checkSeats wraps ErrNotActive unless all are active members.
func (k *Keeper) checkSeats(ctx context.Context, members []uint32) error {
	for _, member := range members {
		active, err := k.members.IsActive(ctx, member)
		if err != nil {
			return err
		}
		if !active {
			return errorsmod.Wrapf(types.ErrNotActive, "member %06d cannot get a seat", member)
		}
	}
	return nil
}
