package chains_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/app"
	"github.com/shugu-network/shugu/testutil/chains"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// What a node recounts is what it has committed: fen that no bank owes are found from the
// block on in which they came, and not before.
func TestCheckAtFindsWhatDoesNotAddUp(t *testing.T) {
	n := chains.New(t, "shugu-hangzhou-1")
	c := n.Chain("shugu-hangzhou-1")
	c.Block(nil)
	before := c.Shugu.LastBlockHeight()
	coin := sdk.NewInt64Coin(app.Denom, 1)
	require.NoError(t, c.Shugu.Bank.MintCoins(c.GetContext(), settlement.ModuleName, sdk.NewCoins(coin)))
	c.Block(nil)

	require.NoError(t, c.Shugu.CheckAt(before))
	err := c.Shugu.CheckAt(c.Shugu.LastBlockHeight())
	require.ErrorIs(t, err, settlement.ErrInvariant)
	require.ErrorContains(t, err, "settlement: ")
	require.ErrorIs(t, c.Shugu.CheckAt(c.Shugu.LastBlockHeight()+1), app.ErrNoState)
}
