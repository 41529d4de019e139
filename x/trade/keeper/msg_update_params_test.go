package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

// Limits hold for new quotes, and change nothing that stands.
func TestUpdateParams(t *testing.T) {
	w := newWorld(t)
	id := w.quote(w.deal())
	params := types.DefaultParams()
	params.MinWithin = within + 1
	_, err := w.msgs.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: params})
	require.NoError(t, err)
	w.refused(types.ErrOutOfLimits, func() error {
		_, err := w.msgs.Quote(w.Ctx, &types.MsgQuote{Signer: keys.Bech32(names[sellerNo]), Deal: w.deal(), ValidUntil: w.now() + within})
		return err
	})
	_, err = w.msgs.Agree(w.Ctx, &types.MsgAgree{Signer: keys.Bech32(names[buyerNo]), Contract: id, Deal: w.deal()})
	require.NoError(t, err)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestUpdateParamsFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgUpdateParams)
		err   error
	}{
		"signed by a member":   {func(m *types.MsgUpdateParams) { m.Signer = keys.Bech32("seller") }, sdkerrors.ErrUnauthorized},
		"signer is no address": {func(m *types.MsgUpdateParams) { m.Signer = "council" }, sdkerrors.ErrUnauthorized},
		"left out":             {func(m *types.MsgUpdateParams) { m.Params = types.Params{} }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: types.DefaultParams()}
			c.spoil(msg)
			w.refused(c.err, func() error {
				_, err := w.msgs.UpdateParams(w.Ctx, msg)
				return err
			})
		})
	}
}
