package keeper

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/consortium/types"
)

// Node returns an admitted peer.
func (q queryServer) Node(ctx context.Context, req *types.QueryNodeRequest) (*types.QueryNodeResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	id, err := types.ParseNodeID(req.Id)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	node, err := q.k.Node(ctx, id)
	if err != nil {
		return nil, err
	}
	standing := q.k.NodeStanding(ctx, id, sdk.UnwrapSDKContext(ctx).BlockTime())
	if standing != nil && !errors.Is(standing, types.ErrNodeLapsed) && !errors.Is(standing, types.ErrNodeNotAdmitted) {
		return nil, standing
	}
	return &types.QueryNodeResponse{Node: node, Admitted: standing == nil}, nil
}

// Nodes lists the admitted peers, all or those of one member.
func (q queryServer) Nodes(ctx context.Context, req *types.QueryNodesRequest) (*types.QueryNodesResponse, error) {
	if req == nil {
		return nil, errNoRequest
	}
	var nodes []types.Node
	var page *query.PageResponse
	var err error
	if req.Owner == 0 {
		nodes, page, err = query.CollectionPaginate(ctx, q.k.nodes.nodes, req.Pagination,
			func(_ []byte, node types.Node) (types.Node, error) { return node, nil })
	} else {
		nodes, page, err = query.CollectionPaginate(ctx, q.k.nodes.owners, req.Pagination,
			func(key collections.Pair[uint32, []byte], _ collections.NoValue) (types.Node, error) {
				return q.k.Node(ctx, key.K2())
			},
			query.WithCollectionPaginationPairPrefix[uint32, []byte](req.Owner))
	}
	if err != nil {
		return nil, err
	}
	return &types.QueryNodesResponse{Nodes: nodes, Pagination: page}, nil
}
