package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

// The window holds for requests that are made from then on.
func TestUpdateParams(t *testing.T) {
	w := newWorld(t)
	open := w.requested()
	before, err := w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: open.Number})
	require.NoError(t, err)
	params := types.DefaultParams()
	params.ReversalWindow = 60
	_, err = w.msg.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: params})
	require.NoError(t, err)
	after, err := w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: open.Number})
	require.NoError(t, err)
	require.Equal(t, before, after)
	later := w.requested()
	res, err := w.query().Request(w.Ctx, &types.QueryRequestRequest{Number: later.Number})
	require.NoError(t, err)
	require.Equal(t, w.Ctx.BlockTime().Unix()+60, res.Request.ExpiresAt)
	require.NoError(t, w.k.Check(w.Ctx))
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
			before := w.dump()
			_, err := w.msg.UpdateParams(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.dump())
		})
	}
}
