package types

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	product "github.com/shugu-network/shugu/x/product/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
	voucher "github.com/shugu-network/shugu/x/voucher/types"
)

// Membership says who acts for which member and how it stands.
type Membership interface {
	// Member returns the member with a number; an error when there is none.
	Member(ctx context.Context, number uint32) (consortium.Member, error)
	// RequireActive returns the active member of an account that has the role;
	// ROLE_UNSPECIFIED asks for none.
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
	// RequireStanding is RequireActive that lets a suspended member pass.
	RequireStanding(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
}

// Products says what is for sale.
type Products interface {
	// ListedVersion returns a product and its version; an error unless that version is listed.
	ListedVersion(ctx context.Context, product string, version uint32) (product.Product, product.Version, error)
}

// Settlement keeps the money of open trades, under the contract's id.
type Settlement interface {
	// Open debits the payer by an amount in fen and owes it to the trade.
	Open(ctx context.Context, id string, payer uint32, amount math.Int) error
	// Refund gives the money back to the payer.
	Refund(ctx context.Context, id string) error
	// Settle pays the money out by the split and writes the record.
	Settle(ctx context.Context, s settlement.Settlement) (settlement.Record, error)
}

// Vouchers issues the vouchers of settled trades.
type Vouchers interface {
	Issue(ctx context.Context, r voucher.Issue) (voucher.Voucher, error)
}

// Holds may forbid a contract to move; its error says what holds it.
type Holds interface {
	// MayMove is asked with kind HoldsKind and the contract's id.
	MayMove(ctx context.Context, kind, id string) error
}
