package types

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
	settlement "github.com/shugu-network/shugu/x/settlement/types"
)

// Membership knows the members of the chain; x/consortium's keeper is one.
type Membership interface {
	// Member returns a member by its number, whatever its standing.
	Member(ctx context.Context, number uint32) (consortium.Member, error)
	// RequireActive returns the active member that an account acts for.
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
	// RequireStanding is RequireActive that lets a member pass that is suspended or has left.
	RequireStanding(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
}

// Settlement takes money back; x/settlement's keeper is one.
type Settlement interface {
	// ClawBack takes fen of a settlement back from its payees, for a red voucher, and
	// says what each paid and what each owes now. A payee that cannot pay is no error.
	ClawBack(ctx context.Context, settlement, redNumber string, amount math.Int) ([]settlement.GivenBack, error)
}
