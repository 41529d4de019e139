package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/settlement/types"
)

// Ledger returns what one bank owes, or ErrLedgerNotFound.
func (q queryServer) Ledger(ctx context.Context, r *types.QueryLedgerRequest) (*types.QueryLedgerResponse, error) {
	ledger, err := get(ctx, q.k.ledgers, r.Bank, errorsmod.Wrapf(types.ErrLedgerNotFound, "bank %06d has never issued fen", r.Bank))
	if err != nil {
		return nil, err
	}
	return &types.QueryLedgerResponse{Ledger: ledger}, nil
}

// Ledgers lists what each bank owes, by number.
func (q queryServer) Ledgers(ctx context.Context, r *types.QueryLedgersRequest) (*types.QueryLedgersResponse, error) {
	ledgers, page, err := query.CollectionPaginate(ctx, q.k.ledgers, r.Pagination, value[uint32, types.BankLedger])
	if err != nil {
		return nil, err
	}
	return &types.QueryLedgersResponse{Ledgers: ledgers, Pagination: page}, nil
}

// Deposit returns what a bank booked under a reference, or ErrDepositNotFound.
func (q queryServer) Deposit(ctx context.Context, r *types.QueryDepositRequest) (*types.QueryDepositResponse, error) {
	d, err := get(ctx, q.k.deposits, collections.Join(r.Bank, []byte(r.Reference)),
		errorsmod.Wrapf(types.ErrDepositNotFound, "bank %06d has booked nothing under %q", r.Bank, r.Reference))
	if err != nil {
		return nil, err
	}
	return &types.QueryDepositResponse{Deposit: d}, nil
}

// Withdrawal returns a withdrawal that waits for its bank, or ErrWithdrawalNotFound.
func (q queryServer) Withdrawal(ctx context.Context, r *types.QueryWithdrawalRequest) (*types.QueryWithdrawalResponse, error) {
	w, err := q.k.Withdrawal(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return &types.QueryWithdrawalResponse{Withdrawal: w}, nil
}

// Withdrawals lists the withdrawals that wait, by member and sequence.
func (q queryServer) Withdrawals(ctx context.Context, r *types.QueryWithdrawalsRequest) (*types.QueryWithdrawalsResponse, error) {
	wanted := func(_ string, w types.Withdrawal) (bool, error) {
		return (r.Bank == 0 || w.Bank == r.Bank) && (r.Member == 0 || w.Member == r.Member), nil
	}
	found, page, err := query.CollectionFilteredPaginate(ctx, q.k.withdrawals, r.Pagination, wanted, value[string, types.Withdrawal])
	if err != nil {
		return nil, err
	}
	return &types.QueryWithdrawalsResponse{Withdrawals: found, Pagination: page}, nil
}

// value keeps the value of an entry for a page.
func value[K, V any](_ K, v V) (V, error) { return v, nil }
