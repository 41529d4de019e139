package settlement_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/fixture"
	"github.com/shugu-network/shugu/testutil/keys"
	consortium "github.com/shugu-network/shugu/x/consortium/types"
	"github.com/shugu-network/shugu/x/settlement"
	"github.com/shugu-network/shugu/x/settlement/keeper"
	"github.com/shugu-network/shugu/x/settlement/types"
)

func TestAutoCLIDescribesEveryMethod(t *testing.T) {
	server := grpc.NewServer()
	module := settlement.NewAppModule(nil)
	require.NoError(t, module.RegisterServices(server))
	methods := func(service string) (names []string) {
		for _, m := range server.GetServiceInfo()[service].Methods {
			names = append(names, m.Name)
		}
		slices.Sort(names)
		return names
	}
	options := module.AutoCLIOptions()
	var queries, messages []string
	for _, o := range options.Query.RpcCommandOptions {
		require.NotEmpty(t, o.Use)
		require.NotEmpty(t, o.Short)
		require.NotEmpty(t, o.Example)
		queries = append(queries, o.RpcMethod)
	}
	for _, o := range options.Tx.RpcCommandOptions {
		require.True(t, o.Skip)
		messages = append(messages, o.RpcMethod)
	}
	slices.Sort(queries)
	slices.Sort(messages)
	require.Equal(t, methods(options.Query.Service), queries)
	require.Equal(t, methods(options.Tx.Service), messages)
	require.Len(t, queries, 12)
	require.Len(t, messages, 5)
}

func TestRegisterInterfaces(t *testing.T) {
	f := fixture.New(t)
	settlement.AppModule{}.RegisterInterfaces(f.Registry)
	for _, m := range []sdk.Msg{&types.MsgDeposit{}, &types.MsgRequestWithdrawal{}, &types.MsgConfirmWithdrawal{}, &types.MsgDeclineWithdrawal{}, &types.MsgPayDebt{}} {
		_, err := f.Registry.Resolve(sdk.MsgTypeURL(m))
		require.NoError(t, err)
	}
}

func TestEndBlockBooksWhatAccrued(t *testing.T) {
	f := fixture.New(t, types.StoreKey, types.ClawBackStoreKey, "bank")
	bank := fake.NewBank(f.Key("bank"), f.ObjectKey("bank"), types.ModuleName)
	k := keeper.New(keeper.Deps{
		Codec: f.Codec, Store: f.Service(types.StoreKey), ClawBackStore: f.Service(types.ClawBackStoreKey), Address: f.Address, ObjectKey: f.ObjectKey(types.StoreKey),
		Bank: bank, Accounts: bank, Membership: fake.NewMembership(consortium.Member{Name: "bank", Roles: []consortium.Role{consortium.ROLE_BANK}}),
	})
	deposit := &types.MsgDeposit{Signer: keys.Bech32("bank"), Member: 1, Amount: math.NewInt(10)}
	_, err := keeper.NewMsgServer(k).Deposit(f.Ctx, deposit)
	require.NoError(t, err)
	require.NoError(t, k.Open(f.Ctx, "261123-000123-000042", 1, math.NewInt(10)))
	require.NoError(t, k.Refund(f.Ctx, "261123-000123-000042"))
	require.True(t, bank.GetBalance(f.Ctx, keys.Address("bank"), types.Denom).IsZero())
	require.NoError(t, settlement.NewAppModule(k).EndBlock(f.Ctx))
	require.Equal(t, "10fen", bank.GetBalance(f.Ctx, keys.Address("bank"), types.Denom).String())
}
