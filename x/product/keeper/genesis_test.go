package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product"
	"github.com/shugu-network/shugu/x/product/types"
)

// busy has scenarios and products in every state, of two owners and two exchanges:
// the seller's products 1 (listed, with a newer version), 2 (registered), 3 (delisted);
// the partner's product 1 (listed); scenarios approved, returned and submitted.
func busy(t *testing.T) *world {
	t.Helper()
	w := listed(t)
	w.must(revise())
	w.must(register())
	w.must(register())
	w.clear("000002-000003", 1)
	third, off := list(1), delist()
	third.Product, off.Product = "000002-000003", "000002-000003"
	w.must(third)
	w.must(off)

	w.must(submit())
	returned := decide(false)
	returned.Scenario = "S000002-000002"
	w.must(returned)
	waiting := submit()
	waiting.Exchange = 4
	w.must(waiting)

	theirs, yes, reg := submit(), decide(true), register()
	theirs.Signer, theirs.Exchange = keys.Bech32("partner"), 4
	w.must(theirs)
	yes.Signer, yes.Scenario = keys.Bech32("rival"), "S000003-000001"
	w.must(yes)
	reg.Signer, reg.Scenario = keys.Bech32("partner"), "S000003-000001"
	w.must(reg)
	w.clear("000003-000001", 1)
	w.must(&types.MsgList{Signer: keys.Bech32("partner"), Product: "000003-000001", Version: 1})
	return w
}

// TestGenesisRoundTrip: export, import, export: equal bytes, equal stores.
func TestGenesisRoundTrip(t *testing.T) {
	w := busy(t)
	first := product.NewAppModule(w.keeper).ExportGenesis(w.Ctx, w.Codec)

	fresh := newWorld(t)
	module := product.NewAppModule(fresh.keeper)
	require.NoError(t, module.ValidateGenesis(fresh.Codec, nil, first))
	module.InitGenesis(fresh.Ctx, fresh.Codec, first)
	require.Equal(t, string(first), string(module.ExportGenesis(fresh.Ctx, fresh.Codec)))
	require.Equal(t, w.dump(), fresh.dump())
	require.NoError(t, fresh.keeper.Check(fresh.Ctx))
	require.Equal(t, &types.MsgRegisterResponse{Product: "000002-000004"}, fresh.must(register()), "sequences go on")
}

func TestGenesisDefault(t *testing.T) {
	w := newWorld(t)
	module := product.NewAppModule(w.keeper)
	genesis := module.DefaultGenesis(w.Codec)
	require.NoError(t, module.ValidateGenesis(w.Codec, nil, genesis))
	module.InitGenesis(w.Ctx, w.Codec, genesis)
	require.Equal(t, string(genesis), string(module.ExportGenesis(w.Ctx, w.Codec)))
}

func TestGenesisRefused(t *testing.T) {
	w := newWorld(t)
	module := product.NewAppModule(w.keeper)
	require.Error(t, module.ValidateGenesis(w.Codec, nil, []byte(`{"unknown":1}`)))
	bad := &types.GenesisState{Versions: []types.Version{types.NewVersion(productID, 1, content(), 1)}}
	require.ErrorIs(t, w.keeper.InitGenesis(w.Ctx, bad), valid.ErrInvalid)
	require.Panics(t, func() { module.InitGenesis(w.Ctx, w.Codec, w.Codec.MustMarshalJSON(bad)) })
	require.Empty(t, w.dump())
}
