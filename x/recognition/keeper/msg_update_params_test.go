package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

func TestUpdateParams(t *testing.T) {
	w := world.Joined(t)
	params := types.DefaultParams()
	params.PacketTimeout = 600
	_, err := w.Msgs.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32(world.Council), Params: params})
	require.NoError(t, err)
	res, err := w.Queries.Params(w.Ctx, &types.QueryParamsRequest{})
	require.NoError(t, err)
	require.Equal(t, params, res.Params)
	require.NoError(t, w.Keeper.Check(w.Ctx))
}

func TestUpdateParamsFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgUpdateParams)
		err   error
	}{
		"signed by a member":     {func(m *types.MsgUpdateParams) { m.Signer = keys.Bech32(world.Exchange) }, types.ErrUnauthorized},
		"signer is no address":   {func(m *types.MsgUpdateParams) { m.Signer = "council" }, types.ErrUnauthorized},
		"packets never time out": {func(m *types.MsgUpdateParams) { m.Params.PacketTimeout = 0 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := world.Joined(t)
			msg := &types.MsgUpdateParams{Signer: keys.Bech32(world.Council), Params: types.DefaultParams()}
			c.spoil(msg)
			before := w.Dump()
			_, err := w.Msgs.UpdateParams(w.Ctx, msg)
			require.ErrorIs(t, err, c.err)
			require.Equal(t, before, w.Dump())
		})
	}
}
