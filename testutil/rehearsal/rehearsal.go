// Package rehearsal is a small module that is in no release: upgrades are rehearsed with it.
package rehearsal

import (
	"encoding/json"
	"fmt"

	gwruntime "github.com/grpc-ecosystem/grpc-gateway/runtime"

	"cosmossdk.io/core/appmodule"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
)

// Name is the module's, its store's, and that of the upgrade that brings it.
const Name = "rehearsal"

// Entry is a key of the module's store with its value, and JSON's in its genesis.
type Entry struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

var (
	// Born is what the module starts with.
	Born = Entry{"born", "by an upgrade"}
	// Migrated is what its migration from version 1 to 2 adds.
	Migrated = Entry{"migrated", "from 1 to 2"}
)

var (
	_ module.AppModuleBasic      = Module{}
	_ module.HasGenesis          = Module{}
	_ module.HasServices         = Module{}
	_ module.HasConsensusVersion = Module{}
	_ appmodule.AppModule        = Module{}
)

// Module keeps entries in a store.
type Module struct {
	store   corestore.KVStoreService
	version uint64
}

// New makes the module as a release of a consensus version, 1 or 2, has it.
func New(store corestore.KVStoreService, version uint64) Module { return Module{store, version} }

// IsOnePerModuleType marks the module for the module manager.
func (Module) IsOnePerModuleType() {}

// IsAppModule marks the module for the module manager.
func (Module) IsAppModule() {}

// Name returns Name.
func (Module) Name() string { return Name }

// ConsensusVersion returns the version that the module was made with.
func (m Module) ConsensusVersion() uint64 { return m.version }

// RegisterLegacyAminoCodec registers nothing.
func (Module) RegisterLegacyAminoCodec(*codec.LegacyAmino) {}

// RegisterInterfaces registers nothing: there are no messages.
func (Module) RegisterInterfaces(codectypes.InterfaceRegistry) {}

// RegisterGRPCGatewayRoutes registers nothing: there are no queries.
func (Module) RegisterGRPCGatewayRoutes(client.Context, *gwruntime.ServeMux) {}

// RegisterServices registers the migration of version 2.
func (m Module) RegisterServices(cfg module.Configurator) {
	if m.version < 2 {
		return
	}
	if err := cfg.RegisterMigration(Name, 1, func(ctx sdk.Context) error { return m.set(ctx, Migrated) }); err != nil {
		panic(err)
	}
}

// DefaultGenesis has Born.
func (Module) DefaultGenesis(codec.JSONCodec) json.RawMessage { return encode([]Entry{Born}) }

// ValidateGenesis accepts any list of entries.
func (Module) ValidateGenesis(_ codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	var entries []Entry
	if err := json.Unmarshal(raw, &entries); err != nil {
		return fmt.Errorf("genesis of %s: %w", Name, err)
	}
	return nil
}

// InitGenesis writes the entries.
func (m Module) InitGenesis(ctx sdk.Context, _ codec.JSONCodec, raw json.RawMessage) {
	var entries []Entry
	if err := json.Unmarshal(raw, &entries); err != nil {
		panic(err)
	}
	for _, e := range entries {
		if err := m.set(ctx, e); err != nil {
			panic(err)
		}
	}
}

// ExportGenesis returns the entries in the order of their keys.
func (m Module) ExportGenesis(ctx sdk.Context, _ codec.JSONCodec) json.RawMessage {
	it, err := m.store.OpenKVStore(ctx).Iterator(nil, nil)
	if err != nil {
		panic(err)
	}
	var entries []Entry
	for ; it.Valid(); it.Next() {
		entries = append(entries, Entry{string(it.Key()), string(it.Value())})
	}
	if err := it.Close(); err != nil {
		panic(err)
	}
	return encode(entries)
}

func (m Module) set(ctx sdk.Context, e Entry) error {
	return m.store.OpenKVStore(ctx).Set([]byte(e.Key), []byte(e.Value))
}

func encode(entries []Entry) json.RawMessage {
	raw, err := json.Marshal(entries)
	if err != nil {
		panic(err)
	}
	return raw
}
