package app

import (
	"context"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"github.com/cosmos/cosmos-sdk/baseapp"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// Upgrade is a step from one binary to the next, which all nodes of a chain take at the height
// that the council's plan names (docs/operators/upgrades.md).
type Upgrade struct {
	// Name that the plan bears. A chain takes a name once.
	Name string
	// Stores that are added, renamed or deleted. The binary's own list has the added ones and the new
	// names, and neither the deleted ones nor the old names.
	Stores storetypes.StoreUpgrades
	// Then changes what no module's migration does; it runs after them and may be nil. After an error
	// no node gets over the height with this binary.
	Then func(ctx sdk.Context, app *App) error
}

// Release is what the binaries of one version know of upgrades, and what they have besides the
// modules of this package.
type Release struct {
	// Upgrades that lead to this version. One stays in the list as long as it may be the last that a chain took:
	// a binary that does not have that one does not open the chain's state.
	Upgrades []Upgrade
	// Stores and Modules stand beside those of keepers.go and modules.go: a rehearsal's. The modules may have
	// a genesis, services and migrations, but no work of their own in blocks.
	Stores  []string
	Modules func(app *App) []module.AppModule //nolint:staticcheck // what module.NewManager takes
}

// find returns the upgrade of a name.
func (r Release) find(name string) (Upgrade, bool) {
	for _, u := range r.Upgrades {
		if u.Name == name {
			return u, true
		}
	}
	return Upgrade{}, false
}

// Names of the upgrades, in the table's order.
func (r Release) Names() []string {
	names := make([]string, 0, len(r.Upgrades))
	for _, u := range r.Upgrades {
		names = append(names, u.Name)
	}
	return names
}

// setUpgrades registers the release's upgrades, and how the stores are opened before and after them.
func (app *App) setUpgrades(db dbm.DB) {
	for _, u := range app.release.Upgrades {
		if u.Name == "" || app.Upgrade.HasHandler(u.Name) {
			panic(fmt.Errorf("upgrade %q: expected a name of its own", u.Name))
		}
		app.Upgrade.SetUpgradeHandler(u.Name, func(ctx context.Context, _ upgradetypes.Plan, from module.VersionMap) (module.VersionMap, error) {
			return app.apply(sdk.UnwrapSDKContext(ctx), u, from)
		})
	}
	app.SetStoreLoader(app.storeLoader(db))
}

// apply brings the state into this binary's form. A module that the chain has not yet starts from its default genesis.
func (app *App) apply(ctx sdk.Context, u Upgrade, from module.VersionMap) (module.VersionMap, error) {
	to, err := app.modules.RunMigrations(ctx, app.configurator, from)
	if err != nil {
		return nil, fmt.Errorf("upgrade %q: migrations: %w", u.Name, err)
	}
	if u.Then != nil {
		if err := u.Then(ctx, app); err != nil {
			return nil, fmt.Errorf("upgrade %q: %w", u.Name, err)
		}
	}
	return to, nil
}

// storeLoader opens the last state. When the next block is that of an upgrade, the stores change with it. That
// is read from the state, not from data/upgrade-info.json: the file is missing where the data came from a
// backup, or where the old binary was stopped before the height.
func (app *App) storeLoader(db dbm.DB) baseapp.StoreLoader {
	return func(ms storetypes.CommitMultiStore) error {
		at, err := progressOf(db, latest)
		if err != nil {
			return err
		}
		if err := app.release.mayRun(at, app.Upgrade.IsSkipHeight); err != nil {
			return err
		}
		u, due := app.release.due(at, app.Upgrade.IsSkipHeight)
		if !due {
			return baseapp.DefaultStoreLoader(ms)
		}
		for _, name := range u.Stores.Deleted {
			ms.MountStoreWithDB(storetypes.NewKVStoreKey(name), storetypes.StoreTypeIAVL, nil) // until its data are gone
		}
		return ms.LoadLatestVersionAndUpgrade(&u.Stores)
	}
}

// preBlock runs what comes before a block, and tells people what to do when an upgrade stops it.
func (app *App) preBlock(ctx sdk.Context, _ *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
	res, err := app.modules.PreBlock(ctx)
	if err == nil {
		return res, nil
	}
	at, unread := progressIn(ctx, app.Upgrade, ctx.BlockHeight()-1)
	if unread != nil {
		return nil, err
	}
	if todo := app.release.todo(at); todo != "" {
		app.Logger().Error(todo)
		return nil, fmt.Errorf("%w. %s", err, todo)
	}
	return nil, err
}
