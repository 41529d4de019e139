package types_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/product/types"
)

// message is a message of the module.
type message interface{ Validate() error }

func TestMsgsValidate(t *testing.T) {
	scenario := func(spoil func(*types.MsgSubmitScenario)) message {
		m := &types.MsgSubmitScenario{Exchange: 1, Title: "信贷风控", Description: "说明", DocumentDigest: digest}
		spoil(m)
		return m
	}
	decide := func(spoil func(*types.MsgDecideScenario)) message {
		m := &types.MsgDecideScenario{Scenario: "S000002-000001", Reasons: "用途不明"}
		spoil(m)
		return m
	}
	for _, tc := range []struct {
		name string
		msg  message
		ok   bool
	}{
		{"scenario", scenario(func(*types.MsgSubmitScenario) {}), true},
		{"scenario without description and document", scenario(func(m *types.MsgSubmitScenario) { m.Description, m.DocumentDigest = "", nil }), true},
		{"scenario without exchange", scenario(func(m *types.MsgSubmitScenario) { m.Exchange = 0 }), false},
		{"scenario with exchange out of range", scenario(func(m *types.MsgSubmitScenario) { m.Exchange = 1_000_000 }), false},
		{"scenario without title", scenario(func(m *types.MsgSubmitScenario) { m.Title = "" }), false},
		{"scenario with control characters", scenario(func(m *types.MsgSubmitScenario) { m.Title = "a\tb" }), false},
		{"scenario with too long a description", scenario(func(m *types.MsgSubmitScenario) { m.Description = strings.Repeat("a", 2049) }), false},
		{"scenario with a digest of 33 bytes", scenario(func(m *types.MsgSubmitScenario) { m.DocumentDigest = append(digest[:32:32], 0) }), false},

		{"return", decide(func(*types.MsgDecideScenario) {}), true},
		{"approval without reasons", decide(func(m *types.MsgDecideScenario) { m.Approve, m.Reasons = true, "" }), true},
		{"return without reasons", decide(func(m *types.MsgDecideScenario) { m.Reasons = "" }), false},
		{"reasons too long", decide(func(m *types.MsgDecideScenario) { m.Reasons = strings.Repeat("a", 1025) }), false},
		{"decision on a product id", decide(func(m *types.MsgDecideScenario) { m.Scenario = "000002-000001" }), false},
		{"decision on another letter", decide(func(m *types.MsgDecideScenario) { m.Scenario = "T000002-000001" }), false},

		{"register", &types.MsgRegister{Scenario: "S000002-000001", Content: content()}, true},
		{"register without scenario", &types.MsgRegister{Content: content()}, false},
		{"register without content", &types.MsgRegister{Scenario: "S000002-000001"}, false},

		{"revise", &types.MsgRevise{Product: "000002-000001", Content: content()}, true},
		{"revise without product", &types.MsgRevise{Content: content()}, false},
		{"revise without content", &types.MsgRevise{Product: "000002-000001"}, false},

		{"list", &types.MsgList{Product: "000002-000001", Version: 1}, true},
		{"list without product", &types.MsgList{Version: 1}, false},
		{"list without version", &types.MsgList{Product: "000002-000001"}, false},

		{"delist", &types.MsgDelist{Product: "000002-000001", Reason: "下架"}, true},
		{"delist without product", &types.MsgDelist{Reason: "下架"}, false},
		{"delist without reason", &types.MsgDelist{Product: "000002-000001"}, false},
		{"delist with too long a reason", &types.MsgDelist{Product: "000002-000001", Reason: strings.Repeat("a", valid.MaxReason+1)}, false},
		{"delist with invalid UTF-8", &types.MsgDelist{Product: "000002-000001", Reason: "\xff"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.ok {
				require.NoError(t, tc.msg.Validate())
				return
			}
			require.ErrorIs(t, tc.msg.Validate(), valid.ErrInvalid)
		})
	}
}

func TestScenarioID(t *testing.T) {
	require.Equal(t, "S000123-000007", types.ScenarioID(123, 7))
	owner, seq, err := types.ParseScenarioID("id", "S000123-000007")
	require.NoError(t, err)
	require.Equal(t, []uint32{123, 7}, []uint32{owner, seq})
	for _, id := range []string{"", "S", "000123-000007", "s000123-000007", "S000123-00000", "S000123_000007", "S00012a-000007", "S000123-0000071"} {
		_, _, err := types.ParseScenarioID("id", id)
		require.ErrorIs(t, err, valid.ErrInvalid, "%q", id)
	}
}
