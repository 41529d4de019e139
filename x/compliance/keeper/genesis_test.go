package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/compliance"
	"github.com/shugu-network/shugu/x/compliance/types"
	"github.com/shugu-network/shugu/x/internal/valid"
)

// TestGenesisRoundTrip: export, import, export: equal bytes, equal stores.
func TestGenesisRoundTrip(t *testing.T) {
	w := busy(t) // returned and pending ones
	cleared := request()
	cleared.Product = "000002-000003"
	w.mustRequest(cleared)
	for _, name := range []string{"audit", "books"} {
		msg := opine(name, types.VERDICT_CLEAR)
		msg.Product, msg.DocumentDigest = cleared.Product, other
		w.mustOpine(msg)
	}
	first := compliance.NewAppModule(w.keeper).ExportGenesis(w.Ctx, w.Codec)

	fresh := newWorld(t)
	module := compliance.NewAppModule(fresh.keeper)
	require.NoError(t, module.ValidateGenesis(fresh.Codec, nil, first))
	module.InitGenesis(fresh.Ctx, fresh.Codec, first)
	require.Equal(t, string(first), string(module.ExportGenesis(fresh.Ctx, fresh.Codec)))
	require.Equal(t, w.dump(), fresh.dump())
	require.NoError(t, fresh.keeper.Check(fresh.Ctx))
}

func TestGenesisDefault(t *testing.T) {
	w := newWorld(t)
	module := compliance.NewAppModule(w.keeper)
	require.NoError(t, module.ValidateGenesis(w.Codec, nil, module.DefaultGenesis(w.Codec)))
	require.JSONEq(t, string(module.DefaultGenesis(w.Codec)), string(module.ExportGenesis(w.Ctx, w.Codec)))
}

func TestGenesisRefused(t *testing.T) {
	w := newWorld(t)
	module := compliance.NewAppModule(w.keeper)
	require.Error(t, module.ValidateGenesis(w.Codec, nil, []byte(`{"unknown":1}`)))
	bad := &types.GenesisState{Params: types.Params{Quorum: 3, MaxCommittee: 2}}
	before := w.dump()
	require.ErrorIs(t, w.keeper.InitGenesis(w.Ctx, bad), valid.ErrInvalid)
	require.Panics(t, func() { module.InitGenesis(w.Ctx, w.Codec, w.Codec.MustMarshalJSON(bad)) })
	require.Equal(t, before, w.dump())
}
