package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

// genesis has scenarios in every state of owners 2 and 3, and a registered, a
// listed and a delisted product.
func genesis() types.GenesisState {
	scenario := func(id string, owner uint32, status types.ScenarioStatus, reasons string) types.Scenario {
		return types.Scenario{Id: id, Owner: owner, Exchange: 1, Title: "t", DocumentDigest: digest, Status: status, Reasons: reasons}
	}
	product := func(id string, owner uint32, scenario string, version, listed uint32, status types.ProductStatus) types.Product {
		return types.Product{Id: id, Owner: owner, Exchange: 1, Scenario: scenario, Version: version, Status: status, ListedVersion: listed}
	}
	version := func(id string, n uint32) types.Version { return types.NewVersion(id, n, content(), 5) }
	g := types.GenesisState{
		Scenarios: []types.Scenario{
			scenario("S000002-000001", 2, types.SCENARIO_STATUS_APPROVED, ""),
			scenario("S000002-000002", 2, types.SCENARIO_STATUS_SUBMITTED, ""),
			scenario("S000003-000001", 3, types.SCENARIO_STATUS_APPROVED, "good"),
			scenario("S000003-000002", 3, types.SCENARIO_STATUS_RETURNED, "bad"),
		},
		Products: []types.Product{
			product("000002-000001", 2, "S000002-000001", 2, 1, types.PRODUCT_STATUS_LISTED),
			product("000002-000002", 2, "S000002-000001", 1, 0, types.PRODUCT_STATUS_REGISTERED),
			product("000003-000001", 3, "S000003-000001", 1, 0, types.PRODUCT_STATUS_DELISTED),
		},
		Versions: []types.Version{version("000002-000001", 1), version("000002-000001", 2), version("000002-000002", 1), version("000003-000001", 1)},
	}
	g.Products[2].DelistedBy, g.Products[2].DelistReason = 1, "complaint"
	return g
}

