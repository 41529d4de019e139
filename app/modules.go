package app

import (
	"slices"

	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authsims "github.com/cosmos/cosmos-sdk/x/auth/simulation"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	ibc "github.com/cosmos/ibc-go/v11/modules/core"
	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibctm "github.com/cosmos/ibc-go/v11/modules/light-clients/07-tendermint"

	"github.com/shugu-network/shugu/x/compliance"
	compliancetypes "github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/consortium"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/panel"
	paneltypes "github.com/shugu-network/shugu/x/panel/types"
	"github.com/shugu-network/shugu/x/product"
	producttypes "github.com/shugu-network/shugu/x/product/types"
	"github.com/shugu-network/shugu/x/recognition"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	"github.com/shugu-network/shugu/x/settlement"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	"github.com/shugu-network/shugu/x/trade"
	tradetypes "github.com/shugu-network/shugu/x/trade/types"
	"github.com/shugu-network/shugu/x/voucher"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

var (
	// beginBlockers: IBC first, then every deadline queue.
	beginBlockers = []string{ibcexported.ModuleName, paneltypes.ModuleName, consortiumtypes.ModuleName, vouchertypes.ModuleName, tradetypes.ModuleName}
	// endBlockers only flush (DESIGN §8.3). Bank is last: what accrues after it in the same block is lost.
	endBlockers = []string{
		tradetypes.ModuleName, settlementtypes.ModuleName, recognitiontypes.ModuleName,
		consortiumtypes.ModuleName, banktypes.ModuleName,
	}
	// genesisOrder is lowest first, so that each module finds what it stands on.
	genesisOrder = []string{
		authtypes.ModuleName, banktypes.ModuleName, consensustypes.ModuleName, upgradetypes.ModuleName,
		ibcexported.ModuleName, ibctm.ModuleName,
		paneltypes.ModuleName, consortiumtypes.ModuleName, compliancetypes.ModuleName, producttypes.ModuleName, settlementtypes.ModuleName,
		vouchertypes.ModuleName, tradetypes.ModuleName, recognitiontypes.ModuleName,
	}
)

// setModules makes the module manager, its orders, and registers services.
func (app *App) setModules() {
	modules := []module.AppModule{ //nolint:staticcheck // what NewManager takes
		auth.NewAppModule(app.Codec, app.Account, authsims.RandomGenesisAccounts, nil),
		bank.NewAppModule(app.Codec, app.Bank, app.Account, nil),
		consensus.NewAppModule(app.Codec, app.Consensus),
		upgrade.NewAppModule(app.Upgrade, app.Account.AddressCodec()),
		ibc.NewAppModule(app.IBC),
		ibctm.NewAppModule(ibctm.NewLightClientModule(app.Codec, app.IBC.ClientKeeper.GetStoreProvider())),
		panel.NewAppModule(app.Panel),
		consortium.NewAppModule(app.Consortium),
		compliance.NewAppModule(app.Compliance),
		product.NewAppModule(app.Product),
		settlement.NewAppModule(app.Settlement),
		voucher.NewAppModule(app.Voucher),
		trade.NewAppModule(app.Trade),
		recognition.NewAppModule(app.Recognition),
	}
	order := slices.Clone(genesisOrder)
	if app.release.Modules != nil {
		for _, more := range app.release.Modules(app) {
			modules, order = append(modules, more), append(order, more.Name())
		}
	}
	app.modules = module.NewManager(modules...)
	app.basics = module.NewBasicManagerFromManager(app.modules, nil)
	app.basics.RegisterLegacyAminoCodec(app.Amino)
	app.basics.RegisterInterfaces(app.Registry)

	app.modules.SetOrderPreBlockers(upgradetypes.ModuleName, authtypes.ModuleName)
	app.modules.SetOrderBeginBlockers(beginBlockers...)
	app.modules.SetOrderEndBlockers(endBlockers...)
	app.modules.SetOrderInitGenesis(order...)
	app.modules.SetOrderExportGenesis(order...)

	app.configurator = module.NewConfigurator(app.Codec, app.MsgServiceRouter(), app.GRPCQueryRouter())
	if err := app.modules.RegisterServices(app.configurator); err != nil {
		panic(err)
	}
	stakingtypes.RegisterQueryServer(app.GRPCQueryRouter(), stakingParams{})
}
