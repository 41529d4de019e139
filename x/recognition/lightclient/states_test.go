package lightclient_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	host "github.com/cosmos/ibc-go/v11/modules/core/24-host"
	"github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/recognition/lightclient"
)

const client = "07-tendermint-0"

// trusting is a client that trusts heights, all stored here in block 5.
func trusting(t testing.TB, heights ...clienttypes.Height) (sdk.Context, storetypes.KVStore, lightclient.States) {
	t.Helper()
	f := fixture.New(t, exported.StoreKey)
	stores := clienttypes.NewStoreProvider(f.Service(exported.StoreKey))
	store := stores.ClientStore(f.Ctx, client)
	for _, height := range heights {
		store.Set(host.ConsensusStateKey(height), []byte{1})
		ibctm.SetIterationKey(store, height)
		ibctm.SetProcessedHeight(store, height, clienttypes.NewHeight(1, 5))
		ibctm.SetProcessedTime(store, height, 1)
	}
	return f.Ctx, store, lightclient.NewStates(stores)
}

func TestForget(t *testing.T) {
	at := clienttypes.NewHeight
	heights := []clienttypes.Height{at(0, 3), at(0, 9), at(1, 1), at(1, 7), at(1, 8), at(1, 9), at(4, 2), at(4, 8), at(4, 10)}
	for name, c := range map[string]struct {
		above    uint64
		storedBy int64
		except   uint64
		left     []clienttypes.Height
	}{
		"above a height, of every revision": {7, 5, 0, []clienttypes.Height{at(0, 3), at(1, 1), at(1, 7), at(4, 2)}},
		"all but one":                       {0, 5, 8, []clienttypes.Height{at(1, 8), at(4, 8)}},
		"what was stored later stays":       {0, 4, 0, heights},
		"nothing is as high":                {10, 5, 0, heights},
		"nothing can be higher":             {1<<64 - 1, 5, 0, heights},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, store, states := trusting(t, heights...)
			states.Forget(ctx, client, c.above, c.storedBy, c.except)
			var left []clienttypes.Height
			ibctm.IterateConsensusStateAscending(store, func(height exported.Height) bool {
				left = append(left, height.(clienttypes.Height))
				return false
			})
			require.Equal(t, c.left, left)
		})
	}
}

// Anybody may have a client trust one more header a block for as long as its trusting
// period. What lies below a mark costs the council's resolution nothing.
func TestForgetWalksOnlyWhatIsInDoubt(t *testing.T) {
	var heights []clienttypes.Height
	for height := range uint64(5_000) {
		heights = append(heights, clienttypes.NewHeight(1, height+1))
	}
	ctx, _, states := trusting(t, heights...)
	ctx = ctx.WithGasMeter(storetypes.NewInfiniteGasMeter())
	states.Forget(ctx, client, 4_998, 5, 0)
	require.Less(t, ctx.GasMeter().GasConsumed(), uint64(30_000))
}
