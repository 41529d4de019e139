package recognition_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	autocliv1 "cosmossdk.io/api/cosmos/autocli/v1"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/cosmos/ibc-go/v11/modules/core/exported"

	"github.com/shugu-network/shugu/x/recognition"
	"github.com/shugu-network/shugu/x/recognition/internal/world"
	"github.com/shugu-network/shugu/x/recognition/types"
)

// wrapper is a middleware that only sends.
type wrapper struct{ *world.IBC }

func (*wrapper) WriteAcknowledgement(sdk.Context, exported.PacketI, exported.Acknowledgement) error {
	return nil
}

func (*wrapper) GetAppVersion(sdk.Context, string, string) (string, bool) {
	return types.ChannelVersion, true
}

func TestModuleGenesis(t *testing.T) {
	w := world.New(t, world.Home)
	m := recognition.NewAppModule(w.Keeper)
	genesis := m.DefaultGenesis(w.Codec)
	require.NoError(t, m.ValidateGenesis(w.Codec, nil, genesis))
	m.InitGenesis(w.Ctx, w.Codec, genesis)
	require.Equal(t, string(genesis), string(m.ExportGenesis(w.Ctx, w.Codec)))
	require.Error(t, m.ValidateGenesis(w.Codec, nil, []byte(`{"params":{"max_packets_per_block":0}}`)))
	require.Error(t, m.ValidateGenesis(w.Codec, nil, []byte(`{"unknown":1}`)))
	require.Panics(t, func() { m.InitGenesis(w.Ctx, w.Codec, []byte(`{}`)) })
}

// Every method is described or left out on purpose.
func TestAutoCLIOptions(t *testing.T) {
	options := recognition.AppModule{}.AutoCLIOptions()
	for _, service := range []*autocliv1.ServiceCommandDescriptor{options.Tx, options.Query} {
		descriptor, err := proto.HybridResolver.FindDescriptorByName(protoreflect.FullName(service.Service))
		require.NoError(t, err)
		methods := descriptor.(protoreflect.ServiceDescriptor).Methods()
		require.Len(t, service.RpcCommandOptions, methods.Len())
		for _, o := range service.RpcCommandOptions {
			method := methods.ByName(protoreflect.Name(o.RpcMethod))
			require.NotNil(t, method, o.RpcMethod)
			for _, arg := range o.PositionalArgs {
				require.NotNil(t, method.Input().Fields().ByName(protoreflect.Name(arg.ProtoField)), "%s %s", o.RpcMethod, arg.ProtoField)
			}
			require.True(t, o.Skip || o.Short != "" && o.Example != "", o.RpcMethod)
		}
	}
}