func TestGenesisValidate(t *testing.T) {
	require.NoError(t, types.DefaultGenesis().Validate())
	g := genesis()
	require.NoError(t, g.Validate())
	for _, tc := range []spoil[types.GenesisState]{
		{"scenario with a bad id", func(g *types.GenesisState) { g.Scenarios[0].Id = "000002-000001" }},
		{"scenario of another owner", func(g *types.GenesisState) { g.Scenarios[0].Owner = 3 }},
		{"scenario of owner 0", func(g *types.GenesisState) { g.Scenarios[0].Id, g.Scenarios[0].Owner = "S000000-000001", 0 }},
		{"scenario that its owner decides", func(g *types.GenesisState) { g.Scenarios[0].Exchange = 2 }},
		{"scenario without title", func(g *types.GenesisState) { g.Scenarios[1].Title = "" }},
		{"scenario without status", func(g *types.GenesisState) { g.Scenarios[1].Status = 0 }},
		{"scenario of unknown status", func(g *types.GenesisState) { g.Scenarios[1].Status = 4 }},
		{"submitted scenario with reasons", func(g *types.GenesisState) { g.Scenarios[1].Reasons = "x" }},
		{"returned scenario without reasons", func(g *types.GenesisState) { g.Scenarios[3].Reasons = "" }},
		{"approved scenario with control characters", func(g *types.GenesisState) { g.Scenarios[2].Reasons = "\x01" }},
		{"scenario twice", func(g *types.GenesisState) { g.Scenarios[1] = g.Scenarios[0] }},
		{"scenario left out", func(g *types.GenesisState) { g.Scenarios[1].Id = "S000002-000003" }},
		{"first scenario left out", func(g *types.GenesisState) { g.Scenarios[2].Id, g.Scenarios[3].Id = "S000003-000002", "S000003-000003" }},
		{"scenarios fall", func(g *types.GenesisState) { g.Scenarios[0], g.Scenarios[1] = g.Scenarios[1], g.Scenarios[0] }},

		{"product with a bad id", func(g *types.GenesisState) { g.Products[0].Id = "2-1" }},
		{"product of another owner", func(g *types.GenesisState) { g.Products[0].Owner = 3 }},
		{"product of owner 0", func(g *types.GenesisState) { g.Products[0].Owner, g.Products[0].Id = 0, "000000-000001" }},
		{"product with a bad scenario id", func(g *types.GenesisState) { g.Products[0].Scenario = "" }},
		{"product under another's scenario", func(g *types.GenesisState) { g.Products[0].Scenario = "S000003-000001" }},
		{"product under a scenario that is not there", func(g *types.GenesisState) { g.Products[0].Scenario = "S000002-000009" }},
		{"product under a scenario not approved", func(g *types.GenesisState) { g.Products[0].Scenario = "S000002-000002" }},
		{"product of another exchange", func(g *types.GenesisState) { g.Products[0].Exchange = 9 }},
		{"product without version", func(g *types.GenesisState) { g.Products[1].Version = 0 }},
		{"product without status", func(g *types.GenesisState) { g.Products[1].Status = 0 }},
		{"product of unknown status", func(g *types.GenesisState) { g.Products[1].Status = 4 }},
		{"listed without a version", func(g *types.GenesisState) { g.Products[0].ListedVersion = 0 }},
		{"listed version over the latest", func(g *types.GenesisState) { g.Products[0].ListedVersion = 3 }},
		{"registered with a listed version", func(g *types.GenesisState) { g.Products[1].ListedVersion = 1 }},
		{"listed with a delister", func(g *types.GenesisState) { g.Products[0].DelistedBy = 1 }},
		{"registered with a reason", func(g *types.GenesisState) { g.Products[1].DelistReason = "x" }},
		{"delisted by a stranger", func(g *types.GenesisState) { g.Products[2].DelistedBy = 2 }},
		{"delisted without reason", func(g *types.GenesisState) { g.Products[2].DelistReason = "" }},
		{"product twice", func(g *types.GenesisState) { g.Products[1] = g.Products[0] }},
		{"product left out", func(g *types.GenesisState) { g.Products[1].Id = "000002-000003" }},

		{"version with a bad product id", func(g *types.GenesisState) { g.Versions[0].Product = "x" }},
		{"version of a product that is not there", func(g *types.GenesisState) {
			g.Versions = append(g.Versions, types.NewVersion("000004-000001", 1, content(), 5))
		}},
		{"version left out", func(g *types.GenesisState) { g.Versions = append(g.Versions[:1:1], g.Versions[2:]...) }},
		{"last version left out", func(g *types.GenesisState) { g.Versions = g.Versions[:3] }},
		{"versions fall", func(g *types.GenesisState) { g.Versions[0], g.Versions[1] = g.Versions[1], g.Versions[0] }},
		{"version with bad content", func(g *types.GenesisState) { g.Versions[3].Industry = "" }},
		{"version of a negative height", func(g *types.GenesisState) { g.Versions[3].RegisteredHeight = -1 }},
		{"listed version without pricing", func(g *types.GenesisState) {
			g.Versions[0].Terms.Pricing, g.Versions[0].Terms.Price = types.PRICING_METHOD_UNSPECIFIED, math.ZeroInt()
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := genesis()
			tc.spoil(&g)
			require.ErrorIs(t, g.Validate(), valid.ErrInvalid)
		})
	}
}

// TestVersionKeepsItsContent: no field of a registration is lost on the way into a version.
func TestVersionKeepsItsContent(t *testing.T) {
	v := types.NewVersion("000002-000001", 3, content(), 5)
	require.NoError(t, v.Validate())
	require.Equal(t, content(), v.Content())
	require.Equal(t, uint32(3), v.Version)
	require.Equal(t, int64(5), v.RegisteredHeight)
	v.Product = ""
	require.ErrorIs(t, v.Validate(), valid.ErrInvalid)
	v.Product, v.Version = "000002-000001", 0
	require.ErrorIs(t, v.Validate(), valid.ErrInvalid)
	v.Version = types.MaxVersion + 1
	require.ErrorIs(t, v.Validate(), valid.ErrInvalid)
}
