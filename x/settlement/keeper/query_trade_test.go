package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestQueryTrade(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.open(0, trade(1), 60)
	w.open(1, trade(2), 40)
	w.settle(2, trade(2), seller)

	escrow, err := w.query.Escrow(w.Ctx, &types.QueryEscrowRequest{Id: trade(1)})
	require.NoError(t, err)
	require.Equal(t, "60", escrow.Escrow.Amount.String())
	_, err = w.query.Escrow(w.Ctx, &types.QueryEscrowRequest{Id: trade(2)})
	require.ErrorIs(t, err, types.ErrEscrowNotFound)
	require.Equal(t, codes.NotFound, status.Code(err))

	record, err := w.query.Record(w.Ctx, &types.QueryRecordRequest{Id: trade(2)})
	require.NoError(t, err)
	require.Equal(t, "40", record.Record.Amount.String())
	_, err = w.query.Record(w.Ctx, &types.QueryRecordRequest{Id: trade(1)})
	require.ErrorIs(t, err, types.ErrRecordNotFound)
	require.Equal(t, codes.NotFound, status.Code(err))
	_, err = w.k.RecordBytes(w.Ctx, "")
	require.ErrorIs(t, err, types.ErrRecordNotFound)
}
