package types

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	consortium "github.com/shugu-network/shugu/x/consortium/types"
)

// Membership is what the module asks of x/consortium.
type Membership interface {
	// Member returns the member with a number, whatever its standing.
	Member(ctx context.Context, number uint32) (consortium.Member, error)
	// RequireActive returns the active member of addr that has the role; ROLE_UNSPECIFIED asks for none.
	RequireActive(ctx context.Context, addr sdk.AccAddress, role consortium.Role) (consortium.Member, error)
}

// Clearance is what the module asks of x/compliance.
type Clearance interface {
	// Cleared says whether the latest review of a version cleared exactly this digest.
	Cleared(ctx context.Context, product string, version uint32, subjectDigest []byte) (bool, error)
}
