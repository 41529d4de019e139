// Package keeper holds the reviews and decides who may open and judge them.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// Deps are what a keeper needs.
type Deps struct {
	Codec   codec.Codec
	Store   corestore.KVStoreService
	Address address.Codec
	// Authority is the Bech32 address that may set the parameters: the council's account.
	Authority string
	Members   types.Membership
}

type (
	versionKey = collections.Pair[string, uint32]
	roundKey   = collections.Triple[string, uint32, uint32]
)

// Keeper keeps the store "compliance".
type Keeper struct {
	address   address.Codec
	authority string
	members   types.Membership

	params  collections.Item[types.Params]
	reviews collections.Map[roundKey, types.Review]
	latest  collections.Map[versionKey, uint32]
	pending collections.KeySet[versionKey]
}

// New builds the keeper. It panics when the store's schema contradicts itself.
func New(d Deps) *Keeper {
	schema := collections.NewSchemaBuilder(d.Store)
	version := collections.PairKeyCodec(collections.StringKey, collections.Uint32Key)
	round := collections.TripleKeyCodec(collections.StringKey, collections.Uint32Key, collections.Uint32Key)
	k := &Keeper{
		address:   d.Address,
		authority: d.Authority,
		members:   d.Members,
		params:    collections.NewItem(schema, types.ParamsKey, "params", codec.CollValue[types.Params](d.Codec)),
		reviews:   collections.NewMap(schema, types.ReviewKey, "reviews", round, codec.CollValue[types.Review](d.Codec)),
		latest:    collections.NewMap(schema, types.LatestKey, "latest", version, collections.Uint32Value),
		pending:   collections.NewKeySet(schema, types.PendingKey, "pending", version),
	}
	if _, err := schema.Build(); err != nil {
		panic(err)
	}
	return k
}

// signer reads the bech32 address of a message's signer.
func (k *Keeper) signer(signer string) (sdk.AccAddress, error) {
	addr, err := k.address.StringToBytes(signer)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected a bech32 address: %s", err)
	}
	return addr, nil
}
