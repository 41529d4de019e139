package keeper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestCheckFindsMoneyThatIsNotOwed(t *testing.T) {
	one := sdk.NewCoins(sdk.NewCoin(types.Denom, math.OneInt()))
	for name, spoil := range map[string]func(w *world) error{
		"fen that no bank issued":     func(w *world) error { return w.bank.MintCoins(w.Ctx, types.ModuleName, one) },
		"fen burnt beside the ledger": func(w *world) error { return w.bank.BurnCoins(w.Ctx, types.ModuleName, one) },
		"fen that left the escrow": func(w *world) error {
			return w.bank.SendCoinsFromModuleToAccount(w.Ctx, types.ModuleName, keys.Address("seller"), one)
		},
		"fen that nobody accrued": func(w *world) error {
			if err := w.bank.SendCoinsFromAccountToModuleVirtual(w.Ctx, keys.Address("buyer"), types.ModuleName, one); err != nil {
				return err
			}
			return w.bank.EndBlock(w.Ctx)
		},
		"a ledger without fen": func(w *world) error {
			w.Ctx.KVStore(w.Key(types.StoreKey)).Delete([]byte{0x30, 0, 0, 0, 1})
			return nil
		},
		"an escrow that is lost": func(w *world) error {
			w.Ctx.KVStore(w.Key(types.StoreKey)).Delete(append([]byte{0x20}, trade(1)...))
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.deposit(buyer, math.NewInt(100))
			w.open(0, trade(1), 60)
			w.endBlock()
			require.NoError(t, w.k.Check(w.Ctx))
			require.NoError(t, spoil(w))
			require.ErrorIs(t, w.k.Check(w.Ctx), types.ErrInvariant)
		})
	}
}
