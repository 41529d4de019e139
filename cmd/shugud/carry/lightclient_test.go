package carry_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/testutil"
	sdk "github.com/cosmos/cosmos-sdk/types"

	clienttypes "github.com/cosmos/ibc-go/v11/modules/core/02-client/types"
	commitmenttypes "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types"
	commitmenttypesv2 "github.com/cosmos/ibc-go/v11/modules/core/23-commitment/types/v2"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/cmd/shugud/carry"
	"github.com/shugu-network/shugu/verify"
	"github.com/shugu-network/shugu/verify/verifytest"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

const clientID = "07-tendermint-0"

// newLightClient is ibc-go's own, with what it trusts at first.
func newLightClient(t *testing.T, now time.Time, height uint64, trusted *ibctm.ConsensusState) (ibctm.LightClientModule, sdk.Context) {
	t.Helper()
	registry := codectypes.NewInterfaceRegistry()
	clienttypes.RegisterInterfaces(registry)
	ibctm.RegisterInterfaces(registry)
	cdc, key := codec.NewProtoCodec(registry), storetypes.NewKVStoreKey("ibc")
	ctx := testutil.DefaultContext(key, storetypes.NewTransientStoreKey("transient")).WithBlockTime(now).WithBlockHeight(9)
	module := ibctm.NewLightClientModule(cdc, clienttypes.NewStoreProvider(runtime.NewKVStoreService(key)))
	state := ibctm.NewClientState(verifytest.ChainID, ibctm.DefaultTrustLevel, time.Hour, 3*time.Hour, time.Minute,
		clienttypes.NewHeight(1, height), commitmenttypes.GetSDKSpecs(), []string{"upgrade"})
	require.NoError(t, module.Initialize(ctx, clientID, cdc.MustMarshal(state), cdc.MustMarshal(trusted)))
	return module, ctx
}

// ibc-go's own light client follows the updates over two changes of validators, and
// proves what the messages carry.
func TestTheLightClientFollowsAndProves(t *testing.T) {
	w, batch := changed(t, 1)
	trusted := states{2: stateOf(2, setA)}
	module, ctx := newLightClient(t, w.Header.Time.Add(time.Minute), 2, trusted[2])
	plan, err := batch.Updates(t.Context(), trusted.client(ctx.BlockTime()))
	require.NoError(t, err)
	require.Len(t, plan.Headers, 2)
	for _, header := range plan.Headers {
		require.NoError(t, module.VerifyClientMessage(ctx, clientID, header))
		require.False(t, module.CheckForMisbehaviour(ctx, clientID, header))
		module.UpdateState(ctx, clientID, header)
	}
	msg, err := batch.Recognize("shugu1someone")
	require.NoError(t, err)
	at := clienttypes.NewHeight(1, msg.ProofHeight)
	require.Len(t, msg.Vouchers, 1)
	v := msg.Vouchers[0]
	path := commitmenttypesv2.NewMerklePath([]byte(voucher.StoreKey), voucher.VoucherKey(v.Status.Number))
	require.NoError(t, module.VerifyMembership(ctx, clientID, at, 0, 0, v.VoucherProof, path, v.Voucher))
	path = commitmenttypesv2.NewMerklePath([]byte(voucher.StatusStoreKey), voucher.StatusKey(v.Status.Number))
	require.NoError(t, module.VerifyNonMembership(ctx, clientID, at, 0, 0, v.Status.Proof, path))
}

// Another block of a height that it knows, signed by the same validators: what the plan
// calls a conflict, the light client takes for misbehaviour.
func TestTheLightClientTakesAConflictForMisbehaviour(t *testing.T) {
	w, batch := changed(t, 9)
	trusted := states{9: stateOf(9, setC)}
	module, ctx := newLightClient(t, w.Header.Time.Add(time.Minute), 9, trusted[9])
	first, err := batch.Updates(t.Context(), trusted.client(ctx.BlockTime()))
	require.NoError(t, err)
	require.NoError(t, module.VerifyClientMessage(ctx, clientID, first.Headers[0]))
	module.UpdateState(ctx, clientID, first.Headers[0])

	other := *w.Header
	other.Time = other.Time.Add(time.Millisecond)
	b := bundle(t, w, w.Blue[0], setC)
	b.Signed = verifytest.Signed(t, &other, verifytest.Sign(&other, setC, nil))
	second, err := carry.NewBatch([]*verify.Bundle{b})
	require.NoError(t, err)
	trusted[11] = stateOf(11, setC)
	trusted[11].Root = commitmenttypes.NewMerkleRoot(w.Header.AppHash)
	conflict, err := second.Updates(t.Context(), trusted.client(ctx.BlockTime()))
	require.NoError(t, err)
	require.Contains(t, conflict.Conflict, "another header of the same height 11")
	require.Len(t, conflict.Headers, 1)
	require.NoError(t, module.VerifyClientMessage(ctx, clientID, conflict.Headers[0]))
	require.True(t, module.CheckForMisbehaviour(ctx, clientID, conflict.Headers[0]))
}
