package keeper

import (
	"context"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/recognition/types"
)

// OutboxEntry tells how one record of ours stands at a counterparty. ErrNotFound.
func (q queryServer) OutboxEntry(ctx context.Context, req *types.QueryOutboxEntryRequest) (*types.QueryOutboxEntryResponse, error) {
	e, found, err := find(ctx, q.outbox, keyOf(req.ChainId, req.Kind, req.Id))
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errorsmod.Wrapf(types.ErrNotFound, "%s %.64q was never presented to %.64q", req.Kind, req.Id, req.ChainId)
	}
	return &types.QueryOutboxEntryResponse{Entry: e}, nil
}

// Outbox lists our records at a counterparty.
func (q queryServer) Outbox(ctx context.Context, req *types.QueryOutboxRequest) (*types.QueryOutboxResponse, error) {
	items, page, err := query.CollectionPaginate(ctx, q.outbox, req.Pagination, asIs[recordKey, types.OutboxEntry], ofChain(req.ChainId))
	return &types.QueryOutboxResponse{Entries: items, Pagination: page}, err
}

// Queue lists what waits to be sent, and the backoff.
func (q queryServer) Queue(ctx context.Context, req *types.QueryQueueRequest) (*types.QueryQueueResponse, error) {
	entry := func(place queueKey, _ collections.NoValue) (types.OutboxEntry, error) {
		return q.outbox.Get(ctx, entryOf(place.K1(), place.K4()))
	}
	items, page, err := query.CollectionPaginate(ctx, q.queue, req.Pagination, entry, func(o *query.CollectionsPaginateOptions[queueKey]) {
		prefix := collections.QuadPrefix[string, uint32, int64, string](req.ChainId)
		o.Prefix = &prefix
	})
	if err != nil {
		return nil, err
	}
	res := &types.QueryQueueResponse{Entries: items, Pagination: page}
	backoff, found, err := find(ctx, q.backoffs, req.ChainId)
	if found {
		res.Backoff = &backoff
	}
	return res, err
}
