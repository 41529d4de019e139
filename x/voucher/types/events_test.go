package types_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/voucher/types"
)

func TestHandMadeEventIsTheTypedEvent(t *testing.T) {
	for _, e := range []*types.EventIssued{
		{Total: math.ZeroInt()},
		{Number: "330126112300012300004228", Seller: 123, Buyer: 7, Settlement: "261123-000123-000042", Total: math.NewInt(120_000)},
	} {
		want, err := sdk.TypedEventToEvent(e)
		require.NoError(t, err)
		require.Equal(t, want, e.SDKEvent())
	}
}
