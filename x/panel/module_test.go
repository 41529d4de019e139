package panel_test

import (
	"encoding/json"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/panel"
	"github.com/shugu-network/shugu/x/panel/keeper"
	"github.com/shugu-network/shugu/x/panel/types"
)

func TestModuleLivesThroughABlock(t *testing.T) {
	f := fixture.New(t, types.StoreKey)
	module := panel.NewAppModule(keeper.New(keeper.Deps{Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address}))
	raw := module.DefaultGenesis(f.Codec)
	require.NoError(t, module.ValidateGenesis(f.Codec, nil, raw))
	module.InitGenesis(f.Ctx, f.Codec, raw)
	require.NoError(t, module.BeginBlock(f.Ctx))
	require.Equal(t, string(raw), string(module.ExportGenesis(f.Ctx, f.Codec)))
}

func TestModuleRefusesABadGenesis(t *testing.T) {
	f := fixture.New(t, types.StoreKey)
	module := panel.NewAppModule(keeper.New(keeper.Deps{Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address}))
	bad := json.RawMessage(`{"panels":[]}`)
	require.ErrorIs(t, module.ValidateGenesis(f.Codec, nil, bad), valid.ErrInvalid)
	require.Error(t, module.ValidateGenesis(f.Codec, nil, json.RawMessage(`{"panel":[]}`)), "unknown field")
	require.Panics(t, func() { module.InitGenesis(f.Ctx, f.Codec, bad) })
}

// Every query is described, and no raw message is a command.
func TestCommandLineKnowsEveryMethod(t *testing.T) {
	options := panel.AppModule{}.AutoCLIOptions()
	for _, commands := range []*autocliv1.ServiceCommandDescriptor{options.Query, options.Tx} {
		descriptor, err := proto.HybridResolver.FindDescriptorByName(protoreflect.FullName(commands.Service))
		require.NoError(t, err)
		methods := descriptor.(protoreflect.ServiceDescriptor).Methods()
		require.Len(t, commands.RpcCommandOptions, methods.Len())
		for _, command := range commands.RpcCommandOptions {
			require.NotNil(t, methods.ByName(protoreflect.Name(command.RpcMethod)), command.RpcMethod)
			require.Equal(t, commands == options.Tx, command.Skip)
			if !command.Skip {
				require.NotEmpty(t, command.Short)
				require.NotEmpty(t, command.Example)
			}
		}
	}
}
