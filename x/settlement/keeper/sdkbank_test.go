package keeper_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/log/v2"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"

	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// sdkBank is the SDK's own bank and auth, to prove that the fake keeps books as they do.
type sdkBank struct {
	bankkeeper.BaseKeeper
	accounts authkeeper.AccountKeeper
	objects  storetypes.StoreKey
}

// newSDKWorld is newWorld over the SDK's bank.
func newSDKWorld(t testing.TB) *world {
	return newWorldWith(t, func(w *world) bank {
		authtypes.RegisterInterfaces(w.Registry)
		accounts := authkeeper.NewAccountKeeper(w.Codec, w.Service("acc"), authtypes.ProtoBaseAccount,
			map[string][]string{types.ModuleName: {authtypes.Minter, authtypes.Burner}}, w.Address, keys.Prefix, keys.Bech32("authority"))
		require.NoError(t, accounts.Params.Set(w.Ctx, authtypes.DefaultParams()))
		module := accounts.GetModuleAddress(types.ModuleName)
		b := bankkeeper.NewBaseKeeper(w.Codec, w.Service("bank"), accounts, map[string]bool{module.String(): true},
			keys.Bech32("authority"), log.NewNopLogger()).WithObjStoreKey(w.ObjectKey("bank"))
		b.AppendSendRestriction(func(_ context.Context, _, to sdk.AccAddress, _ sdk.Coins) (sdk.AccAddress, error) {
			if to.Equals(module) {
				return to, nil
			}
			return to, w.askFault(to)
		})
		return &sdkBank{BaseKeeper: b, accounts: accounts, objects: w.ObjectKey("bank")}
	})
}

func (b *sdkBank) GetModuleAddress(name string) sdk.AccAddress {
	return b.accounts.GetModuleAddress(name)
}

func (b *sdkBank) GetModuleAccount(ctx context.Context, name string) sdk.ModuleAccountI {
	return b.accounts.GetModuleAccount(ctx, name)
}

// EndBlock does what bank's module does, and clears the object store as Commit does.
func (b *sdkBank) EndBlock(ctx context.Context) error {
	if err := b.CreditVirtualAccounts(ctx); err != nil {
		return err
	}
	objects := sdk.UnwrapSDKContext(ctx).ObjectStore(b.objects)
	var spent [][]byte
	it := objects.Iterator(nil, nil)
	for ; it.Valid(); it.Next() {
		spent = append(spent, it.Key())
	}
	if err := it.Close(); err != nil { // before a delete, which waits for it
		return err
	}
	for _, key := range spent {
		objects.Delete(key)
	}
	return nil
}

// bothBanks runs a test over the fake and over the SDK's bank.
func bothBanks(t *testing.T, f func(t *testing.T, w *world)) {
	t.Run("fake", func(t *testing.T) { f(t, newWorld(t)) })
	t.Run("sdk", func(t *testing.T) { f(t, newSDKWorld(t)) })
}
