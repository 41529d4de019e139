// Package keeper holds the state of x/voucher.
package keeper

import (
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/shugu-network/shugu/x/voucher/types"
)

// Deps is what the keeper needs. All fields are required.
type Deps struct {
	Codec   codec.Codec
	Address address.Codec
	// Store is the store "voucher".
	Store corestore.KVStoreService
	// StatusStore is the store "voucherstatus"; nothing else may write to it.
	StatusStore corestore.KVStoreService
	// RequestStore is the store "voucherrequest".
	RequestStore corestore.KVStoreService
	// Authority is the Bech32 address that may set the parameters: the council's account.
	Authority string
	// Members names the parties of vouchers, and says whom an account acts for.
	Members types.Membership
	// Settlement takes back what a reversal takes off a voucher.
	Settlement types.Settlement
}

// Keeper issues and reverses vouchers. Its two public stores are written by the layer in store.go
// alone, which keeps to the public layout byte by byte.
type Keeper struct {
	store       corestore.KVStoreService
	statusStore corestore.KVStoreService
	address     address.Codec
	authority   string
	requests    requests
	members     types.Membership
	settlement  types.Settlement
	holds       types.Holds
	observer    types.Observer
}

// New makes a keeper that nothing holds and nobody observes. It panics when a schema is wrong.
func New(d Deps) *Keeper {
	return &Keeper{
		store: d.Store, statusStore: d.StatusStore, address: d.Address, authority: d.Authority, members: d.Members, settlement: d.Settlement,
		requests: newRequests(d.RequestStore, d.Codec),
	}
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
