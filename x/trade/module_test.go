package trade_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/trade"
	"github.com/shugu-network/shugu/x/trade/keeper"
	"github.com/shugu-network/shugu/x/trade/types"
)

func newModule(t *testing.T) (*fixture.Fixture, trade.AppModule) {
	t.Helper()
	f := fixture.New(t, types.StoreKey)
	return f, trade.NewAppModule(keeper.New(keeper.Deps{Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address}))
}

func TestDefaultGenesisGoesRound(t *testing.T) {
	f, m := newModule(t)
	genesis := m.DefaultGenesis(f.Codec)
	require.NoError(t, m.ValidateGenesis(f.Codec, nil, genesis))
	m.InitGenesis(f.Ctx, f.Codec, genesis)
	require.Equal(t, string(genesis), string(m.ExportGenesis(f.Ctx, f.Codec)))
	require.NoError(t, m.BeginBlock(f.Ctx))
}

func TestBadGenesisIsRefused(t *testing.T) {
	f, m := newModule(t)
	for _, genesis := range []string{`{}`, `{"unknown":1}`, `nonsense`} {
		require.Error(t, m.ValidateGenesis(f.Codec, nil, []byte(genesis)), genesis)
		require.Panics(t, func() { m.InitGenesis(f.Ctx, f.Codec, []byte(genesis)) }, genesis)
	}
}

func TestMessagesAreRegistered(t *testing.T) {
	f, m := newModule(t)
	m.RegisterInterfaces(f.Registry)
	for _, name := range []string{"Quote", "Agree", "Fund", "Deliver", "Accept", "Cancel"} {
		_, err := f.Registry.Resolve("/shugu.trade.v1.Msg" + name)
		require.NoError(t, err)
	}
}

// services collects what a module serves.
type services map[string][]string

func (s services) RegisterService(d *grpc.ServiceDesc, _ any) {
	for _, m := range d.Methods {
		s[d.ServiceName] = append(s[d.ServiceName], m.MethodName)
	}
}

// The command line describes every query and leaves every message to the hand-made verbs.
func TestCommandLineDescribesEveryMethod(t *testing.T) {
	_, m := newModule(t)
	served := services{}
	require.NoError(t, m.RegisterServices(served))
	options := m.AutoCLIOptions()
	var queries, messages []string
	for _, o := range options.Query.RpcCommandOptions {
		require.NotEmpty(t, o.Short, o.RpcMethod)
		require.NotEmpty(t, o.Example, o.RpcMethod)
		queries = append(queries, o.RpcMethod)
	}
	for _, o := range options.Tx.RpcCommandOptions {
		require.True(t, o.Skip, o.RpcMethod)
		messages = append(messages, o.RpcMethod)
	}
	require.ElementsMatch(t, served[options.Query.Service], queries)
	require.ElementsMatch(t, served[options.Tx.Service], messages)
}
