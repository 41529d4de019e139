//go:build upgradetest

package app

import (
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/shugu-network/shugu/testutil/rehearsal"
)

// ThisRelease is a release to rehearse with: it adds a module with a store, by an upgrade of its name.
func ThisRelease() Release {
	return Release{
		Upgrades: []Upgrade{{Name: rehearsal.Name, Stores: storetypes.StoreUpgrades{Added: []string{rehearsal.Name}}}},
		Stores:   []string{rehearsal.Name},
		Modules: func(app *App) []module.AppModule {
			return []module.AppModule{rehearsal.New(runtime.NewKVStoreService(app.Key(rehearsal.Name)), 1)}
		},
	}
}
