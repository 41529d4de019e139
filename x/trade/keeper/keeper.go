// Package keeper holds the state of contracts and moves them.
package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/trade/types"
)

// Deps is what a Keeper needs.
type Deps struct {
	Codec   codec.Codec
	Store   corestore.KVStoreService
	Address address.Codec
	// Authority is the Bech32 address that may set the parameters: the council's account.
	Authority string

	Membership types.Membership
	Products   types.Products
	Settlement types.Settlement
	Vouchers   types.Vouchers
}

// Keeper holds the contracts. It keeps nothing in memory between calls.
type Keeper struct {
	address    address.Codec
	authority  string
	membership types.Membership
	products   types.Products
	settlement types.Settlement
	vouchers   types.Vouchers
	holds      types.Holds // nil: nothing is held

	params collections.Item[types.Params]
	// id → contract
	contracts collections.Map[string, types.Contract]
	// seller → its counter
	counters collections.Map[uint32, types.Counter]
	// (Unix seconds when due, id) of every contract that waits: its deadline, or
	// the next attempt when the deadline's exit failed
	queue collections.KeySet[collections.Pair[uint64, string]]
	// id → failure
	failures collections.Map[string, types.Failure]
	// (seller, id) and (buyer, id) of every contract
	bySeller, byBuyer collections.KeySet[collections.Pair[uint32, string]]
}

// New makes a keeper. It panics when the store's schema is wrong.
func New(d Deps) *Keeper {
	sb := collections.NewSchemaBuilder(d.Store)
	due := collections.PairKeyCodec(collections.Uint64Key, collections.StringKey)
	of := collections.PairKeyCodec(collections.Uint32Key, collections.StringKey)
	k := &Keeper{
		address:    d.Address,
		authority:  d.Authority,
		membership: d.Membership,
		products:   d.Products,
		settlement: d.Settlement,
		vouchers:   d.Vouchers,

		params:    collections.NewItem(sb, types.ParamsKey, "params", codec.CollValue[types.Params](d.Codec)),
		contracts: collections.NewMap(sb, types.ContractsPrefix, "contracts", collections.StringKey, codec.CollValue[types.Contract](d.Codec)),
		counters:  collections.NewMap(sb, types.CountersPrefix, "counters", collections.Uint32Key, codec.CollValue[types.Counter](d.Codec)),
		queue:     collections.NewKeySet(sb, types.QueuePrefix, "queue", due),
		failures:  collections.NewMap(sb, types.FailuresPrefix, "failures", collections.StringKey, codec.CollValue[types.Failure](d.Codec)),
		bySeller:  collections.NewKeySet(sb, types.SellersPrefix, "by_seller", of),
		byBuyer:   collections.NewKeySet(sb, types.BuyersPrefix, "by_buyer", of),
	}
	if _, err := sb.Build(); err != nil {
		panic(err)
	}
	return k
}

// SetHolds sets what may forbid a contract to move. It is called once, before
// the application is sealed, and panics the second time.
func (k *Keeper) SetHolds(h types.Holds) {
	if k.holds != nil {
		panic("trade: holds set twice")
	}
	k.holds = h
}

// Contract returns the contract with an id; ErrContractNotFound when there is none.
func (k *Keeper) Contract(ctx context.Context, id string) (types.Contract, error) {
	c, err := k.contracts.Get(ctx, id)
	if errors.Is(err, collections.ErrNotFound) {
		return c, errorsmod.Wrapf(types.ErrContractNotFound, "no contract %q; a quote that lapsed is forgotten", id)
	}
	return c, err
}

// active returns the number of the active member that a signer acts for.
func (k *Keeper) active(ctx context.Context, signer string) (uint32, error) {
	addr, err := k.address.StringToBytes(signer)
	if err != nil {
		return 0, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected an account of this chain: %s", err)
	}
	member, err := k.membership.RequireActive(ctx, addr, consortium.ROLE_UNSPECIFIED)
	return member.Number, err
}

// standing is active that lets a suspended member pass: it may finish or refund what is open.
func (k *Keeper) standing(ctx context.Context, signer string) (uint32, error) {
	addr, err := k.address.StringToBytes(signer)
	if err != nil {
		return 0, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected an account of this chain: %s", err)
	}
	member, err := k.membership.RequireStanding(ctx, addr, consortium.ROLE_UNSPECIFIED)
	return member.Number, err
}
