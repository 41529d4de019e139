package voucher

import (
	"context"
	"encoding/json"
	"fmt"

	gwruntime "github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/shugu-network/shugu/x/voucher/keeper"
	"github.com/shugu-network/shugu/x/voucher/types"
)

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasGenesis          = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
	_ appmodule.HasServices      = AppModule{}
	_ appmodule.HasBeginBlocker  = AppModule{}
)

// AppModule is the module as the application sees it.
type AppModule struct{ keeper *keeper.Keeper }

// NewAppModule wraps a keeper.
func NewAppModule(k *keeper.Keeper) AppModule { return AppModule{keeper: k} }

// Name is the module's name.
func (AppModule) Name() string { return types.ModuleName }

// IsAppModule marks the type.
func (AppModule) IsAppModule() {}

// IsOnePerModuleType marks the type.
func (AppModule) IsOnePerModuleType() {}

// ConsensusVersion grows with every change of the state's meaning or layout.
func (AppModule) ConsensusVersion() uint64 { return 1 }

// RegisterLegacyAminoCodec registers nothing: there is no amino here.
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino) {}

// RegisterInterfaces makes the messages known.
func (AppModule) RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	types.RegisterInterfaces(registry)
}

// RegisterGRPCGatewayRoutes serves the queries over HTTP.
func (AppModule) RegisterGRPCGatewayRoutes(ctx client.Context, mux *gwruntime.ServeMux) {
	if err := types.RegisterQueryHandlerClient(context.Background(), mux, types.NewQueryClient(ctx)); err != nil {
		panic(err)
	}
}

// RegisterServices serves messages and queries.
func (am AppModule) RegisterServices(registrar grpc.ServiceRegistrar) error {
	types.RegisterMsgServer(registrar, keeper.NewMsgServer(am.keeper))
	types.RegisterQueryServer(registrar, keeper.NewQueryServer(am.keeper))
	return nil
}

// DefaultGenesis is an empty state with the default parameters; importing it writes the sentinels.
func (AppModule) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(types.DefaultGenesis())
}

// ValidateGenesis checks a state without writing it.
func (AppModule) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	g, err := parse(cdc, raw)
	if err != nil {
		return err
	}
	return g.Validate()
}

// InitGenesis writes a state; it panics when the state is invalid, which stops the start of the chain.
func (am AppModule) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) {
	g, err := parse(cdc, raw)
	if err != nil {
		panic(err)
	}
	if err := am.keeper.InitGenesis(ctx, g); err != nil {
		panic(err)
	}
}

// ExportGenesis reads the whole state; it panics when a record cannot be read.
func (am AppModule) ExportGenesis(ctx sdk.Context, cdc codec.JSONCodec) json.RawMessage {
	g, err := am.keeper.ExportGenesis(ctx)
	if err != nil {
		panic(err)
	}
	return cdc.MustMarshalJSON(&g)
}

// BeginBlock ends the requests that nobody answered in time.
func (am AppModule) BeginBlock(ctx context.Context) error { return am.keeper.BeginBlock(ctx) }

func parse(cdc codec.JSONCodec, raw json.RawMessage) (types.GenesisState, error) {
	var g types.GenesisState
	if err := cdc.UnmarshalJSON(raw, &g); err != nil {
		return types.GenesisState{}, fmt.Errorf("%s genesis: %w", types.ModuleName, err)
	}
	return g, nil
}
