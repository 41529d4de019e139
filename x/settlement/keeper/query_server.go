package keeper

import "github.com/shugu-network/shugu/x/settlement/types"

type queryServer struct{ k *Keeper }

// NewQueryServer answers the module's queries.
func NewQueryServer(k *Keeper) types.QueryServer { return queryServer{k} }
