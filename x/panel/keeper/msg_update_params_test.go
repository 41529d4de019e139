package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel/types"
)

// Resolutions that were submitted keep their deadline.
func TestUpdateParams(t *testing.T) {
	w := newWorld(t)
	open := w.resolution(w.submit(one, types.Council, send(types.Council)))
	params := types.DefaultParams()
	params.DefaultDeadline = 3_600
	_, err := w.msg.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: account(types.Council), Params: params})
	require.NoError(t, err)
	require.Equal(t, open, w.resolution(open.Id))
	require.Equal(t, w.Ctx.BlockTime().Unix()+3_600, w.resolution(w.submit(one, types.Council, send(types.Council))).Deadline)
}

func TestUpdateParamsFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgUpdateParams)
		err   error
	}{
		"signed by a member":         {func(m *types.MsgUpdateParams) { m.Signer = keys.Bech32("seller") }, sdkerrors.ErrUnauthorized},
		"signer is no address":       {func(m *types.MsgUpdateParams) { m.Signer = "council" }, sdkerrors.ErrUnauthorized},
		"left out":                   {func(m *types.MsgUpdateParams) { m.Params = types.Params{} }, valid.ErrInvalid},
		"another panel decides":      {func(m *types.MsgUpdateParams) { m.Signer = account(types.Committee) }, sdkerrors.ErrUnauthorized},
		"nothing could run any more": {func(m *types.MsgUpdateParams) { m.Params.MaxExecutionGas = types.MinExecutionGas - 1 }, valid.ErrInvalid},
		"nobody could vote in time": {func(m *types.MsgUpdateParams) {
			m.Params.MinDeadline, m.Params.DefaultDeadline, m.Params.MaxDeadline = 1, 1, types.LeastMaxDeadline-1
		}, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := &types.MsgUpdateParams{Signer: account(types.Council), Params: types.DefaultParams()}
			c.spoil(msg)
			w.refused(c.err, func() error {
				_, err := w.msg.UpdateParams(w.Ctx, msg)
				return err
			})
		})
	}
}
