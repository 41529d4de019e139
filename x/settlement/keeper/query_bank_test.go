package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestQueryLedgers(t *testing.T) {
	w := newWorld(t)
	_, err := w.query.Ledger(w.Ctx, &types.QueryLedgerRequest{Bank: bankA})
	require.ErrorIs(t, err, types.ErrLedgerNotFound)
	require.Equal(t, codes.NotFound, status.Code(err))

	w.deposit(buyer, math.NewInt(100))
	_, err = w.msg.Deposit(w.Ctx, &types.MsgDeposit{Signer: signer(bankB), Member: seller, Amount: math.NewInt(7)})
	require.NoError(t, err)
	first, err := w.query.Ledgers(w.Ctx, &types.QueryLedgersRequest{Pagination: &query.PageRequest{Limit: 1}})
	require.NoError(t, err)
	require.Equal(t, []types.BankLedger{{Bank: bankA, Outstanding: math.NewInt(100)}}, first.Ledgers)
	second, err := w.query.Ledgers(w.Ctx, &types.QueryLedgersRequest{Pagination: &query.PageRequest{Key: first.Pagination.NextKey}})
	require.NoError(t, err)
	require.Equal(t, []types.BankLedger{{Bank: bankB, Outstanding: math.NewInt(7)}}, second.Ledgers)
}

func TestQueryWithdrawals(t *testing.T) {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(100))
	w.deposit(seller, math.NewInt(100))
	all := []string{w.request(seller, bankA, 1), w.request(seller, bankB, 2), w.request(buyer, bankA, 3)}

	one, err := w.query.Withdrawal(w.Ctx, &types.QueryWithdrawalRequest{Id: all[2]})
	require.NoError(t, err)
	require.Equal(t, "3", one.Withdrawal.Amount.String())
	_, err = w.query.Withdrawal(w.Ctx, &types.QueryWithdrawalRequest{Id: "000003-000009"})
	require.ErrorIs(t, err, types.ErrWithdrawalNotFound)

	for _, c := range []struct {
		request types.QueryWithdrawalsRequest
		want    []string
	}{
		{types.QueryWithdrawalsRequest{}, all},
		{types.QueryWithdrawalsRequest{Bank: bankA}, []string{all[0], all[2]}},
		{types.QueryWithdrawalsRequest{Member: seller}, all[:2]},
		{types.QueryWithdrawalsRequest{Member: seller, Bank: bankB}, all[1:2]},
		{types.QueryWithdrawalsRequest{Bank: partner}, nil},
		{types.QueryWithdrawalsRequest{Bank: bankA, Pagination: &query.PageRequest{Limit: 1}}, all[:1]},
	} {
		answer, err := w.query.Withdrawals(w.Ctx, &c.request)
		require.NoError(t, err)
		var got []string
		for _, x := range answer.Withdrawals {
			got = append(got, x.Id)
		}
		require.Equal(t, c.want, got, c.request)
	}
}
