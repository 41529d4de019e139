package fake

import (
	"context"
	"encoding/binary"
	"slices"

	errorsmod "cosmossdk.io/errors"
	"cosmossdk.io/math"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/address"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
)

// Prefixes of the fake's store.
const (
	balancePrefix byte = 0x01
	supplyPrefix  byte = 0x02
)

// Bank keeps books as x/bank does: balances, supply, module accounts, and the
// virtual credits that a module account gets once at the end of the block. The
// books are in the context's stores, so a cached context rolls them back.
type Bank struct {
	// Fault, when set, is asked before an account that is no module's is
	// credited. Its error refuses the credit; it may panic.
	Fault func(recipient sdk.AccAddress) error

	store, objects storetypes.StoreKey
	modules        map[string]sdk.AccAddress
}

// NewBank makes a bank over a mounted store and object store. The modules'
// accounts exist and may mint and burn.
func NewBank(store, objects storetypes.StoreKey, modules ...string) *Bank {
	b := &Bank{store: store, objects: objects, modules: map[string]sdk.AccAddress{}}
	for _, name := range modules {
		b.modules[name] = authtypes.NewModuleAddress(name)
	}
	return b
}

// GetModuleAddress returns the address of a module's account, nil for an unknown module.
func (b *Bank) GetModuleAddress(name string) sdk.AccAddress { return b.modules[name] }

// GetModuleAccount returns a module's account, nil for an unknown module.
func (b *Bank) GetModuleAccount(_ context.Context, name string) sdk.ModuleAccountI {
	if b.modules[name] == nil {
		return nil
	}
	return authtypes.NewEmptyModuleAccount(name, authtypes.Minter, authtypes.Burner)
}

// GetBalance returns what an account holds, without virtual credits.
func (b *Bank) GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin {
	return sdk.NewCoin(denom, b.read(ctx, balanceKey(addr, denom)))
}

// GetSupply returns what was minted and not burnt.
func (b *Bank) GetSupply(ctx context.Context, denom string) sdk.Coin {
	return sdk.NewCoin(denom, b.read(ctx, supplyKey(denom)))
}

// MintCoins makes coins in a module's account.
func (b *Bank) MintCoins(ctx context.Context, module string, amount sdk.Coins) error {
	if err := b.credit(ctx, b.account(module), amount); err != nil {
		return err
	}
	for _, c := range amount {
		b.write(ctx, supplyKey(c.Denom), b.read(ctx, supplyKey(c.Denom)).Add(c.Amount))
	}
	return nil
}

// BurnCoins unmakes coins of a module's account.
func (b *Bank) BurnCoins(ctx context.Context, module string, amount sdk.Coins) error {
	if err := b.debit(ctx, b.account(module), amount); err != nil {
		return err
	}
	for _, c := range amount {
		b.write(ctx, supplyKey(c.Denom), b.read(ctx, supplyKey(c.Denom)).Sub(c.Amount))
	}
	return nil
}

// SendCoinsFromModuleToAccount moves coins that stand in a module's account.
func (b *Bank) SendCoinsFromModuleToAccount(ctx context.Context, module string, recipient sdk.AccAddress, amount sdk.Coins) error {
	if err := b.mayReceive(recipient); err != nil {
		return err
	}
	if err := b.debit(ctx, b.account(module), amount); err != nil {
		return err
	}
	return b.credit(ctx, recipient, amount)
}

// SendCoinsFromAccountToModuleVirtual debits an account at once; EndBlock credits the module.
func (b *Bank) SendCoinsFromAccountToModuleVirtual(ctx context.Context, sender sdk.AccAddress, module string, amount sdk.Coins) error {
	to := b.account(module)
	if err := b.debit(ctx, sender, amount); err != nil {
		return err
	}
	objects, key := b.virtual(ctx, to)
	before, _ := objects.Get(key).(sdk.Coins)
	objects.Set(key, before.Add(amount...))
	return nil
}

