package headers

import (
	"context"
	"errors"
	"fmt"

	"github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/headers/types"
)

const setChangesPath = "/shugu.headers.v1.Query/SetChanges"

// maxAnswer is the largest answer that Ask reads, in bytes of protobuf.
const maxAnswer = 16 << 20

// ABCI is another node's RPC, as far as Ask needs it.
type ABCI interface {
	ABCIQueryWithOptions(ctx context.Context, path string, data bytes.HexBytes, opts rpcclient.ABCIQueryOptions) (*ctypes.ResultABCIQuery, error)
}

// Ask asks a node for all set changes from a height on (0: from the first that
// it knows), page by page. Of the node, the first page's answer is returned.
// Nothing is verified.
func Ask(ctx context.Context, node ABCI, since int64) (*types.QuerySetChangesResponse, error) {
	all, err := askPage(ctx, node, since, nil)
	if err != nil {
		return nil, err
	}
	size := 0
	for next := all.Pagination.GetNextKey(); len(next) > 0; {
		page, err := askPage(ctx, node, since, next)
		if err != nil {
			return nil, err
		}
		if size += page.Size(); len(page.Changes) == 0 || size > maxAnswer {
			return nil, errors.New("the node's list of set changes does not end: use a later trust root, or another node")
		}
		all.Changes, next = append(all.Changes, page.Changes...), page.Pagination.GetNextKey()
	}
	return all, nil
}

func askPage(ctx context.Context, node ABCI, since int64, key []byte) (*types.QuerySetChangesResponse, error) {
	req, err := (&types.QuerySetChangesRequest{FromHeight: since, Pagination: &query.PageRequest{Key: key}}).Marshal()
	if err != nil {
		return nil, err
	}
	res, err := node.ABCIQueryWithOptions(ctx, setChangesPath, req, rpcclient.ABCIQueryOptions{})
	if err != nil {
		return nil, fmt.Errorf("ask for the changes of validators: %w", err)
	}
	if !res.Response.IsOK() {
		return nil, fmt.Errorf("ask for the changes of validators since block %d: %s", since, res.Response.Log)
	}
	page := new(types.QuerySetChangesResponse)
	if err := page.Unmarshal(res.Response.Value); err != nil {
		return nil, fmt.Errorf("read the changes of validators: %w", err)
	}
	return page, nil
}
