package keeper

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Member returns the member with a number.
func (q queryServer) Member(ctx context.Context, req *types.QueryMemberRequest) (*types.QueryMemberResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	member, err := q.k.Member(ctx, req.Number)
	if err != nil {
		return nil, err
	}
	return &types.QueryMemberResponse{Member: member}, nil
}

// MemberByAddress returns the member that an account acts for.
func (q queryServer) MemberByAddress(ctx context.Context, req *types.QueryMemberByAddressRequest) (*types.QueryMemberByAddressResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	account, err := q.k.account("address", req.Address)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	member, err := q.k.MemberOf(ctx, account)
	if err != nil {
		return nil, err
	}
	return &types.QueryMemberByAddressResponse{Member: member}, nil
}

// Members lists the members, all or those with one role.
func (q queryServer) Members(ctx context.Context, req *types.QueryMembersRequest) (*types.QueryMembersResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	var members []types.Member
	var page *query.PageResponse
	var err error
	if req.Role == types.ROLE_UNSPECIFIED {
		members, page, err = query.CollectionPaginate(ctx, q.k.members, req.Pagination,
			func(_ uint32, member types.Member) (types.Member, error) { return member, nil })
	} else {
		members, page, err = query.CollectionPaginate(ctx, q.k.roles, req.Pagination,
			func(key roleKey, _ collections.NoValue) (types.Member, error) { return q.k.Member(ctx, key.K3()) },
			func(o *query.CollectionsPaginateOptions[roleKey]) {
				prefix := collections.TriplePrefix[uint32, uint32, uint32](uint32(req.Role))
				o.Prefix = &prefix
			})
	}
	if err != nil {
		return nil, err
	}
	return &types.QueryMembersResponse{Members: members, Pagination: page}, nil
}

// MemberHistory lists what happened to a member, oldest first.
func (q queryServer) MemberHistory(ctx context.Context, req *types.QueryMemberHistoryRequest) (*types.QueryMemberHistoryResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	if _, err := q.k.Member(ctx, req.Number); err != nil {
		return nil, err
	}
	changes, page, err := query.CollectionPaginate(ctx, q.k.history, req.Pagination,
		func(_ changeKey, change types.MemberChange) (types.MemberChange, error) { return change, nil },
		func(o *query.CollectionsPaginateOptions[changeKey]) {
			prefix := collections.TriplePrefix[uint32, uint64, uint32](req.Number)
			o.Prefix = &prefix
		})
	if err != nil {
		return nil, err
	}
	return &types.QueryMemberHistoryResponse{Changes: changes, Pagination: page}, nil
}
