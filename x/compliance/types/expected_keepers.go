package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Membership is what the module asks of x/consortium.
type Membership interface {
	// RequireActive returns the active member of addr that has the role; ROLE_UNSPECIFIED asks for none.
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
	// WithRole returns the numbers of the active members with a role, ascending, at most limit.
	WithRole(ctx context.Context, role consortium.Role, limit int) ([]uint32, error)
}