// SendCoinsFromModuleToAccountVirtual moves coins that the context's TxIndex brought into the module in this block.
func (b *Bank) SendCoinsFromModuleToAccountVirtual(ctx context.Context, module string, recipient sdk.AccAddress, amount sdk.Coins) error {
	from := b.account(module)
	if err := b.mayReceive(recipient); err != nil {
		return err
	}
	objects, key := b.virtual(ctx, from)
	before, _ := objects.Get(key).(sdk.Coins)
	after, short := before.SafeSub(amount...)
	if short {
		return errorsmod.Wrapf(sdkerrors.ErrInsufficientFunds, "virtual balance %s is smaller than %s", before, amount)
	}
	if after.IsZero() {
		objects.Delete(key)
	} else {
		objects.Set(key, after)
	}
	return b.credit(ctx, recipient, amount)
}

// EndBlock credits the virtual accounts and forgets what the block kept.
func (b *Bank) EndBlock(ctx context.Context) error {
	objects := sdk.UnwrapSDKContext(ctx).ObjectStore(b.objects)
	type entry struct {
		key   []byte
		coins sdk.Coins
	}
	var entries []entry
	it := objects.Iterator(nil, nil)
	for ; it.Valid(); it.Next() {
		entries = append(entries, entry{slices.Clone(it.Key()), it.Value().(sdk.Coins)})
	}
	if err := it.Close(); err != nil {
		return err
	}
	for _, e := range entries {
		objects.Delete(e.key)
		if err := b.credit(ctx, e.key[:len(e.key)-8], e.coins); err != nil {
			return err
		}
	}
	return nil
}

// account is the address of a module, which must exist.
func (b *Bank) account(module string) sdk.AccAddress {
	addr, ok := b.modules[module]
	if !ok {
		panic(errorsmod.Wrapf(sdkerrors.ErrUnknownAddress, "module account %s does not exist", module))
	}
	return addr
}

// mayReceive refuses module accounts, as a blocked address is refused, and asks Fault.
func (b *Bank) mayReceive(recipient sdk.AccAddress) error {
	for _, addr := range b.modules {
		if addr.Equals(recipient) {
			return errorsmod.Wrapf(sdkerrors.ErrUnauthorized, "%s is not allowed to receive funds", recipient)
		}
	}
	if b.Fault == nil {
		return nil
	}
	return b.Fault(recipient)
}

func (b *Bank) debit(ctx context.Context, addr sdk.AccAddress, amount sdk.Coins) error {
	if !amount.IsValid() {
		return errorsmod.Wrap(sdkerrors.ErrInvalidCoins, amount.String())
	}
	for _, c := range amount {
		before := b.read(ctx, balanceKey(addr, c.Denom))
		if before.LT(c.Amount) {
			return errorsmod.Wrapf(sdkerrors.ErrInsufficientFunds, "balance %s is smaller than %s", before, c)
		}
		b.write(ctx, balanceKey(addr, c.Denom), before.Sub(c.Amount))
	}
	return nil
}

func (b *Bank) credit(ctx context.Context, addr sdk.AccAddress, amount sdk.Coins) error {
	if !amount.IsValid() {
		return errorsmod.Wrap(sdkerrors.ErrInvalidCoins, amount.String())
	}
	for _, c := range amount {
		key := balanceKey(addr, c.Denom)
		b.write(ctx, key, b.read(ctx, key).Add(c.Amount))
	}
	return nil
}

// virtual is where a module's credits of the context's TxIndex stand.
func (b *Bank) virtual(ctx context.Context, addr sdk.AccAddress) (storetypes.ObjKVStore, []byte) {
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	return sdkCtx.ObjectStore(b.objects), binary.BigEndian.AppendUint64(slices.Clone(addr), uint64(sdkCtx.TxIndex()))
}

func (b *Bank) read(ctx context.Context, key []byte) math.Int {
	value := sdk.UnwrapSDKContext(ctx).KVStore(b.store).Get(key)
	if value == nil {
		return math.ZeroInt()
	}
	var amount math.Int
	if err := amount.Unmarshal(value); err != nil {
		panic(err)
	}
	return amount
}

func (b *Bank) write(ctx context.Context, key []byte, amount math.Int) {
	store := sdk.UnwrapSDKContext(ctx).KVStore(b.store)
	if amount.IsZero() {
		store.Delete(key)
		return
	}
	value, err := amount.Marshal()
	if err != nil {
		panic(err)
	}
	store.Set(key, value)
}

func balanceKey(addr sdk.AccAddress, denom string) []byte {
	return append(append([]byte{balancePrefix}, address.MustLengthPrefix(addr)...), denom...)
}

func supplyKey(denom string) []byte { return append([]byte{supplyPrefix}, denom...) }
