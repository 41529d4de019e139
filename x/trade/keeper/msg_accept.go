package keeper

import (
	"bytes"
	"context"

	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/trade/types"
)

// Accept settles: the split is paid, the settlement recorded, the voucher issued.
func (s msgServer) Accept(ctx context.Context, m *types.MsgAccept) (*types.MsgAcceptResponse, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	member, err := s.standing(ctx, m.Signer)
	if err != nil {
		return nil, err
	}
	c, err := s.moveBy(ctx, m.Contract, request{step: stepAccept, by: member, prepare: func(c *types.Contract) error {
		if !bytes.Equal(m.ContentDigest, c.ContentDigest) {
			return errorsmod.Wrapf(types.ErrWrongDigest, "%s: the seller delivered %x, got %x: do not accept what is not what was delivered",
				c.Id, c.ContentDigest, m.ContentDigest)
		}
		return nil
	}})
	if err != nil {
		return nil, err
	}
	return &types.MsgAcceptResponse{Voucher: c.Voucher, Settlement: c.Id}, nil
}
