package voucher_test

import (
	"slices"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/voucher"
	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func newModule(t *testing.T) (*fixture.Fixture, voucher.AppModule, *keeper.Keeper) {
	t.Helper()
	f := fixture.New(t, types.StoreKey, types.StatusStoreKey, types.RequestStoreKey)
	k := keeper.New(keeper.Deps{
		Codec: f.Codec, Address: f.Address, RequestStore: f.Service(types.RequestStoreKey),
		Store: f.Service(types.StoreKey), StatusStore: f.Service(types.StatusStoreKey), Members: fake.NewMembership(),
	})
	return f, voucher.NewAppModule(k), k
}

func TestDefaultGenesisRoundTrip(t *testing.T) {
	f, m, k := newModule(t)
	raw := m.DefaultGenesis(f.Codec)
	require.JSONEq(t, `{"vouchers":[],"details":[],"statuses":[],"counters":[],"params":{"reversal_window":"259200","max_expiries_per_block":200},"requests":[],"failures":[]}`, string(raw))
	require.NoError(t, m.ValidateGenesis(f.Codec, nil, raw))
	m.InitGenesis(f.Ctx, f.Codec, raw)
	require.NoError(t, k.Check(f.Ctx))
	require.Equal(t, string(raw), string(m.ExportGenesis(f.Ctx, f.Codec)))
}

func TestBadGenesisIsRefused(t *testing.T) {
	f, m, _ := newModule(t)
	bad := []byte(`{"counters":[{"seller":1,"day":"261123","next":2}]}`)
	require.ErrorIs(t, m.ValidateGenesis(f.Codec, nil, bad), types.ErrInconsistent)
	require.Error(t, m.ValidateGenesis(f.Codec, nil, []byte(`{`)))
	require.Panics(t, func() { m.InitGenesis(f.Ctx, f.Codec, bad) })
}

// Every query has a command, and no command is left of a query that went.
func TestCommandLineCoversTheQueries(t *testing.T) {
	options := voucher.AppModule{}.AutoCLIOptions()
	require.Len(t, options.Tx.RpcCommandOptions, 5)
	for _, o := range options.Tx.RpcCommandOptions {
		require.True(t, o.Skip, "messages have verbs of their own")
	}
	descriptor, err := proto.HybridResolver.FindDescriptorByName(protoreflect.FullName(options.Query.Service))
	require.NoError(t, err)
	service, ok := descriptor.(protoreflect.ServiceDescriptor)
	require.True(t, ok)
	var queries, commands []string
	for i := range service.Methods().Len() {
		queries = append(queries, string(service.Methods().Get(i).Name()))
	}
	for _, c := range options.Query.RpcCommandOptions {
		commands = append(commands, c.RpcMethod)
		require.NotEmpty(t, c.Short)
		require.NotEmpty(t, c.Example)
	}
	slices.Sort(queries)
	slices.Sort(commands)
	require.Equal(t, queries, commands)
}

func TestRegisterInterfaces(t *testing.T) {
	f := fixture.New(t)
	voucher.AppModule{}.RegisterInterfaces(f.Registry)
	for _, m := range []sdk.Msg{&types.MsgRequestReversal{}, &types.MsgConfirmReversal{}, &types.MsgDeclineReversal{}, &types.MsgWithdrawReversal{}} {
		_, err := f.Registry.Resolve(sdk.MsgTypeURL(m))
		require.NoError(t, err)
	}
}

func TestBeginBlockEndsRequests(t *testing.T) {
	f, m, _ := newModule(t)
	m.InitGenesis(f.Ctx, f.Codec, m.DefaultGenesis(f.Codec))
	require.NoError(t, m.BeginBlock(f.Ctx))
}
