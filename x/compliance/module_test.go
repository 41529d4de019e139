package compliance_test

import (
	"testing"

	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/cosmos/cosmos-sdk/client"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/compliance"
)

// TestCommands: every query has its words, no message has a generated command.
func TestCommands(t *testing.T) {
	module := compliance.NewAppModule(nil)
	server := grpc.NewServer()
	require.NoError(t, module.RegisterServices(server))
	options := module.AutoCLIOptions()
	methods := func(of *autocliv1.ServiceCommandDescriptor, want func(*autocliv1.RpcCommandOptions)) {
		t.Helper()
		described := map[string]bool{}
		for _, o := range of.RpcCommandOptions {
			described[o.RpcMethod] = true
			want(o)
		}
		info, ok := server.GetServiceInfo()[of.Service]
		require.True(t, ok, of.Service)
		require.Len(t, info.Methods, len(described))
		for _, method := range info.Methods {
			require.True(t, described[method.Name], method.Name)
		}
	}
	methods(options.Query, func(o *autocliv1.RpcCommandOptions) {
		require.False(t, o.Skip)
		require.NotEmpty(t, o.Use)
		require.NotEmpty(t, o.Short)
		require.Contains(t, o.Example, "shugud query "+module.Name()+" ")
	})
	methods(options.Tx, func(o *autocliv1.RpcCommandOptions) { require.True(t, o.Skip) })
}

func TestRegistration(t *testing.T) {
	module, f := compliance.AppModule{}, fixture.New(t)
	sdk.RegisterInterfaces(f.Registry)
	module.RegisterInterfaces(f.Registry)
	require.Len(t, f.Registry.ListImplementations(sdk.MsgInterfaceProtoName), 3)
	require.NotPanics(t, func() { module.RegisterGRPCGatewayRoutes(client.Context{}, runtime.NewServeMux()) })
}
