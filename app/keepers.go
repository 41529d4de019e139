package app

import (
	"github.com/spf13/cast"

	corestore "cosmossdk.io/core/store"
	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client/flags"
	addresscodec "github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	servertypes "github.com/cosmos/cosmos-sdk/server/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	ibcexported "github.com/cosmos/ibc-go/v11/modules/core/exported"
	ibckeeper "github.com/cosmos/ibc-go/v11/modules/core/keeper"

	compliancekeeper "github.com/shugu-network/shugu/x/compliance/keeper"
	compliancetypes "github.com/shugu-network/shugu/x/compliance/types"
	consortiumkeeper "github.com/shugu-network/shugu/x/consortium/keeper"
	consortiumtypes "github.com/shugu-network/shugu/x/consortium/types"
	panelkeeper "github.com/shugu-network/shugu/x/panel/keeper"
	paneltypes "github.com/shugu-network/shugu/x/panel/types"
	productkeeper "github.com/shugu-network/shugu/x/product/keeper"
	producttypes "github.com/shugu-network/shugu/x/product/types"
	recognitionkeeper "github.com/shugu-network/shugu/x/recognition/keeper"
	"github.com/shugu-network/shugu/x/recognition/lightclient"
	recognitiontypes "github.com/shugu-network/shugu/x/recognition/types"
	settlementkeeper "github.com/shugu-network/shugu/x/settlement/keeper"
	settlementtypes "github.com/shugu-network/shugu/x/settlement/types"
	tradekeeper "github.com/shugu-network/shugu/x/trade/keeper"
	tradetypes "github.com/shugu-network/shugu/x/trade/types"
	voucherkeeper "github.com/shugu-network/shugu/x/voucher/keeper"
	vouchertypes "github.com/shugu-network/shugu/x/voucher/types"
)

// Keepers are the modules' keepers, lowest first.
type Keepers struct {
	Account     authkeeper.AccountKeeper
	Bank        bankkeeper.BaseKeeper
	Consensus   consensuskeeper.Keeper
	Upgrade     *upgradekeeper.Keeper
	IBC         *ibckeeper.Keeper
	Panel       *panelkeeper.Keeper
	Consortium  *consortiumkeeper.Keeper
	Compliance  *compliancekeeper.Keeper
	Product     *productkeeper.Keeper
	Settlement  *settlementkeeper.Keeper
	Voucher     *voucherkeeper.Keeper
	Trade       *tradekeeper.Keeper
	Recognition *recognitionkeeper.Keeper
}

var (
	// storeNames are the stores under the application hash. Those of voucher,
	// voucherstatus and settlement are read by courts and other chains.
	storeNames = []string{
		authtypes.StoreKey, banktypes.StoreKey, consensustypes.StoreKey, upgradetypes.StoreKey, ibcexported.StoreKey,
		paneltypes.StoreKey, consortiumtypes.StoreKey, compliancetypes.StoreKey, producttypes.StoreKey, settlementtypes.StoreKey, settlementtypes.ClawBackStoreKey,
		vouchertypes.StoreKey, vouchertypes.StatusStoreKey, vouchertypes.RequestStoreKey, tradetypes.StoreKey, recognitiontypes.StoreKey,
	}
	// objectNames are the stores that last a block and are not under the hash.
	objectNames = []string{banktypes.ObjectStoreKey, settlementtypes.ObjectStoreKey}
	// modulePermissions are the module accounts and what they may do with coins.
	modulePermissions = map[string][]string{
		authtypes.FeeCollectorName: nil,
		settlementtypes.ModuleName: {authtypes.Minter, authtypes.Burner},
	}
)

// newStoreKeys makes the keys one by one: the SDK's helper refuses names of which
// one begins with another, voucher and voucherstatus, though on disk a "/" parts them.
func newStoreKeys(names []string) map[string]*storetypes.KVStoreKey {
	keys := make(map[string]*storetypes.KVStoreKey, len(names))
	for _, name := range names {
		keys[name] = storetypes.NewKVStoreKey(name)
	}
	return keys
}

func newObjectKeys() map[string]*storetypes.ObjectStoreKey {
	return storetypes.NewObjectStoreKeys(objectNames...)
}

func moduleAddress(name string) string { return authtypes.NewModuleAddress(name).String() }

// PanelAddress is the Bech32 account of a panel. The council's is the authority of every module.
func PanelAddress(name string) string { return paneltypes.Account(name).String() }

