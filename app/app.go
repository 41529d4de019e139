// Package app wires the Shugu node: the SDK's auth, bank, consensus and
// upgrade, ibc-go's core and 07-tendermint, and the modules under x/.
package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/baseapp/blockexec"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	nodeservice "github.com/cosmos/cosmos-sdk/client/grpc/node"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/server"
	"github.com/cosmos/cosmos-sdk/server/api"
	"github.com/cosmos/cosmos-sdk/server/config"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
	"github.com/cosmos/cosmos-sdk/version"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"

	"github.com/cosmos/gogoproto/proto"
	ibckeeper "github.com/cosmos/ibc-go/v11/modules/core/keeper"

	headerstypes "github.com/shugu-network/shugu/headers/types"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	paneltypes "github.com/shugu-network/shugu/x/panel/types"
)

// App is the node's state machine.
type App struct {
	*baseapp.BaseApp
	Encoding
	Keepers

	keys         map[string]*storetypes.KVStoreKey
	objects      map[string]*storetypes.ObjectStoreKey
	modules      *module.Manager
	configurator module.Configurator
	basics       module.BasicManager
	release      Release
	peers        peerFilter
}

var _ servertypes.Application = (*App)(nil)

// New builds the application of ThisRelease over a database. With load it opens the latest
// committed version. Wiring errors panic: they are the programmer's.
func New(logger log.Logger, db dbm.DB, load bool, options servertypes.AppOptions, baseOptions ...func(*baseapp.BaseApp)) *App {
	return NewOf(ThisRelease(), logger, db, load, options, baseOptions...)
}

// NewOf is New of a release.
func NewOf(release Release, logger log.Logger, db dbm.DB, load bool, options servertypes.AppOptions, baseOptions ...func(*baseapp.BaseApp)) *App {
	encoding := newEncoding()
	base := baseapp.NewBaseApp(Name, logger, db, encoding.TxConfig.TxDecoder(), baseOptions...)
	base.SetVersion(version.Version)
	base.SetInterfaceRegistry(encoding.Registry)
	base.SetTxEncoder(encoding.TxConfig.TxEncoder())

	app := &App{BaseApp: base, Encoding: encoding, release: release, objects: newObjectKeys()}
	app.keys = newStoreKeys(app.StoreNames())
	app.Keepers = newKeepers(app, logger, options)
	app.SetPeerAuthority(app.Consortium, consortiumtypes.ErrNodeNotAdmitted, consortiumtypes.ErrNodeLapsed)
	app.setIBCRoutes()
	app.setModules()
	app.setUpgrades(db)

	app.MountKVStores(app.keys)
	app.MountObjectStores(app.objects)
	app.SetInitChainer(app.initChain)
	app.SetPreBlocker(app.preBlock)
	app.SetBeginBlocker(app.modules.BeginBlock)
	app.SetEndBlocker(app.modules.EndBlock)
	app.SetAnteHandler(newAnteHandler(app.Account, app.Consortium, app.Consortium, encoding.TxConfig.SignModeHandler(), app.IBC))
	block := proposals{encoding.TxConfig.TxDecoder()}
	app.SetPrepareProposal(block.prepare)
	app.SetProcessProposal(block.process)
	blockexec.Apply(base, options, app.executorStores(), encoding.TxConfig.TxDecoder(),
		func(storetypes.MultiStore) string { return Denom },
		blockexec.WithRunnerWrap(func(r sdk.TxRunner) sdk.TxRunner { return evenRunner{r, encoding.TxConfig.TxDecoder()} }))

	if err := validateAnnotations(); err != nil {
		panic(err)
	}
	if load {
		if err := app.LoadLatestVersion(); err != nil {
			panic(fmt.Errorf("open the latest version of the state: %w", err))
		}
	}
	return app
}

// validateAnnotations checks that every message names its signer.
func validateAnnotations() error {
	files, err := proto.MergedRegistry()
	if err != nil {
		return err
	}
	return msgservice.ValidateProtoAnnotations(files)
}

// executorStores are all stores that a transaction can touch, for the
// Block-STM executor, in a fixed order.
func (app *App) executorStores() []storetypes.StoreKey {
	var stores []storetypes.StoreKey
	for _, name := range app.StoreNames() {
		stores = append(stores, app.keys[name])
	}
	for _, name := range objectNames {
		stores = append(stores, app.objects[name])
	}
	return stores
}

// Key returns the key of a store by its name; nil when there is none.
func (app *App) Key(name string) *storetypes.KVStoreKey { return app.keys[name] }

// StoreNames lists the application's stores.
func (app *App) StoreNames() []string { return slices.Concat(storeNames, app.release.Stores) }

// Basics are the modules without their keepers: codecs, genesis, gateways.
func (app *App) Basics() module.BasicManager { return app.basics }

// Modules is the module manager.
func (app *App) Modules() *module.Manager { return app.modules }

// RegisterAPIRoutes implements servertypes.Application.
func (app *App) RegisterAPIRoutes(server *api.Server, _ config.APIConfig) {
	authtx.RegisterGRPCGatewayRoutes(server.ClientCtx, server.GRPCGatewayRouter)
	cmtservice.RegisterGRPCGatewayRoutes(server.ClientCtx, server.GRPCGatewayRouter)
	nodeservice.RegisterGRPCGatewayRoutes(server.ClientCtx, server.GRPCGatewayRouter)
	app.basics.RegisterGRPCGatewayRoutes(server.ClientCtx, server.GRPCGatewayRouter)
	if err := headerstypes.RegisterQueryHandlerClient(context.Background(), server.GRPCGatewayRouter, headerstypes.NewQueryClient(server.ClientCtx)); err != nil {
		panic(err)
	}
}

// RegisterTxService implements servertypes.Application.
func (app *App) RegisterTxService(ctx client.Context) {
	authtx.RegisterTxService(app.GRPCQueryRouter(), ctx, app.Simulate, app.Registry)
}

// RegisterTendermintService implements servertypes.Application.
func (app *App) RegisterTendermintService(ctx client.Context) {
	cmtservice.RegisterTendermintService(ctx, app.GRPCQueryRouter(), app.Registry, server.NewCometABCIWrapper(app).Query)
}

// RegisterNodeService implements servertypes.Application.
func (app *App) RegisterNodeService(ctx client.Context, cfg config.Config) {
	nodeservice.RegisterNodeService(ctx, app.GRPCQueryRouter(), cfg, func() int64 {
		return app.CommitMultiStore().EarliestVersion()
	})
}

// GetBaseApp, GetIBCKeeper and GetTxConfig make the application one that
// ibc-go's testing package can drive.
func (app *App) GetBaseApp() *baseapp.BaseApp { return app.BaseApp }

// GetIBCKeeper returns ibc-go's core keeper.
func (app *App) GetIBCKeeper() *ibckeeper.Keeper { return app.IBC }

// AppCodec returns the codec.
func (app *App) AppCodec() codec.Codec { return app.Codec }

// GetTxConfig returns the transaction encoding.
func (app *App) GetTxConfig() client.TxConfig { return app.TxConfig }

// Denom is the one denomination that trades use: 1 CNY = 100 fen.
const Denom = "fen"

// blockedAddresses may not receive coins by messages: all module accounts, and
// those of the panels of genesis. (No message moves fen to an account in any case.)
func blockedAddresses() map[string]bool {
	blocked := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(modulePermissions)) {
		blocked[moduleAddress(name)] = true
	}
	for _, panel := range paneltypes.DefaultPanels() {
		blocked[PanelAddress(panel.Name)] = true
	}
	return blocked
}
