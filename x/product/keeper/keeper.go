// Package keeper keeps the catalogue and decides who may change it.
package keeper

import (
	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/shugu-network/shugu/x/product/types"
)

// Deps are what a keeper needs.
type Deps struct {
	Codec     codec.Codec
	Store     corestore.KVStoreService
	Address   address.Codec
	Members   types.Membership
	Clearance types.Clearance
}

type (
	exchangeKey = collections.Pair[uint32, string]
	versionKey  = collections.Pair[string, uint32]
	zoneKey     = collections.Triple[uint32, []byte, string]
)

// Keeper keeps the store "product".
type Keeper struct {
	address   address.Codec
	members   types.Membership
	clearance types.Clearance

	scenarios        collections.Map[string, types.Scenario]
	exchanges        collections.KeySet[exchangeKey]
	scenarioSequence collections.Map[uint32, uint32]
	products         collections.Map[string, types.Product]
	productSequence  collections.Map[uint32, uint32]
	versions         collections.Map[versionKey, types.Version]
	zones            collections.KeySet[zoneKey]
}

// inZone is the index entry of a product in a zone. The name is bytes, for
// collections drops the continuation bytes of a string that is not a key's last part.
func inZone(z types.Zone, product string) zoneKey {
	return collections.Join3(uint32(z.Kind), []byte(z.Name), product)
}

// New builds the keeper. It panics when the store's schema contradicts itself.
func New(d Deps) *Keeper {
	schema := collections.NewSchemaBuilder(d.Store)
	text, number := collections.StringKey, collections.Uint32Key
	k := &Keeper{
		address:   d.Address,
		members:   d.Members,
		clearance: d.Clearance,

		scenarios:        collections.NewMap(schema, types.ScenarioKey, "scenarios", text, codec.CollValue[types.Scenario](d.Codec)),
		exchanges:        collections.NewKeySet(schema, types.ExchangeKey, "exchanges", collections.PairKeyCodec(number, text)),
		scenarioSequence: collections.NewMap(schema, types.ScenarioSequenceKey, "scenario_sequence", number, collections.Uint32Value),
		products:         collections.NewMap(schema, types.ProductKey, "products", text, codec.CollValue[types.Product](d.Codec)),
		productSequence:  collections.NewMap(schema, types.ProductSequenceKey, "product_sequence", number, collections.Uint32Value),
		versions:         collections.NewMap(schema, types.VersionKey, "versions", collections.PairKeyCodec(text, number), codec.CollValue[types.Version](d.Codec)),
		zones:            collections.NewKeySet(schema, types.ZoneKey, "zones", collections.TripleKeyCodec(number, collections.BytesKey, text)),
	}
	if _, err := schema.Build(); err != nil {
		panic(err)
	}
	return k
}
