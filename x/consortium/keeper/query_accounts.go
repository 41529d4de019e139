package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Accounts lists the accounts that act for a member.
func (q queryServer) Accounts(ctx context.Context, req *types.QueryAccountsRequest) (*types.QueryAccountsResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	member, err := q.k.Member(ctx, req.Number)
	if err != nil {
		return nil, err
	}
	accounts, err := q.k.addedAccounts(ctx, req.Number)
	if err != nil {
		return nil, err
	}
	return &types.QueryAccountsResponse{Owner: member.Owner, Accounts: accounts}, nil
}

// MemberByCreditCode returns the last member with a credit code.
func (q queryServer) MemberByCreditCode(ctx context.Context, req *types.QueryMemberByCreditCodeRequest) (*types.QueryMemberByCreditCodeResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	number, err := q.k.creditCodes.Get(ctx, req.CreditCode)
	if errors.Is(err, collections.ErrNotFound) {
		return nil, errorsmod.Wrapf(types.ErrMemberNotFound, "there was never a member with credit code %q", req.CreditCode)
	}
	if err != nil {
		return nil, err
	}
	member, err := q.k.Member(ctx, number)
	if err != nil {
		return nil, err
	}
	return &types.QueryMemberByCreditCodeResponse{Member: member}, nil
}
