package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Membership is what is needed of x/consortium's keeper.
type Membership interface {
	Member(ctx context.Context, number uint32) (consortium.Member, error)
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
	RequireStanding(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
}

// Accounts is what is needed of x/auth's keeper.
type Accounts interface {
	GetModuleAddress(name string) sdk.AccAddress
	GetModuleAccount(ctx context.Context, name string) sdk.ModuleAccountI
}

// Transfers are x/bank's ways into and out of the module account. The virtual
// ones move what the transaction of the context's TxIndex brought in within this block.
type Transfers interface {
	SendCoinsFromAccountToModuleVirtual(ctx context.Context, sender sdk.AccAddress, module string, amount sdk.Coins) error
	SendCoinsFromModuleToAccountVirtual(ctx context.Context, module string, recipient sdk.AccAddress, amount sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, module string, recipient sdk.AccAddress, amount sdk.Coins) error
}

// Issuance is how x/bank makes and unmakes fen.
type Issuance interface {
	MintCoins(ctx context.Context, module string, amount sdk.Coins) error
	BurnCoins(ctx context.Context, module string, amount sdk.Coins) error
}

// Balances is what x/bank says of its books.
type Balances interface {
	GetBalance(ctx context.Context, addr sdk.AccAddress, denom string) sdk.Coin
	GetSupply(ctx context.Context, denom string) sdk.Coin
}

// Bank is what is needed of x/bank's keeper.
type Bank interface {
	Transfers
	Issuance
	Balances
}
