// Package keeper holds the state of x/settlement and what may change it.
package keeper

import (
	"context"
	"errors"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"
	errorsmod "cosmossdk.io/errors"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/codec"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/shugu-network/shugu/x/internal/valid"
	"github.com/shugu-network/shugu/x/settlement/types"
)

// Deps is what the keeper needs.
type Deps struct {
	Codec codec.Codec
	Store corestore.KVStoreService
	// ClawBackStore is the store "clawback".
	ClawBackStore corestore.KVStoreService
	Address       address.Codec
	// ObjectKey is the key of the module's own object store, which bank does not share.
	ObjectKey  storetypes.StoreKey
	Bank       types.Bank
	Membership types.Membership
	Accounts   types.Accounts
}

// Keeper of the money that stands between the members.
type Keeper struct {
	Deps
	holds types.Holds

	records     collections.Map[string, types.Record]
	escrows     collections.Map[string, types.Escrow]
	ledgers     collections.Map[uint32, types.BankLedger]
	withdrawals collections.Map[string, types.Withdrawal]
	// (bank, reference) → deposit
	deposits  collections.Map[collections.Pair[uint32, []byte], types.Deposit]
	sequences collections.Map[uint32, uint32]
	unpaid    collections.Map[collections.Pair[uint64, uint32], types.Unpaid]

	clawBacks            collections.Map[string, types.ClawBack]
	debts                collections.Map[string, types.Debt]
	byDebtor, byCreditor debtIndex
}

// debtIndex holds (member, debt's id).
type debtIndex = collections.KeySet[collections.Pair[uint32, string]]

// New makes the keeper. It panics when the store's schema is wrong.
func New(d Deps) *Keeper {
	sb, back := collections.NewSchemaBuilder(d.Store), collections.NewSchemaBuilder(d.ClawBackStore)
	ofMember := collections.PairKeyCodec(collections.Uint32Key, collections.StringKey)
	k := &Keeper{
		Deps:        d,
		records:     collections.NewMap(sb, types.RecordPrefix, "records", collections.StringKey, codec.CollValue[types.Record](d.Codec)),
		escrows:     collections.NewMap(sb, types.EscrowPrefix, "escrows", collections.StringKey, codec.CollValue[types.Escrow](d.Codec)),
		ledgers:     collections.NewMap(sb, types.LedgerPrefix, "ledgers", collections.Uint32Key, codec.CollValue[types.BankLedger](d.Codec)),
		deposits:    collections.NewMap(sb, types.DepositPrefix, "deposits", collections.PairKeyCodec(collections.Uint32Key, collections.BytesKey), codec.CollValue[types.Deposit](d.Codec)),
		withdrawals: collections.NewMap(sb, types.WithdrawalPrefix, "withdrawals", collections.StringKey, codec.CollValue[types.Withdrawal](d.Codec)),
		sequences:   collections.NewMap(sb, types.SequencePrefix, "sequences", collections.Uint32Key, collections.Uint32Value),
		unpaid: collections.NewMap(sb, types.UnpaidPrefix, "unpaid",
			collections.PairKeyCodec(collections.Uint64Key, collections.Uint32Key), codec.CollValue[types.Unpaid](d.Codec)),

		clawBacks:  collections.NewMap(back, types.ClawBackPrefix, "claw_backs", collections.StringKey, codec.CollValue[types.ClawBack](d.Codec)),
		debts:      collections.NewMap(back, types.DebtPrefix, "debts", collections.StringKey, codec.CollValue[types.Debt](d.Codec)),
		byDebtor:   collections.NewKeySet(back, types.DebtorPrefix, "by_debtor", ofMember),
		byCreditor: collections.NewKeySet(back, types.CreditorPrefix, "by_creditor", ofMember),
	}
	for _, schema := range []*collections.SchemaBuilder{sb, back} {
		if _, err := schema.Build(); err != nil {
			panic(err)
		}
	}
	return k
}

// SetHolds plugs in what may stand against a movement. It is called once,
// before the application is sealed, and panics when called twice. Until then
// nothing is held.
func (k *Keeper) SetHolds(h types.Holds) {
	if k.holds != nil {
		panic("settlement: holds are set already")
	}
	k.holds = h
}

// signer reads the account that signed a message.
func (k *Keeper) signer(bech32 string) (sdk.AccAddress, error) {
	addr, err := k.Address.StringToBytes(bech32)
	if err != nil {
		return nil, errorsmod.Wrapf(valid.ErrInvalid, "signer: expected a Bech32 account address, got %q: %s", bech32, err)
	}
	return addr, nil
}

// get reads a point; absent when there is none.
func get[K, V any](ctx context.Context, m collections.Map[K, V], key K, absent error) (V, error) {
	v, err := m.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return v, absent
	}
	return v, err
}

func emit(ctx context.Context, event proto.Message) error {
	return sdk.UnwrapSDKContext(ctx).EventManager().EmitTypedEvent(event)
}
