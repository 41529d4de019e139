package lightclient

import (
	"math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"
)

// States are the consensus states that 07-tendermint clients trust.
type States struct{ stores clienttypes.StoreProvider }

// NewStates reads them where the client keeper has them.
func NewStates(stores clienttypes.StoreProvider) States { return States{stores} }

// Forget deletes the consensus states of a client above a height of its chain that were
// stored here by a height, except one. ibc-go keeps them when it recovers a client. A
// forged one names a set of validators of the forger's own choice, who could go on from
// there with no signature of the true ones; and a true header would contradict a forged
// one and freeze the client again. The work is in the number of updates since the forged one.
func (s States) Forget(ctx sdk.Context, clientID string, above uint64, storedBy int64, except uint64) {
	store := s.stores.ClientStore(ctx, clientID)
	for _, height := range trusted(store, above) {
		if height.GetRevisionHeight() == except {
			continue
		}
		processed, found := ibctm.GetProcessedHeight(store, height)
		if found && processed.GetRevisionHeight() > uint64(storedBy) {
			continue
		}
		store.Delete(host.ConsensusStateKey(height))
		store.Delete(ibctm.ProcessedTimeKey(height))
		store.Delete(ibctm.ProcessedHeightKey(height))
		store.Delete(ibctm.IterationKey(height))
	}
}

// trusted lists the heights above one that a client trusts, whatever their revision. It
// steps over those below, however many updates a client has seen.
func trusted(store storetypes.KVStore, above uint64) []exported.Height {
	var out []exported.Height
	if above == math.MaxUint64 {
		return nil
	}
	for revision, more := uint64(0), true; more; {
		revision, more = trustedIn(store, revision, above, &out)
	}
	return out
}

// trustedIn adds those of a revision, and says which revision comes next, if any.
func trustedIn(store storetypes.KVStore, revision, above uint64, out *[]exported.Height) (next uint64, more bool) {
	end := ibctm.IterationKey(clienttypes.NewHeight(math.MaxUint64, math.MaxUint64))
	it := store.Iterator(ibctm.IterationKey(clienttypes.NewHeight(revision, above+1)), end)
	defer it.Close() //nolint:errcheck // nothing is left to do
	for ; it.Valid(); it.Next() {
		height := ibctm.GetHeightFromIterationKey(it.Key())
		if height.GetRevisionNumber() != revision {
			return height.GetRevisionNumber(), true
		}
		*out = append(*out, height)
	}
	return 0, false
}
