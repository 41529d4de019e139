// Package keeper holds the state of x/voucher.
package keeper

import (
	corestore "cosmossdk.io/core/store"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Deps is what the keeper needs. All fields are required.
type Deps struct {
	// Store is the store "voucher".
	Store corestore.KVStoreService
	// StatusStore is the store "voucherstatus"; nothing else may write to it.
	StatusStore corestore.KVStoreService
	// Members names the parties of vouchers.
	Members types.Membership
}

// Keeper issues and reverses vouchers. Its stores are written by the layer in store.go
// alone, which keeps to the public layout byte by byte.
type Keeper struct {
	store       corestore.KVStoreService
	statusStore corestore.KVStoreService
	members     types.Membership
	holds       types.Holds
	observer    types.Observer
}

// New makes a keeper that nothing holds and nobody observes.
func New(d Deps) *Keeper {
	return &Keeper{store: d.Store, statusStore: d.StatusStore, members: d.Members}
}

// SetHolds sets who is asked before a voucher is reversed. To be called at most once,
// before the application is sealed; it panics the second time. Default: nothing is held.
func (k *Keeper) SetHolds(h types.Holds) {
	if k.holds != nil {
		panic("voucher: SetHolds was called twice")
	}
	k.holds = h
}

// SetObserver sets who is told of what happens to vouchers. To be called at most once,
// before the application is sealed; it panics the second time. Default: nobody.
func (k *Keeper) SetObserver(o types.Observer) {
	if k.observer != nil {
		panic("voucher: SetObserver was called twice")
	}
	k.observer = o
}
