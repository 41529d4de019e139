package keeper_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/shugu-network/shugu/testutil/fake"
	"github.com/shugu-network/shugu/testutil/keys"
	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement"
	"github.com/shugu-network/shugu/x/settlement/keeper"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// lived has every kind of state: records, escrows, ledgers, withdrawals, sequences, unpaid, claw-backs, debts.
func lived(t *testing.T) *world {
	w := newWorld(t)
	w.deposit(buyer, math.NewInt(1000))
	_, err := w.msg.Deposit(w.Ctx, &types.MsgDeposit{Signer: signer(bankB), Member: seller, Amount: math.NewInt(70), Reference: "回单 7"})
	require.NoError(t, err)
	for i := range 4 {
		w.open(i, trade(uint32(i)), 100)
	}
	w.request(buyer, bankA, 50)
	confirmed := w.request(buyer, bankB, 40)
	w.request(seller, bankB, 5)
	w.endBlock()
	w.refuse(keys.Address("seller"), func() error { return sdkerrors.ErrUnauthorized })
	w.settle(0, trade(0), seller, partner)
	w.endBlock()
	w.settle(0, trade(1), partner, seller, exchange)
	_, err = w.msg.ConfirmWithdrawal(w.Ctx, &types.MsgConfirmWithdrawal{Signer: signer(bankB), Withdrawal: confirmed})
	require.NoError(t, err)
	w.clawBack(2, 60) // the exchange was paid in this block: its part is a debt
	w.endBlock()
	return w
}

func TestGenesisRoundTrip(t *testing.T) {
	w := lived(t)
	module := settlement.NewAppModule(w.k)
	first := module.ExportGenesis(w.Ctx, w.Codec)
	var g types.GenesisState
	w.Codec.MustUnmarshalJSON(first, &g)
	require.Len(t, g.Records, 2)
	require.Len(t, g.Escrows, 2)
	require.Len(t, g.Ledgers, 2)
	require.Len(t, g.Withdrawals, 2)
	require.Len(t, g.Sequences, 2)
	require.Len(t, g.Unpaid, 2)
	require.Len(t, g.ClawBacks, 1)
	require.Len(t, g.Debts, 1)
	require.Len(t, g.Deposits, 1)
	require.NoError(t, module.ValidateGenesis(w.Codec, nil, first))

	next := newWorld(t)
	endow(next, w)
	imported := settlement.NewAppModule(next.k)
	imported.InitGenesis(next.Ctx, next.Codec, first)
	require.Equal(t, string(first), string(imported.ExportGenesis(next.Ctx, next.Codec)))
	require.Equal(t, store(w.dump()), store(next.dump()), "the stores are byte-identical")

	next.Ctx = next.Ctx.WithBlockHeight(100) // and the new chain goes on: what is owed gets paid
	next.endBlock()
	next.requireHas(seller, 65-20+50+33)
}

func TestDefaultGenesis(t *testing.T) {
	w := newWorld(t)
	module := settlement.NewAppModule(w.k)
	raw := module.DefaultGenesis(w.Codec)
	require.NoError(t, module.ValidateGenesis(w.Codec, nil, raw))
	require.JSONEq(t, string(raw), string(module.ExportGenesis(w.Ctx, w.Codec)))
	require.Error(t, module.ValidateGenesis(w.Codec, nil, []byte(`{"unknown": 1}`)))
}

func TestInitGenesisFails(t *testing.T) {
	origin := lived(t)
	export, err := origin.k.ExportGenesis(origin.Ctx)
	require.NoError(t, err)

	t.Run("if it is invalid", func(t *testing.T) {
		w := newWorld(t)
		require.ErrorIs(t, w.k.InitGenesis(w.Ctx, &types.GenesisState{Ledgers: []types.BankLedger{{}}}), valid.ErrInvalid)
	})
	t.Run("if bank holds no coins for it", func(t *testing.T) {
		w := newWorld(t)
		require.ErrorIs(t, w.k.InitGenesis(w.Ctx, export), types.ErrInvariant)
		require.Panics(t, func() {
			settlement.NewAppModule(w.k).InitGenesis(w.Ctx, w.Codec, w.Codec.MustMarshalJSON(export))
		})
	})
	t.Run("if the supply is not the banks'", func(t *testing.T) {
		w := newWorld(t)
		endow(w, origin)
		spoilt := *export
		spoilt.Ledgers = []types.BankLedger{{Bank: bankA, Outstanding: math.NewInt(1000)}, {Bank: bankB, Outstanding: math.NewInt(29)}}
		require.ErrorIs(t, w.k.InitGenesis(w.Ctx, &spoilt), types.ErrInvariant)
	})
	t.Run("if there is no module account", func(t *testing.T) {
		w := newWorld(t)
		d := w.deps()
		d.Accounts = fake.NewBank(w.Key("bank"), w.ObjectKey("bank"))
		require.ErrorIs(t, keeper.New(d).InitGenesis(w.Ctx, types.DefaultGenesis()), types.ErrInvariant)
	})
}

// endow gives the accounts of a world what those of another hold, as bank's genesis does.
func endow(to, from *world) {
	give := func(addr sdk.AccAddress) {
		coins := sdk.NewCoins(from.bank.GetBalance(from.Ctx, addr, types.Denom))
		if coins.IsZero() {
			return
		}
		require.NoError(to, to.bank.MintCoins(to.Ctx, types.ModuleName, coins))
		if !addr.Equals(to.bank.GetModuleAddress(types.ModuleName)) {
			require.NoError(to, to.bank.SendCoinsFromModuleToAccount(to.Ctx, types.ModuleName, addr, coins))
		}
	}
	for _, name := range names[1:] {
		give(keys.Address(name))
	}
	give(from.bank.GetModuleAddress(types.ModuleName))
}

// store keeps the module's store of a dump.
func store(dump map[string]string) map[string]string {
	out := map[string]string{}
	for key, value := range dump {
		if strings.HasPrefix(key, types.StoreKey) || strings.HasPrefix(key, types.ClawBackStoreKey) {
			out[key] = value
		}
	}
	return out
}
