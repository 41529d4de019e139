package consortium_test

import (
	"encoding/json"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/consortium"
	"github.com/shugu-network/shugu/x/consortium/keeper"
	"github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

func newModule(t *testing.T) (*fixture.Fixture, consortium.AppModule) {
	t.Helper()
	f := fixture.New(t, types.StoreKey)
	return f, consortium.NewAppModule(keeper.New(keeper.Deps{Codec: f.Codec, Store: f.Service(types.StoreKey), Address: f.Address}))
}

func genesisJSON(f *fixture.Fixture) json.RawMessage {
	return f.Codec.MustMarshalJSON(&types.GenesisState{
		Params: types.DefaultParams(),
		Members: []types.Member{{
			Number: 1, Owner: keys.Bech32("hangzhou"), Name: "杭州数据交易所", CreditCode: "91330100MA00000001", Region: "3301",
			Roles: []types.Role{types.ROLE_EXCHANGE}, Status: types.MEMBER_STATUS_ACTIVE,
		}},
		Seats:      []types.Seat{{Member: 1, Moniker: "hangzhou", ConsensusKey: keys.Validator("hangzhou").PubKey().Bytes()}},
		NextMember: 2,
	})
}

func TestModuleLivesThroughABlock(t *testing.T) {
	f, module := newModule(t)
	raw := genesisJSON(f)
	require.NoError(t, module.ValidateGenesis(f.Codec, nil, raw))
	updates := module.InitGenesis(f.Ctx, f.Codec, raw)
	require.Len(t, updates, 1)
	require.EqualValues(t, 10, updates[0].Power)
	require.NoError(t, module.BeginBlock(f.Ctx))
	updates, err := module.EndBlock(f.Ctx)
	require.NoError(t, err)
	require.Empty(t, updates)
	exported := module.ExportGenesis(f.Ctx, f.Codec)
	require.NoError(t, module.ValidateGenesis(f.Codec, nil, exported))

	f, module = newModule(t)
	require.Len(t, module.InitGenesis(f.Ctx, f.Codec, exported), 1)
	require.Equal(t, string(exported), string(module.ExportGenesis(f.Ctx, f.Codec)))
}

func TestModuleRefusesABadGenesis(t *testing.T) {
	f, module := newModule(t)
	require.ErrorIs(t, module.ValidateGenesis(f.Codec, nil, module.DefaultGenesis(f.Codec)), valid.ErrInvalid)
	require.Error(t, module.ValidateGenesis(f.Codec, nil, json.RawMessage(`{"seat":[]}`)), "unknown field")
	require.Panics(t, func() { module.InitGenesis(f.Ctx, f.Codec, module.DefaultGenesis(f.Codec)) })
}

// Every query is described, and no raw message is a command.
func TestCommandLineKnowsEveryMethod(t *testing.T) {
	options := consortium.AppModule{}.AutoCLIOptions()
	for _, commands := range []*autocliv1.ServiceCommandDescriptor{options.Query, options.Tx} {
		descriptor, err := proto.HybridResolver.FindDescriptorByName(protoreflect.FullName(commands.Service))
		require.NoError(t, err)
		methods := descriptor.(protoreflect.ServiceDescriptor).Methods()
		require.Len(t, commands.RpcCommandOptions, methods.Len())
		for _, command := range commands.RpcCommandOptions {
			require.NotNil(t, methods.ByName(protoreflect.Name(command.RpcMethod)), command.RpcMethod)
			if !command.Skip {
				require.NotEmpty(t, command.Short)
				require.NotEmpty(t, command.Example)
			}
		}
	}
}