// newKeepers builds the keepers, each with what stands below it, and then
// joins the two seams that point upwards.
func newKeepers(app *App, logger log.Logger, options servertypes.AppOptions) (k Keepers) {
	var (
		cdc       = app.Codec
		accounts  = addresscodec.NewBech32Codec(Bech32Prefix)
		authority = PanelAddress(paneltypes.Council)
		store     = func(name string) corestore.KVStoreService { return runtime.NewKVStoreService(app.keys[name]) }
	)
	k.Consensus = consensuskeeper.NewKeeper(cdc, store(consensustypes.StoreKey), authority, runtime.EventService{})
	app.SetParamStore(k.Consensus.ParamsStore)
	k.Account = authkeeper.NewAccountKeeper(cdc, store(authtypes.StoreKey), authtypes.ProtoBaseAccount,
		modulePermissions, accounts, Bech32Prefix, authority, authkeeper.WithUnorderedTransactions(true))
	k.Bank = bankkeeper.NewBaseKeeper(cdc, store(banktypes.StoreKey), k.Account, blockedAddresses(), authority, logger).
		WithObjStoreKey(app.objects[banktypes.ObjectStoreKey])
	k.Upgrade = upgradekeeper.NewKeeper(skippedHeights(options), store(upgradetypes.StoreKey), cdc, cast.ToString(options.Get(flags.FlagHome)), app.BaseApp, authority)
	k.IBC = ibckeeper.NewKeeper(cdc, store(ibcexported.StoreKey), k.Upgrade, authority)

	k.Consortium = consortiumkeeper.New(consortiumkeeper.Deps{
		Codec: cdc, Store: store(consortiumtypes.StoreKey), Address: accounts, Accounts: k.Account, Authority: authority,
	})
	k.Panel = panelkeeper.New(panelkeeper.Deps{
		Codec: cdc, Store: store(paneltypes.StoreKey), Address: accounts,
		Members: k.Consortium, Router: boundedRouter{app.MsgServiceRouter()}, Carriable: carriable, HoldsAny: holdsAny,
	})
	k.Compliance = compliancekeeper.New(compliancekeeper.Deps{
		Codec: cdc, Store: store(compliancetypes.StoreKey), Address: accounts, Authority: authority, Members: k.Consortium,
	})
	k.Product = productkeeper.New(productkeeper.Deps{
		Codec: cdc, Store: store(producttypes.StoreKey), Address: accounts, Members: k.Consortium, Clearance: k.Compliance,
	})
	k.Settlement = settlementkeeper.New(settlementkeeper.Deps{
		Codec: cdc, Store: store(settlementtypes.StoreKey), ClawBackStore: store(settlementtypes.ClawBackStoreKey), Address: accounts, ObjectKey: app.objects[settlementtypes.ObjectStoreKey],
		Bank: k.Bank, Accounts: k.Account, Membership: k.Consortium,
	})
	k.Voucher = voucherkeeper.New(voucherkeeper.Deps{
		Codec: cdc, Address: accounts, Authority: authority, Members: k.Consortium, Settlement: k.Settlement,
		Store: store(vouchertypes.StoreKey), StatusStore: store(vouchertypes.StatusStoreKey), RequestStore: store(vouchertypes.RequestStoreKey),
	})
	k.Trade = tradekeeper.New(tradekeeper.Deps{
		Codec: cdc, Store: store(tradetypes.StoreKey), Address: accounts, Authority: authority,
		Membership: k.Consortium, Products: k.Product, Settlement: k.Settlement, Vouchers: k.Voucher,
	})
	k.Recognition = recognitionkeeper.New(recognitionkeeper.Deps{
		Codec: cdc, Store: store(recognitiontypes.StoreKey), Address: accounts,
		Members: k.Consortium, Authority: k.Consortium, Vouchers: k.Voucher, Settlements: k.Settlement,
		Channels: k.IBC.ChannelKeeper, Connections: k.IBC.ConnectionKeeper, Clients: k.IBC.ClientKeeper,
		States:    lightclient.NewStates(k.IBC.ClientKeeper.GetStoreProvider()),
		PacketsV2: k.IBC.ChannelKeeperV2, Pairs: k.IBC.ClientV2Keeper,
	})
	k.Voucher.SetObserver(k.Recognition)
	return k
}
