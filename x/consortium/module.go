package consortium

import (
	"context"
	"encoding/json"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	gwruntime "github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/shugu-network/shugu/x/consortium/keeper"
	"github.com/shugu-network/shugu/x/consortium/types"
)

// ConsensusVersion grows with every change of the state's form.
const ConsensusVersion = 1

var (
	_ module.AppModuleBasic      = AppModule{}
	_ module.HasABCIGenesis      = AppModule{}
	_ module.HasABCIEndBlock     = AppModule{}
	_ module.HasConsensusVersion = AppModule{}
	_ appmodule.HasServices      = AppModule{}
	_ appmodule.HasBeginBlocker  = AppModule{}
)

// AppModule is the module as the application sees it.
type AppModule struct{ keeper *keeper.Keeper }

// NewAppModule makes the module of a keeper.
func NewAppModule(k *keeper.Keeper) AppModule { return AppModule{keeper: k} }

// IsOnePerModuleType marks the module for the module manager.
func (AppModule) IsOnePerModuleType() {}

// IsAppModule marks the module for the module manager.
func (AppModule) IsAppModule() {}

// Name returns the module's name.
func (AppModule) Name() string { return types.ModuleName }

// ConsensusVersion returns ConsensusVersion.
func (AppModule) ConsensusVersion() uint64 { return ConsensusVersion }

// RegisterLegacyAminoCodec registers nothing: there is no amino here.
func (AppModule) RegisterLegacyAminoCodec(*codec.LegacyAmino) {}

// RegisterInterfaces registers the messages.
func (AppModule) RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	types.RegisterInterfaces(registry)
}

// RegisterGRPCGatewayRoutes registers the queries' HTTP routes.
func (AppModule) RegisterGRPCGatewayRoutes(clientCtx client.Context, mux *gwruntime.ServeMux) {
	if err := types.RegisterQueryHandlerClient(context.Background(), mux, types.NewQueryClient(clientCtx)); err != nil {
		panic(err)
	}
}

// RegisterServices registers messages and queries.
func (am AppModule) RegisterServices(registrar grpc.ServiceRegistrar) error {
	types.RegisterMsgServer(registrar, keeper.NewMsgServer(am.keeper))
	types.RegisterQueryServer(registrar, keeper.NewQueryServer(am.keeper))
	return nil
}

// DefaultGenesis returns types.DefaultGenesis.
func (AppModule) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(types.DefaultGenesis())
}

// ValidateGenesis checks a genesis without state.
func (AppModule) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	var g types.GenesisState
	if err := cdc.UnmarshalJSON(raw, &g); err != nil {
		return fmt.Errorf("genesis of %s: %w", types.ModuleName, err)
	}
	return g.Validate()
}

// InitGenesis writes a genesis and returns the first validators. It panics on a
// genesis that does not validate, as a chain cannot start from it.
func (am AppModule) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) []abci.ValidatorUpdate {
	var g types.GenesisState
	cdc.MustUnmarshalJSON(raw, &g)
	updates, err := am.keeper.InitGenesis(ctx, &g)
	if err != nil {
		panic(fmt.Errorf("genesis of %s: %w", types.ModuleName, err))
	}
	return updates
}

// ExportGenesis returns the state. It panics when the store cannot be read.
func (am AppModule) ExportGenesis(ctx sdk.Context, cdc codec.JSONCodec) json.RawMessage {
	g, err := am.keeper.ExportGenesis(ctx)
	if err != nil {
		panic(fmt.Errorf("export of %s: %w", types.ModuleName, err))
	}
	return cdc.MustMarshalJSON(g)
}

// BeginBlock forgets the nonces of expired applications and does what is due for the validator seats.
func (am AppModule) BeginBlock(ctx context.Context) error {
	if err := am.keeper.Prune(ctx); err != nil {
		return err
	}
	return am.keeper.BeginSeats(ctx)
}

// EndBlock returns the changes of the validator set.
func (am AppModule) EndBlock(ctx context.Context) ([]abci.ValidatorUpdate, error) {
	return am.keeper.ValidatorUpdates(ctx)
}
