package keeper

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/shugu-network/shugu/x/product/types"
)

type queryServer struct{ k *Keeper }

// NewQueryServer answers the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }

// badRequest tells the asker that the question is wrong.
func badRequest(err error) error { return status.Error(codes.InvalidArgument, err.Error()) }

// prefixed restricts a page to the keys that start with prefix, when it is wanted.
func prefixed[K any](wanted bool, prefix K) func(*query.CollectionsPaginateOptions[K]) {
	return func(o *query.CollectionsPaginateOptions[K]) {
		if wanted {
			o.Prefix = &prefix
		}
	}
}
