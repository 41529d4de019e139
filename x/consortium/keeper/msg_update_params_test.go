package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// A greater quota lets a member send more in the same window.
func TestUpdateParams(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.charge(15, seller, false, 100))
	require.ErrorIs(t, w.charge(16, seller, false, 1), types.ErrQuotaExceeded)
	p := params()
	p.QuotaGasMember, p.QuotaGasRelayer = types.MinQuotaGas, types.MinQuotaGas
	_, err := w.msg.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: p})
	require.NoError(t, err)
	require.NoError(t, w.charge(16, seller, false, types.MinQuotaGas-100))
	require.ErrorIs(t, w.charge(16, seller, false, 1), types.ErrQuotaExceeded, "what was used still counts")
	require.NoError(t, w.k.Check(w.Ctx))
}

func TestUpdateParamsFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgUpdateParams)
		err   error
	}{
		"signed by a member":              {func(m *types.MsgUpdateParams) { m.Signer = keys.Bech32("seller") }, sdkerrors.ErrUnauthorized},
		"signer is no address":            {func(m *types.MsgUpdateParams) { m.Signer = "council" }, sdkerrors.ErrUnauthorized},
		"left out":                        {func(m *types.MsgUpdateParams) { m.Params = types.Params{} }, valid.ErrInvalid},
		"members could not vote any more": {func(m *types.MsgUpdateParams) { m.Params.QuotaGasMember = types.MinQuotaGas - 1 }, valid.ErrInvalid},
		"members could not vote for long": {func(m *types.MsgUpdateParams) { m.Params.QuotaWindow = types.LongestQuotaWindow + 1 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: types.DefaultParams()}
			c.spoil(msg)
			w.refused(c.err, func() error {
				_, err := w.msg.UpdateParams(w.Ctx, msg)
				return err
			})
		})
	}
}
