package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// A quorum holds for reviews that are requested from then on.
func TestUpdateParams(t *testing.T) {
	w := newWorld(t)
	before := w.mustRequest(request())
	_, err := w.msgs.UpdateParams(w.Ctx, &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: types.Params{Quorum: 3, MaxCommittee: 3}})
	require.NoError(t, err)
	require.EqualValues(t, 2, w.review(before).Quorum)
	second := request()
	second.Version = 2
	_, err = w.msgs.Request(w.Ctx, second)
	require.NoError(t, err)
	resp, err := w.queries.Review(w.Ctx, &types.QueryReviewRequest{Product: product, Version: 2, Round: 1})
	require.NoError(t, err)
	require.EqualValues(t, 3, resp.Review.Quorum)
	require.NoError(t, w.keeper.Check(w.Ctx))
}

func TestUpdateParamsFailsIf(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*types.MsgUpdateParams)
		err   error
	}{
		"signed by a member":           {func(m *types.MsgUpdateParams) { m.Signer = keys.Bech32("seller") }, sdkerrors.ErrUnauthorized},
		"signer is no address":         {func(m *types.MsgUpdateParams) { m.Signer = "council" }, sdkerrors.ErrUnauthorized},
		"left out":                     {func(m *types.MsgUpdateParams) { m.Params = types.Params{} }, valid.ErrInvalid},
		"a quorum above the committee": {func(m *types.MsgUpdateParams) { m.Params.Quorum = m.Params.MaxCommittee + 1 }, valid.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			msg := &types.MsgUpdateParams{Signer: keys.Bech32("authority"), Params: types.DefaultParams()}
			c.spoil(msg)
			w.refused(c.err, func(context.Context) error {
				_, err := w.msgs.UpdateParams(w.Ctx, msg)
				return err
			})
		})
	}
}
