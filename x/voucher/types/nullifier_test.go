package types_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/voucher/types"
)

func toldTrade() types.ToldTrade {
	return types.ToldTrade{
		Seller: "91330100MA0000001A", Buyer: "91310000MA0000002B", ProductDigest: digest("manifest"),
		Total: math.NewInt(1_345_678), OrderReference: "合同 HT-2026-17",
	}
}

// The vector was made from README.md with Python's hashlib. It never changes: vouchers of
// other chains are compared by it.
func TestNullifierVector(t *testing.T) {
	got, err := types.Nullifier(toldTrade())
	require.NoError(t, err)
	require.Equal(t, "acb26fe923ee391951fb9e49719fc8f410c5115c22b3be568880164bc8c04ed1", hex.EncodeToString(got))
}

func TestNullifierDependsOnEveryPart(t *testing.T) {
	seen := map[string]string{}
	for name, change := range map[string]func(*types.ToldTrade){
		"nothing":   func(*types.ToldTrade) {},
		"seller":    func(n *types.ToldTrade) { n.Seller = "91330100MA0000001B" },
		"buyer":     func(n *types.ToldTrade) { n.Buyer = "91310000MA0000002C" },
		"exchanged": func(n *types.ToldTrade) { n.Seller, n.Buyer = n.Buyer, n.Seller },
		"product":   func(n *types.ToldTrade) { n.ProductDigest = digest("another manifest") },
		"total":     func(n *types.ToldTrade) { n.Total = math.NewInt(1_345_679) },
		"order":     func(n *types.ToldTrade) { n.OrderReference = "合同 HT-2026-18" },
		// Without lengths these two would be the same as the first.
		"digit from total to order": func(n *types.ToldTrade) { n.Total, n.OrderReference = math.NewInt(134_567), "8合同 HT-2026-17" },
		"digit from order to total": func(n *types.ToldTrade) { n.Total, n.OrderReference = math.NewInt(13_456_780), "合同 HT-2026-17" },
	} {
		n := toldTrade()
		change(&n)
		got, err := types.Nullifier(n)
		require.NoError(t, err, name)
		require.Len(t, got, 32)
		require.Empty(t, seen[string(got)], name)
		seen[string(got)] = name
	}
}

func TestNullifierFailsIf(t *testing.T) {
	for name, spoil := range map[string]func(*types.ToldTrade){
		"no seller":           func(n *types.ToldTrade) { n.Seller = "" },
		"short buyer":         func(n *types.ToldTrade) { n.Buyer = n.Buyer[1:] },
		"no product digest":   func(n *types.ToldTrade) { n.ProductDigest = nil },
		"long product digest": func(n *types.ToldTrade) { n.ProductDigest = append(n.ProductDigest, 0) },
		"no total":            func(n *types.ToldTrade) { n.Total = math.Int{} },
		"nothing sold":        func(n *types.ToldTrade) { n.Total = math.ZeroInt() },
		"no order reference":  func(n *types.ToldTrade) { n.OrderReference = "" },
		"control character":   func(n *types.ToldTrade) { n.OrderReference = "HT\n1" },
	} {
		n := toldTrade()
		spoil(&n)
		_, err := types.Nullifier(n)
		require.ErrorIs(t, err, valid.ErrInvalid, name)
	}
}
