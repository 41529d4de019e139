package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestQueryBalance(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.deposit(seller, math.NewInt(50))
	w.request(seller, bankA, 10)
	w.request(seller, bankB, 5)
	w.request(buyer, bankB, 1)
	w.open(0, trade(1), 60)
	w.refuse(keys.Address("seller"), func() error { return sdkerrors.ErrUnauthorized })
	w.settle(1, trade(1), seller, partner)
	w.endBlock()

	answer, err := w.query.Balance(w.Ctx, &types.QueryBalanceRequest{Member: seller})
	require.NoError(t, err)
	require.Equal(t, &types.QueryBalanceResponse{
		Owner: keys.Bech32("seller"), Available: math.NewInt(35), Withdrawing: math.NewInt(15), Unpaid: math.NewInt(30),
	}, answer)
	answer, err = w.query.Balance(w.Ctx, &types.QueryBalanceRequest{Member: exchange})
	require.NoError(t, err)
	require.Equal(t, &types.QueryBalanceResponse{
		Owner: keys.Bech32("exchange"), Available: math.ZeroInt(), Withdrawing: math.ZeroInt(), Unpaid: math.ZeroInt(),
	}, answer)
	_, err = w.query.Balance(w.Ctx, &types.QueryBalanceRequest{Member: stranger})
	require.ErrorIs(t, err, consortium.ErrMemberNotFound)
}
